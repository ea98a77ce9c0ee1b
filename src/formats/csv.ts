/**
 * Comma-separated values (RFC 4180) that a spreadsheet opens as what they are. Text from outside (a file's name, a remark) that a
 * spreadsheet would take for a formula gets an apostrophe in front; numbers are written as they are.
 */
export type CsvCell = string | number | boolean | null;

export interface CsvOptions {
  /** Begin with a byte order mark: Excel needs it to read anything beyond ASCII. Off by default. */
  byteOrderMark?: boolean;
}

/** What makes Excel, LibreOffice or Google Sheets compute: also the full-width signs, and what hides behind white space. */
const FORMULA_START = /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Rows of cells as one text. Lines end in CR LF, the last one too; null and numbers that are none give an empty cell. */
export function toCsv(rows: readonly (readonly CsvCell[])[], { byteOrderMark = false }: CsvOptions = {}): string {
  const lines = rows.map((row) => `${row.map(formatCell).join(',')}\r\n`);
  return (byteOrderMark ? '\ufeff' : '') + lines.join('');
}

function formatCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return String(cell);
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
