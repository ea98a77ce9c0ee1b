import { describe, expect, it } from 'vitest';
import { foreignAddresses, withoutForeignAddresses } from '../../../src/build/foreignAddresses.ts';

describe('withoutForeignAddresses', () => {
  it('takes an address out of a sentence and leaves the sentence', () => {
    const code = 'throw new Error("No backend, see https://example.com/docs#more for details.");';
    expect(withoutForeignAddresses(code)).toBe('throw new Error("No backend, see  for details.");');
  });

  it('takes addresses out of comments without opening them', () => {
    expect(withoutForeignAddresses('/* https://a.example/x*/run(); // http://b.example\nstop();')).toBe(
      '/* */run(); // \nstop();',
    );
  });

  it('leaves the names of XML vocabularies', () => {
    const code = 'document.createElementNS("http://www.w3.org/2000/svg", "svg")';
    expect(withoutForeignAddresses(code)).toBe(code);
  });

  it('leaves the names of the code systems that a FHIR bundle refers to, and nothing else of their hosts', () => {
    for (const name of ['http://loinc.org', 'http://unitsofmeasure.org', 'http://terminology.hl7.org/CodeSystem/v2-0074']) {
      expect(withoutForeignAddresses(`const SYSTEM = "${name}";`)).toBe(`const SYSTEM = "${name}";`);
      expect(() => withoutForeignAddresses(`fetch("${name}/x")`)).toThrow(/another origin/);
    }
  });

  it("keeps the name of one of Svelte's errors", () => {
    expect(withoutForeignAddresses('throw Error(`https://svelte.dev/e/state_unsafe_mutation`)')).toBe(
      'throw Error(`svelte: state_unsafe_mutation`)',
    );
  });

  it.each([
    'fetch("https://example.com/model.json")',
    "const base = 'http://example.com/v1/';",
    'load(`https://example.com/${name}`)',
  ])('refuses an address that could be fetched: %s', (code) => {
    expect(() => withoutForeignAddresses(code)).toThrow(/another origin: https?:\/\/example\.com/);
  });
});

describe('foreignAddresses', () => {
  it('finds what is left', () => {
    expect(foreignAddresses('a("https://x.example/1"); b("http://www.w3.org/1999/xhtml"); /^https?:\\/\\//')).toEqual([
      'https://x.example/1',
    ]);
  });
});
