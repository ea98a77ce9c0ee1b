/**
 * Python's own part of the allow-list: containers and byte strings that have no instruction of their own in older protocols.
 */
import { encodeLatin1 } from '../bytes.ts';
import { FormatError } from '../errors.ts';
import type { GlobalEntry } from './allowList.ts';
import { asKey, PickleGlobal, type PickleKey, type PickleValue, type Spending } from './values.ts';

/** `_codecs.encode(text, 'latin1')`: how protocols 0 to 2 write bytes. */
function encode([text, encoding]: PickleValue[], spending: Spending): PickleValue {
  if (typeof text !== 'string' || encoding !== 'latin1') throw wrongArguments('_codecs.encode');
  spending.spend(text.length);
  const bytes = encodeLatin1(text);
  if (!bytes) throw wrongArguments('_codecs.encode');
  return bytes;
}

/** `bytes()` and `bytearray(bytes)`. */
function makeBytes([content]: PickleValue[]): PickleValue {
  if (content === undefined) return new Uint8Array(0);
  if (content instanceof Uint8Array) return content;
  throw wrongArguments('bytes');
}

/** `bytearray('text', 'latin-1')`, as protocols 0 to 2 write it, or `bytearray(bytes)`. */
function makeByteArray(args: PickleValue[], spending: Spending): PickleValue {
  const [content, encoding] = args;
  return typeof content === 'string' && encoding === 'latin-1' ? encode([content, 'latin1'], spending) : makeBytes(args);
}

/** `set([…])` and `frozenset([…])`. */
function makeSet([items]: PickleValue[], spending: Spending): PickleValue {
  if (items !== undefined && !Array.isArray(items)) throw wrongArguments('set');
  spending.spend(256 + 32 * (items?.length ?? 0));
  return new Set((items ?? []).map(asKey));
}

/** `OrderedDict()`, `OrderedDict([[key, value], …])`, `Counter({…})`: a dict keeps its order here anyway. */
function makeDict([items]: PickleValue[], spending: Spending): PickleValue {
  spending.spend(256 + 64 * (items instanceof Map ? items.size : Array.isArray(items) ? items.length : 0));
  const pairs: Iterable<PickleValue> = items instanceof Map || Array.isArray(items) ? items : [];
  const dict = new Map<PickleKey, PickleValue>();
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) throw wrongArguments('OrderedDict');
    dict.set(asKey(pair[0] ?? null), pair[1] ?? null);
  }
  return dict;
}

function wrongArguments(name: string): FormatError {
  return new FormatError('damaged', `This pickle hands ${name} something that it can't take: it is damaged.`);
}

function entries(
  modules: readonly string[],
  name: string,
  make: (args: PickleValue[], spending: Spending) => PickleValue,
): [string, string, PickleGlobal][] {
  return modules.map((module) => [module, name, new PickleGlobal(`${module}.${name}`, make)]);
}

/** Python 3 writes `__builtin__` for Python 2's sake in protocols 0 to 2. */
const BUILTIN_MODULES = ['builtins', '__builtin__'];

export const BUILTIN_GLOBALS: readonly GlobalEntry[] = [
  ...entries(['_codecs'], 'encode', encode),
  ...entries(BUILTIN_MODULES, 'bytes', makeBytes),
  ...entries(BUILTIN_MODULES, 'bytearray', makeByteArray),
  ...entries(BUILTIN_MODULES, 'set', makeSet),
  ...entries(BUILTIN_MODULES, 'frozenset', makeSet),
  ...entries(['collections'], 'OrderedDict', makeDict),
  ...entries(['collections'], 'Counter', makeDict),
];
