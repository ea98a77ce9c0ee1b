/**
 * Writes fields of protobuf messages (protobuf.dev/programming-guides/encoding), as few kinds as ONNX models, TensorBoard's event files and
 * W&B's offline runs need. A message is its fields one after the other; which number means what is the caller's business.
 */
import { concatBytes } from './bytes.ts';

/** Wire types. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** An int32, int64, enum or bool. */
export function integer(field: number, value: number): Uint8Array {
  return concatBytes([tag(field, VARINT), varint(value)]);
}

export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concatBytes([tag(field, FIXED32), bytes]);
}

export function double(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return concatBytes([tag(field, FIXED64), bytes]);
}

export function text(field: number, value: string): Uint8Array {
  return message(field, new TextEncoder().encode(value));
}

/** A message within, or bytes. */
export function message(field: number, bytes: Uint8Array): Uint8Array {
  return concatBytes([tag(field, LENGTH), varint(bytes.length), bytes]);
}

function tag(field: number, wireType: number): Uint8Array {
  return varint((field << 3) | wireType);
}

/** Base-128 varint; negative numbers in two's complement over 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
