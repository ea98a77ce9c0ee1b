/**
 * What a pickle can turn into. Python's None, bool, int, float, str, bytes, list, tuple, dict and set become null, boolean,
 * number (bigint beyond 2^53), number, string, Uint8Array, array, array, Map and Set; the few foreign things that are allowed
 * become subclasses of {@link PickleObject}.
 */
import { FormatError } from '../errors.ts';

export type PickleKey = null | boolean | number | bigint | string;

export type PickleValue = PickleKey | Uint8Array | PickleValue[] | Map<PickleKey, PickleValue> | Set<PickleKey> | PickleObject;

/** What a global may do with the reader's means: spend memory within the bound. */
export interface Spending {
  /** Throws {@link FormatError} `too-large` once the sum is beyond the bound. */
  spend(bytes: number): void;
}

/** Something that a global of the allow-list stands for or makes. */
export abstract class PickleObject {
  /** What messages call it. */
  abstract readonly label: string;

  /** Takes the state that Python's `__setstate__` would take. Absent where there is none to take. */
  setState?(state: PickleValue, spending: Spending): void;
}

/** An allow-listed global: a function of ours under a Python name. Nothing of the file is ever executed. */
export class PickleGlobal extends PickleObject {
  constructor(
    readonly label: string,
    /** Absent for globals that are only named, never called. */
    private readonly make?: (args: PickleValue[], spending: Spending) => PickleValue,
  ) {
    super();
  }

  call(args: PickleValue[], spending: Spending): PickleValue {
    if (!this.make) throw new FormatError('refused', `This pickle calls ${this.label}, which is not allowed.`);
    return this.make(args, spending);
  }
}

/** The kind of a value, in Python's words, for messages. */
export function kindOf(value: PickleValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'None';
  if (value instanceof PickleObject) return value.label;
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Map) return 'a dict';
  if (value instanceof Set) return 'a set';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'a bool' : 'a number';
}

/** Checks that a value can be a key here: text, a number, a bool or None. */
export function asKey(value: PickleValue): PickleKey {
  if (value === null || typeof value !== 'object') return value;
  throw new FormatError('unsupported', `This pickle uses ${kindOf(value)} as a key; only text and numbers are read as keys.`);
}
