/** Reads the range of the asymmetry vector from a .npy file that somebody chose. */
import { readNpy } from '../../../formats/npy.ts';
import type { AsymmetryRange } from '../../../gait/asymmetry.ts';
import { asymmetryRangeOf } from '../../../nets/import/asymmetryRange.ts';

/** Such a file has 512 bytes; of a larger one the beginning is enough to say what is wrong with it. */
const ENOUGH_BYTES = 64 << 10;

/** Throws FormatError with a sentence, whatever the file is. */
export async function readRangeFile(file: File): Promise<AsymmetryRange> {
  return asymmetryRangeOf(readNpy(new Uint8Array(await file.slice(0, ENOUGH_BYTES).arrayBuffer())), file.name);
}
