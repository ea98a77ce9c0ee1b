/**
 * Everything that can be wrong with a file. Readers throw nothing else, whatever the bytes are.
 *
 * - `not-recognised`: the bytes are not of this format at all.
 * - `truncated`: the file ends before what it announces.
 * - `damaged`: the file contradicts itself (sizes that lie, overlapping parts, a wrong checksum).
 * - `unsupported`: a sound file of a variety that is not read here.
 * - `too-large`: beyond the bounds that keep a reader's time and memory in check.
 * - `refused`: a pickle asks for something that could run code; the message names it.
 * - `invalid-value`: a writer was handed a value that the format cannot hold.
 */
export type FormatErrorCode =
  'not-recognised' | 'truncated' | 'damaged' | 'unsupported' | 'too-large' | 'refused' | 'invalid-value';

export class FormatError extends Error {
  override readonly name = 'FormatError';
  constructor(
    readonly code: FormatErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A name from a file, made fit for a message: printable ASCII, at most 80 characters. */
export function quoteName(name: string): string {
  const printable = name.slice(0, 81).replace(/[^\x20-\x7e]/g, '?');
  return `"${printable.length > 80 ? `${printable.slice(0, 79)}…` : printable}"`;
}
