/**
 * Text as the oldest pickle protocol writes it: on one line, with escapes.
 */
import { FormatError } from '../errors.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Python 2's repr of a str, quotes and all: `'a\x00b'`. One character a byte. */
export function unescapePython2(line: string): string {
  const quote = line[0];
  if ((quote !== "'" && quote !== '"') || line.length < 2 || !line.endsWith(quote)) {
    throw new FormatError('damaged', 'This pickle holds text without its quotes: it is damaged.');
  }
  return line.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (/^x./.test(code)) return String.fromCharCode(parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(parseInt(code, 8) & 255);
    return ESCAPES[code] ?? whole;
  });
}

/** Python's raw-unicode-escape: only `\uXXXX` and `\UXXXXXXXX` are escapes; a literal backslash is written as one of them. */
export function unescapeUnicode(line: string): string {
  return line.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short: string | undefined, long: string | undefined) => {
    const code = parseInt(short ?? long ?? '', 16);
    if (code > 0x10ffff) throw new FormatError('damaged', 'This pickle holds a character that does not exist: it is damaged.');
    return String.fromCodePoint(code);
  });
}
