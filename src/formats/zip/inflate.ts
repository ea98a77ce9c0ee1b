/**
 * Inflating that stops at the size announced: the compressed bytes go in small pieces, and the first byte too many ends it. So a
 * bomb costs no more memory or time than what it honestly announces.
 */
import { Inflate } from 'fflate';
import { FormatError } from '../errors.ts';

/** Deflate can't shrink anything further than about 1032 to 1. */
const BEST_RATIO = 1032;
/** Compressed bytes handed over at a time: at most 4 MB come out before the size is checked. */
const PIECE = 4096;

/** Inflates to exactly `size` bytes. Throws {@link FormatError} `damaged`. */
export function inflateExactly(compressed: Uint8Array, size: number): Uint8Array {
  if (size > (compressed.length + 1) * BEST_RATIO) throw wrongSize();
  const out = new Uint8Array(size);
  let written = 0;
  const stream = new Inflate((piece) => {
    if (written + piece.length > size) throw wrongSize();
    out.set(piece, written);
    written += piece.length;
  });
  try {
    for (let start = 0; start === 0 || start < compressed.length; start += PIECE) {
      stream.push(compressed.subarray(start, start + PIECE), start + PIECE >= compressed.length);
    }
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError('damaged', 'A compressed part of the zip file is damaged. Copy the file again.', { cause });
  }
  if (written !== size) throw wrongSize();
  return out;
}

function wrongSize(): FormatError {
  return new FormatError('damaged', 'A part of the zip file does not have the size that the file announces: it is damaged.');
}
