/** One clip of poses as the files a network is trained on: its skeleton maps and, where asked for, its asymmetry vector. */
import { join } from 'node:path';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { ASYMMETRY_LENGTH, ASYMMETRY_METRICS, JOINT_PAIRS, rawAsymmetry } from '../../src/gait/asymmetry.ts';
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import { MAP_CHANNELS, MAP_SIZE, renderSkeletonMaps } from '../../src/gait/skeletonMap.ts';
import { readArrayFile } from '../files/arrayFile.ts';
import { readClipPoses } from './clipData.ts';
import type { ClipEntry } from './dataset.ts';
import { clipFolder, writeClipFile } from './writeClip.ts';

/** Named so that a loader that sorts by name finds the maps first, as OpenGait's DRF does. */
export const MAP_FILE = '0_heatmap.pkl';
export const ASYMMETRY_FILE = '1_pav.pkl';

export interface ClipRecipe {
  /** The folder of the prepared dataset. */
  out: string;
  recipe: MapRecipe;
  /** Whether the asymmetry vector is written too. */
  asymmetry: boolean;
}

/**
 * Writes what isn't there yet, or isn't whole: maps, uint8 [T,2,64,64], and the vector as measured, repeated for every frame, float32
 * [T,8,3]. Returns whether there was anything to write. Throws {@link DataError} in a sentence that names the file.
 */
export async function prepareClip(clip: ClipEntry, { out, recipe, asymmetry }: ClipRecipe): Promise<boolean> {
  const poses = await readClipPoses(clip);
  const frames = poses.length / POSE_LENGTH;
  const place = { id: clip.id, className: CLASSES[clip.label]!, view: clip.view };
  const writeUnlessThere = async (file: string, array: Omit<NdArray, 'data'>, data: () => NdArray['data']): Promise<boolean> => {
    if (await holds(join(clipFolder(out, place), file), array)) return false;
    await writeClipFile(out, place, file, { ...array, data: data() });
    return true;
  };
  const maps = await writeUnlessThere(MAP_FILE, { dtype: 'uint8', shape: [frames, MAP_CHANNELS, MAP_SIZE, MAP_SIZE] }, () =>
    renderSkeletonMaps(poses, recipe),
  );
  if (!asymmetry) return maps;
  const vector = await writeUnlessThere(
    ASYMMETRY_FILE,
    { dtype: 'float32', shape: [frames, JOINT_PAIRS.length, ASYMMETRY_METRICS.length] },
    () => repeated(rawAsymmetry(poses), frames),
  );
  return maps || vector;
}

/** Is there a sound file with an array of that type and shape? */
async function holds(path: string, { dtype, shape }: Omit<NdArray, 'data'>): Promise<boolean> {
  try {
    const found = await readArrayFile(path);
    return found.dtype === dtype && found.shape.join() === shape.join();
  } catch {
    return false;
  }
}

function repeated(vector: Float32Array, times: number): Float32Array {
  const all = new Float32Array(times * ASYMMETRY_LENGTH);
  for (let time = 0; time < times; time++) all.set(vector, time * ASYMMETRY_LENGTH);
  return all;
}
