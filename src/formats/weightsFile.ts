/** A file of weights, whichever kind it is: told by its first bytes, never by its name. */
import { FormatError } from './errors.ts';
import type { NdArray } from './ndarray.ts';
import { readSafetensors } from './safetensors.ts';
import { readTorchCheckpoint } from './torch.ts';

export interface WeightsFile {
  format: 'pytorch' | 'safetensors';
  /** Tensors by name, in the file's order. Their elements may be views into the file's bytes. */
  tensors: Map<string, NdArray>;
  /** Training steps taken, where the file says so. */
  iterations: number | null;
}

/** Reads a checkpoint of PyTorch or a safetensors file. Throws {@link FormatError}, whatever the bytes are. */
export function readWeightsFile(bytes: Uint8Array): WeightsFile {
  if (bytes.length === 0)
    throw new FormatError('truncated', 'This file is empty. Choose a checkpoint (.pt) or a .safetensors file.');
  if (looksLikeSafetensors(bytes)) {
    const { tensors, metadata } = readSafetensors(bytes);
    const iterations = Number(metadata.get('iteration'));
    return { format: 'safetensors', tensors, iterations: Number.isSafeInteger(iterations) && iterations > 0 ? iterations : null };
  }
  const { parameters, iteration } = readTorchCheckpoint(bytes);
  return { format: 'pytorch', tensors: parameters, iterations: iteration };
}

/** Eight bytes of a length, then a JSON object. Neither a zip nor a pickle has a brace there. */
function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0;
}
