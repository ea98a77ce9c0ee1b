/**
 * The pickle machine's state: what is read, the stack with its marks, the memo, and the bounds on all of them. Instructions
 * (in the files beside this one) act on it; {@link unpickle} runs them. No instruction recurses, so neither depth nor length of a
 * file can exhaust the call stack.
 */
import { ByteReader } from '../bytes.ts';
import { FormatError } from '../errors.ts';
import type { PickleLimits } from './limits.ts';
import type { PickleGlobal, PickleValue, Spending } from './values.ts';

/** What the surroundings of a pickle supply: the allow-list, and the things stored outside of it. */
export interface PickleHost {
  /** The allow-listed global of this name, if it is one. */
  findGlobal(module: string, name: string): PickleGlobal | undefined;
  /** Resolves a persistent id. Absent where the pickle stands alone. */
  findPersistent?(id: PickleValue, spending: Spending): PickleValue;
}

export class Machine implements Spending {
  readonly reader: ByteReader;
  private readonly stack: PickleValue[] = [];
  /** Heights of the stack at which a mark lies. */
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private memoryLeft: number;

  constructor(
    bytes: Uint8Array,
    readonly host: PickleHost,
    private readonly limits: PickleLimits,
  ) {
    this.reader = new ByteReader(bytes, 'The pickle');
    this.memoryLeft = limits.memory + limits.memoryPerByte * bytes.length;
  }

  spend(bytes: number): void {
    this.memoryLeft -= bytes;
    if (this.memoryLeft < 0) throw new FormatError('too-large', 'This pickle asks for far more memory than its size explains.');
  }

  push(value: PickleValue): void {
    if (this.stack.length >= this.limits.stack) throw new FormatError('too-large', 'This pickle stacks up too many values.');
    this.stack.push(value);
  }

  /** Takes the topmost value; never from below a mark. */
  pop(): PickleValue {
    const value = this.stack.length > this.floor ? this.stack.pop() : undefined;
    if (value === undefined) throw emptyStack();
    return value;
  }

  /** The topmost value, left where it is. */
  top(): PickleValue {
    const value = this.stack.length > this.floor ? this.stack.at(-1) : undefined;
    if (value === undefined) throw emptyStack();
    return value;
  }

  pushMark(): void {
    if (this.marks.length >= this.limits.marks) throw new FormatError('too-large', 'This pickle is nested too deeply.');
    this.marks.push(this.stack.length);
  }

  /** Takes the last mark and everything above it. */
  popToMark(): PickleValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw emptyStack();
    return this.stack.splice(mark);
  }

  /** What Python's POP does: takes one value, or the mark if that lies on top. */
  discard(): void {
    if (this.marks.at(-1) === this.stack.length) this.marks.pop();
    else this.pop();
  }

  remember(index: number): void {
    if (this.memo.size >= this.limits.memo) throw new FormatError('too-large', 'This pickle remembers too many values.');
    this.memo.set(index, this.top());
  }

  /** Remembers the topmost value under the next free number. */
  rememberNext(): void {
    this.remember(this.memo.size);
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw new FormatError('damaged', 'This pickle refers to a value that it does not hold.');
    this.push(value);
  }

  /** At the end: the one value left. */
  result(): PickleValue {
    const value = this.pop();
    if (this.stack.length > 0 || this.marks.length > 0)
      throw new FormatError('damaged', 'This pickle ends with values left over.');
    return value;
  }

  private get floor(): number {
    return this.marks.at(-1) ?? 0;
  }
}

function emptyStack(): FormatError {
  return new FormatError('damaged', 'This pickle takes values that it never put down: it is damaged.');
}
