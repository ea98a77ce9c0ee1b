/**
 * Nothing that ships names another origin. Libraries do, in comments and in their errors' sentences ("see https://…"): such an
 * address is taken out of the text when building. An address that is a whole string of its own could be fetched: it is no part
 * of a sentence, so the build fails and names it, unless it is known to be no more than a name: of an XML vocabulary, or of one of the
 * code systems that a FHIR bundle refers to.
 */
import type { Plugin } from 'vite';

/** Names that look like addresses and are never fetched. */
const XML_VOCABULARY =
  /^http:\/\/www\.w3\.org\/(1999\/xhtml|1999\/xlink|2000\/svg|2000\/xmlns\/|1998\/Math\/MathML|XML\/1998\/namespace)$/;
const FHIR_SYSTEM = /^http:\/\/(terminology\.hl7\.org\/CodeSystem\/[\w-]+|unitsofmeasure\.org|loinc\.org)$/;
/** Svelte's errors are addresses of its documentation; the error's name is their last part. */
const SVELTE_ERROR = /^https:\/\/svelte\.dev\/e\/(\w+)$/;
const ADDRESS = /https?:\/\/[A-Za-z0-9][^\s"'`<>\\(){}$*]*/g;
const QUOTES = ['"', "'", '`'];

function isName(address: string): boolean {
  return XML_VOCABULARY.test(address) || FHIR_SYSTEM.test(address);
}

/** The addresses in a text that name another origin. */
export function foreignAddresses(text: string): string[] {
  return [...text.matchAll(ADDRESS)].map(([address]) => address).filter((address) => !isName(address));
}

/** The text without its foreign addresses. Throws where one is a whole string. */
export function withoutForeignAddresses(code: string): string {
  return code.replace(ADDRESS, (address, at: number) => {
    if (isName(address)) return address;
    const svelteError = SVELTE_ERROR.exec(address)?.[1];
    if (svelteError) return `svelte: ${svelteError}`;
    const before = code[at - 1] ?? '';
    const after = code[at + address.length] ?? '';
    if (QUOTES.includes(before) && (before === after || after === '$')) {
      throw new Error(`The bundle could fetch from another origin: ${address}, in ${code.slice(Math.max(0, at - 80), at + 120)}`);
    }
    return '';
  });
}

/** Applies it to all scripts, the workers' too, after everything else. */
export function noForeignAddresses(): Plugin {
  return {
    name: 'plumbline:no-foreign-addresses',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk') file.code = withoutForeignAddresses(file.code);
          else if (file.fileName.endsWith('.js')) file.source = withoutForeignAddresses(asText(file.source));
        }
      },
    },
  };
}

function asText(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}
