/** Markup brings no words of its own: every one comes from the words of the page's language, and so does what joins two of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse, type AST } from 'svelte/compiler';
import { expect, test } from 'vitest';

const UI = new URL('../../../src/ui/', import.meta.url);

/** Letters of any script, and the signs that a language sets in its own way. */
const WORDS = /\p{L}|[.,:;()?，。：；（）？]/u;

/** Attributes that are seen or read out. */
const SAID = new Set([
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
  'title',
  'alt',
  'placeholder',
  'label',
]);

type Node = { type: string; start: number } & Record<string, unknown>;

interface Found {
  file: string;
  text: string;
}

/** What a piece of markup shows: the texts in it, and the texts that its expressions may come to. */
function textsIn(source: string): string[] {
  const texts: string[] = [];

  function look(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value) look(item);
      return;
    }
    if (!isNode(value)) return;
    if (value.type === 'Attribute') {
      lookAtAttribute(value);
      return;
    }
    if (value.type === 'StyleSheet' || value.type === 'Comment') return;
    if (value.type === 'Text') texts.push(value['data'] as string);
    if (value.type === 'ExpressionTag') texts.push(...outcomes(value['expression']));
    for (const [key, inner] of Object.entries(value)) if (key !== 'expression') look(inner);
  }

  /** Of an element, what is said; of a component, its properties by the same names. */
  function lookAtAttribute({ name, value }: Node): void {
    if (!SAID.has(name as string)) return;
    for (const part of Array.isArray(value) ? value : [value]) look(part);
  }

  look(parse(source, { modern: true }).fragment satisfies AST.Fragment);
  return texts;
}

/** The literal texts that an expression may be shown as. */
function outcomes(expression: unknown): string[] {
  if (!isNode(expression)) return [];
  switch (expression.type) {
    case 'Literal':
      return typeof expression['value'] === 'string' ? [expression['value']] : [];
    case 'TemplateLiteral':
      return (expression['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    case 'ConditionalExpression':
      return [...outcomes(expression['consequent']), ...outcomes(expression['alternate'])];
    case 'LogicalExpression':
    case 'BinaryExpression':
      return [...outcomes(expression['left']), ...outcomes(expression['right'])];
    default:
      return [];
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function wordsIn(source: string): string[] {
  return textsIn(source).filter((text) => WORDS.test(text));
}

test('no markup of the interface holds a word, or a sign that joins words', () => {
  const files = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));
  const found = files.flatMap((file): Found[] =>
    wordsIn(readFileSync(new URL(file, UI), 'utf8')).map((text) => ({ file, text })),
  );
  expect(files.length).toBeGreaterThan(40);
  expect(found).toEqual([]);
});

test('words in markup are found wherever they stand', () => {
  const found = wordsIn(`
    <script>let { busy, name } = $props(); const quiet = 'not shown';</script>
    <p class="a" title="One" aria-label={busy ? 'Two' : name}>Three {name}: {busy ? 'four' : quiet}</p>
    {#if busy}<img alt="五" src="a.png" />{:else}{#each name as part}<b>{\`six \${part}\`}</b>{/each}{/if}
  `);
  expect(found.map((text) => text.trim())).toEqual(['One', 'Two', 'Three', ':', 'four', '五', 'six']);
});
