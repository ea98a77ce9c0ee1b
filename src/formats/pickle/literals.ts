/**
 * Instructions that put a plain value on the stack: constants, numbers, text and bytes of every protocol.
 */
import { decodeLatin1, decodeUtf8 } from '../bytes.ts';
import { FormatError } from '../errors.ts';
import type { Machine } from './machine.ts';
import type { Operation } from './operation.ts';
import { parseDecimal, parseFloatLine, parseLittleEndian } from './numbers.ts';
import { unescapePython2, unescapeUnicode } from './text.ts';

/** Rough memory of an empty text or bytes value. */
const VALUE_BYTES = 32;

function pushText(machine: Machine, text: string): void {
  machine.spend(VALUE_BYTES + 2 * text.length);
  machine.push(text);
}

function pushUtf8(machine: Machine, length: number): void {
  pushText(machine, decodeUtf8(machine.reader.take(length), 'The pickle'));
}

/** Python 2's str: bytes and text in one. Read as text with one character a byte, as NumPy asks for. */
function pushByteText(machine: Machine, length: number): void {
  pushText(machine, decodeLatin1(machine.reader.take(length)));
}

function pushBytes(machine: Machine, length: number): void {
  machine.spend(VALUE_BYTES);
  machine.push(machine.reader.take(length));
}

function pushInt(machine: Machine, length: number): void {
  machine.push(parseLittleEndian(machine.reader.take(length)));
}

/** A length field that is signed in the format. */
function signedLength(machine: Machine): number {
  const length = machine.reader.int32();
  if (length < 0) throw new FormatError('damaged', 'This pickle gives a negative length: it is damaged.');
  return length;
}

function textLine(machine: Machine): string {
  return decodeLatin1(machine.reader.line());
}

export const LITERALS: readonly (readonly [opcode: string, operation: Operation])[] = [
  ['N', (m) => m.push(null)],
  ['\x88', (m) => m.push(true)],
  ['\x89', (m) => m.push(false)],
  // Protocol 0 writes True and False as the ints 01 and 00.
  [
    'I',
    (m) => {
      const line = textLine(m);
      m.push(line === '01' ? true : line === '00' ? false : parseDecimal(line));
    },
  ],
  ['L', (m) => m.push(parseDecimal(textLine(m).replace(/L$/, '')))],
  ['J', (m) => m.push(m.reader.int32())],
  ['K', (m) => m.push(m.reader.uint8())],
  ['M', (m) => m.push(m.reader.uint16())],
  ['\x8a', (m) => pushInt(m, m.reader.uint8())],
  ['\x8b', (m) => pushInt(m, signedLength(m))],
  ['F', (m) => m.push(parseFloatLine(textLine(m)))],
  ['G', (m) => m.push(m.reader.float64BigEndian())],
  ['S', (m) => pushText(m, unescapePython2(textLine(m)))],
  ['T', (m) => pushByteText(m, signedLength(m))],
  ['U', (m) => pushByteText(m, m.reader.uint8())],
  ['V', (m) => pushText(m, unescapeUnicode(textLine(m)))],
  ['X', (m) => pushUtf8(m, m.reader.uint32())],
  ['\x8c', (m) => pushUtf8(m, m.reader.uint8())],
  ['\x8d', (m) => pushUtf8(m, m.reader.uint64())],
  ['B', (m) => pushBytes(m, m.reader.uint32())],
  ['C', (m) => pushBytes(m, m.reader.uint8())],
  ['\x8e', (m) => pushBytes(m, m.reader.uint64())],
  ['\x96', (m) => pushBytes(m, m.reader.uint64())],
];
