/** One clip as training and evaluation take it: grey levels with the columns cut, and the asymmetry vector where there is one. */
import { toFloat32 } from '../../src/formats/ndarray.ts';
import { ASYMMETRY_LENGTH } from '../../src/gait/asymmetry.ts';
import { cutColumns } from '../../src/gait/skeletonMap.ts';
import { readClipFiles, type ClipFile } from './clipFiles.ts';
import type { ClipEntry } from './dataset.ts';
import { DataError } from '../files/errors.ts';
import { modalityLabel } from './modality.ts';

export type NetworkInput = 'skeleton-map' | 'silhouette';

/** Planes of each frame. */
const CHANNELS = { 'skeleton-map': 2, silhouette: 1 } as const;

export interface ClipData {
  /** Grey levels [T, channels, 64, 44]: columns already cut. */
  frames: Uint8Array;
  /** T. */
  count: number;
  channels: 1 | 2;
  /** The clip's vector, 8×3, as measured and not normalised; null where the clip has no file of it. */
  asymmetry: Float32Array | null;
}

/**
 * Reads a clip, or its first `limit` frames. The asymmetry vector is the mean over those frames, which all hold the same where it was
 * written for a whole walk. Throws {@link DataError} that names the file, or the clip that hasn't got what is asked for.
 */
export async function readClipData(clip: ClipEntry, input: NetworkInput, limit = Infinity): Promise<ClipData> {
  const { files, count: whole } = await readClipFiles(clip);
  const file = files.get(input);
  if (!file) {
    const held = [...files.keys()].map(modalityLabel).join('; ');
    throw new DataError(
      'modality',
      `${clip.folder} has no ${modalityLabel(input)}, which the network is fed with; it holds ${held}.`,
    );
  }
  const channels = CHANNELS[input];
  const count = Math.min(whole, limit);
  const levels = file.array.data as Uint8Array;
  const vectors = files.get('asymmetry');
  return {
    frames: cutColumns(levels.subarray(0, (levels.length / whole) * count)),
    count,
    channels,
    asymmetry: vectors ? meanVector(vectors, count) : null,
  };
}

/** The poses of a clip, [T,17,3] in the precision of the file. Throws {@link DataError} that names the file. */
export async function readClipPoses(clip: ClipEntry): Promise<Float32Array | Float64Array> {
  const { files } = await readClipFiles(clip);
  const file = files.get('pose');
  if (!file) throw new DataError('modality', `${clip.folder} has no ${modalityLabel('pose')}.`);
  return posesOf(file);
}

/** The poses in a file that holds some. Throws {@link DataError} for values that are no numbers. */
export function posesOf({ path, array }: ClipFile): Float32Array | Float64Array {
  const values = array.data instanceof Float64Array ? array.data : toFloat32(array);
  if (!values.every(Number.isFinite)) throw new DataError('modality', `${path} holds values that are not numbers.`);
  return values;
}

/** The mean over the first frames of the vectors in a file, 8×3. Throws {@link DataError} for values that are no numbers. */
export function meanVector({ path, array }: ClipFile, frames: number): Float32Array {
  const values = toFloat32(array);
  const mean = Float64Array.from({ length: ASYMMETRY_LENGTH }, (_, element) => {
    let sum = 0;
    for (let frame = 0; frame < frames; frame++) sum += values[frame * ASYMMETRY_LENGTH + element]!;
    return sum / frames;
  });
  if (!mean.every(Number.isFinite)) throw new DataError('modality', `${path} holds values that are not numbers.`);
  return Float32Array.from(mean);
}
