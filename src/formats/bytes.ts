/**
 * A cursor over bytes that never reads outside them. Little-endian unless a name says otherwise.
 */
import { FormatError } from './errors.ts';

export class ByteReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  /** `what` names the thing being read, for messages: "The NPY file". `position` is the index of the next byte. */
  constructor(
    bytes: Uint8Array,
    private readonly what: string,
    public position = 0,
  ) {
    this.bytes = plainBytes(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  /** A 64-bit length or offset. */
  uint64(): number {
    const value = this.view.getBigUint64(this.advance(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new FormatError('damaged', `${this.what} gives a size of ${value}, which no file can have.`);
    }
    return Number(value);
  }

  float64BigEndian(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /** Bytes up to the next line feed, which is skipped. */
  line(): Uint8Array {
    const end = this.bytes.indexOf(10, this.position);
    if (end < 0) throw this.tooShort();
    const line = this.take(end - this.position);
    this.position++;
    return line;
  }

  private advance(length: number): number {
    const start = this.position;
    if (length > this.bytes.length - start) throw this.tooShort();
    this.position = start + length;
    return start;
  }

  private tooShort(): FormatError {
    return new FormatError('truncated', `${this.what} ends too early: it was cut off or is damaged. Copy it again.`);
  }
}

/** The same bytes as a plain Uint8Array: Node's Buffer is one too, but its `slice` copies nothing. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text from UTF-8. Throws {@link FormatError} `damaged` where the bytes are none. */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new FormatError('damaged', `${what} holds text that is not UTF-8: it is damaged.`, { cause });
  }
}

/** Text in which each byte is one character of the same number (what Python calls latin-1). */
export function decodeLatin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return parts.join('');
}

/** The reverse of {@link decodeLatin1}; null where a character has no such byte. */
export function encodeLatin1(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255) return null;
    bytes[i] = code;
  }
  return bytes;
}

/** All of them, one after the other. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
