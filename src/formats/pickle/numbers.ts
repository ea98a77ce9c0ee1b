/**
 * Numbers as pickles write them. Whole numbers are number where that is exact, bigint beyond.
 */
import { FormatError } from '../errors.ts';

/** Far beyond any hash, seed or counter; keeps parsing linear. */
const MAX_DIGITS = 400;
const MAX_BYTES = 160;

/** A whole number in decimal: `-12`. */
export function parseDecimal(text: string): number | bigint {
  if (!/^[+-]?\d+$/.test(text) || text.length > MAX_DIGITS) throw unreadable();
  return narrow(BigInt(text.startsWith('+') ? text.slice(1) : text));
}

/** A whole number as two's complement, least byte first; no bytes at all mean 0. */
export function parseLittleEndian(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_BYTES) throw unreadable();
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return narrow(BigInt.asIntN(8 * bytes.length, value));
}

/** What Python's repr makes of a float: `0.5`, `1e-07`, `inf`, `nan`. */
export function parseFloatLine(text: string): number {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && text.length <= MAX_DIGITS) return Number(text);
  const special = { inf: Infinity, '+inf': Infinity, '-inf': -Infinity, nan: NaN, '-nan': NaN }[text];
  if (special === undefined) throw unreadable();
  return special;
}

/** A number where that is exact. */
export function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function unreadable(): FormatError {
  return new FormatError('damaged', "This pickle holds a number that can't be understood: it is damaged.");
}
