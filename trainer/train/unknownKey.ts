/** An unknown key in a config is an error, since a mistyped one would silently leave the default in place; the sentence names the nearest. */
import { closest } from 'fastest-levenshtein';
import * as v from 'valibot';

/** The sentence for an issue that is about an unknown key, null for any other. */
export function unknownKey(issue: v.BaseIssue<unknown>, schema: v.GenericSchema): string | null {
  if (issue.type !== 'strict_object' || issue.expected !== 'never') return null;
  const path = v.getDotPath(issue) ?? '';
  const key = path.slice(path.lastIndexOf('.') + 1);
  const known = keysOf(schema);
  if (known.has(key)) return `there is no key "${path}": "${key}" belongs to another section or another kind`;
  return `there is no key "${path}"; the nearest known one is "${closest(key, [...known])}"`;
}

/** The names of all keys anywhere in a schema. */
function keysOf(schema: unknown): Set<string> {
  const {
    entries = {},
    options = [],
    pipe = [],
    wrapped,
  } = schema as {
    entries?: Record<string, unknown>;
    options?: unknown[];
    pipe?: unknown[];
    wrapped?: unknown;
  };
  const inside = [...Object.values(entries), ...options, ...pipe.filter((step) => step !== schema), wrapped];
  const parts = inside.filter((part) => typeof part === 'object' && part !== null);
  return new Set([...Object.keys(entries), ...parts.flatMap((part) => [...keysOf(part)])]);
}
