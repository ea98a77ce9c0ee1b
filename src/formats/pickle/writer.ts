/**
 * Writes the little of pickle that a checkpoint is described with (protocol 2, as PyTorch) and an array is kept in (protocol 3, the first
 * with bytes). Containers take functions that write their items, since a pickle is a program and comes out in the order in which it is
 * carried out.
 */
import { concatBytes } from '../bytes.ts';
import { FormatError } from '../errors.ts';

type Write = () => void;

/** Opcodes, as Python's pickletools lists them. */
const OP = {
  protocol: 0x80,
  emptyDict: 0x7d,
  emptyTuple: 0x29,
  mark: 0x28,
  setItems: 0x75,
  tuple: 0x74,
  reduce: 0x52,
  build: 0x62,
  global: 0x63,
  persistent: 0x51,
  text: 0x58,
  bytes: 0x42,
  byte: 0x4b,
  int32: 0x4a,
  long: 0x8a,
  true: 0x88,
  false: 0x89,
  stop: 0x2e,
} as const;

/** What the length of bytes can say. */
const MOST_BYTES = 2 ** 32 - 1;

export class PickleWriter {
  readonly #parts: Uint8Array[];

  constructor(private readonly protocol: 2 | 3 = 2) {
    this.#parts = [Uint8Array.of(OP.protocol, protocol)];
  }

  dict(items: readonly (readonly [string, Write])[]): void {
    this.#put(OP.emptyDict);
    this.#setItems(items);
  }

  orderedDict(items: readonly (readonly [string, Write])[]): void {
    this.global('collections', 'OrderedDict');
    this.#put(OP.emptyTuple, OP.reduce);
    if (items.length > 0) this.#setItems(items);
  }

  /** What a function gives for these arguments. */
  call(module: string, name: string, args: readonly Write[]): void {
    this.global(module, name);
    this.#tuple(args);
    this.#put(OP.reduce);
  }

  /** Hands the topmost value a tuple as its state. */
  setState(state: readonly Write[]): void {
    this.#tuple(state);
    this.#put(OP.build);
  }

  /** Something outside of the pickle, by its id. */
  persistent(id: readonly Write[]): void {
    this.#tuple(id);
    this.#put(OP.persistent);
  }

  /** A function or class by its name; plain ASCII. */
  global(module: string, name: string): void {
    this.#put(OP.global);
    this.#parts.push(new TextEncoder().encode(`${module}\n${name}\n`));
  }

  integers(values: readonly number[]): void {
    this.#tuple(values.map((value) => () => this.integer(value)));
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.#put(OP.text, ...littleEndian(bytes.length));
    this.#parts.push(bytes);
  }

  /** Throws {@link FormatError} `invalid-value` under protocol 2, which has no bytes, and for 4 GiB and more. */
  bytes(value: Uint8Array): void {
    if (this.protocol < 3 || value.length > MOST_BYTES) {
      throw new FormatError('invalid-value', `${value.length} bytes can't be written to a pickle of protocol ${this.protocol}.`);
    }
    this.#put(OP.bytes, ...littleEndian(value.length));
    this.#parts.push(value);
  }

  /** Throws {@link FormatError} `invalid-value` for anything but a whole number that is exact. */
  integer(value: number): void {
    if (!Number.isSafeInteger(value))
      throw new FormatError('invalid-value', `${value} is no whole number that can be written exactly.`);
    if (value >= 0 && value < 256) this.#put(OP.byte, value);
    else if (value === (value | 0)) this.#put(OP.int32, ...littleEndian(value));
    else {
      const bytes = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
      this.#put(OP.long, bytes.length, ...bytes);
    }
  }

  boolean(value: boolean): void {
    this.#put(value ? OP.true : OP.false);
  }

  /** The whole pickle. */
  finish(): Uint8Array {
    this.#put(OP.stop);
    return concatBytes(this.#parts);
  }

  #tuple(items: readonly Write[]): void {
    if (items.length === 0) return this.#put(OP.emptyTuple);
    this.#put(OP.mark);
    for (const write of items) write();
    this.#put(OP.tuple);
  }

  #setItems(items: readonly (readonly [string, Write])[]): void {
    this.#put(OP.mark);
    for (const [key, write] of items) {
      this.text(key);
      write();
    }
    this.#put(OP.setItems);
  }

  #put(...bytes: number[]): void {
    this.#parts.push(Uint8Array.from(bytes));
  }
}

function littleEndian(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}
