/** A model as it is judged: the network, what it is fed with, which file it is, and what has to be taken for granted about it. */
import { sha256Hex } from '../../src/formats/sha256.ts';
import type { MapRecipe } from '../../src/gait/recipe.ts';
import type { ModelManifest } from '../../src/nets/manifest.ts';
import { readBytes } from '../files/arrayFile.ts';
import { openModel } from '../models/openModel.ts';
import type { JudgedModel } from './judge.ts';

/** The scale of a network whose probabilities nobody has fitted: that of OpenGait's cross-entropy. */
export const UNFITTED_SCALE = 16;

export interface ModelToJudge {
  path: string;
  /** The manifest's, or the path of a bare checkpoint. */
  name: string;
  /** SHA-256 of the weights' file. */
  sha256: string;
  /** A bare checkpoint's, where it was given. */
  classOrder: ModelManifest['classOrder'] | null;
  network: JudgedModel;
  /** The recipe of the maps it was trained on; null for silhouettes, and where nobody says. */
  recipe: MapRecipe | null;
  /** Of the softmax. */
  scale: number;
  /** Whether that was fitted on validation people. */
  calibrated: boolean;
  manifest: ModelManifest | null;
  /** Sentences. */
  assumed: string[];
}

/** Opens a model's folder or a bare checkpoint. Throws in a sentence. */
export async function openModelToJudge(path: string, classOrder: ModelManifest['classOrder'] | null): Promise<ModelToJudge> {
  const { architecture, parameters, manifest, assumed } = await openModel(path, classOrder ? { classOrder } : {});
  const range = manifest?.asymmetryRange;
  const input = architecture.inChannels === 1 ? 'silhouette' : 'skeleton-map';
  return {
    path,
    name: manifest?.name ?? path,
    sha256: manifest ? manifest.weights.sha256 : await sha256Hex(await readBytes(path)),
    classOrder,
    network: {
      architecture,
      parameters,
      input,
      asymmetryRange: range ? { min: Float32Array.from(range.min), max: Float32Array.from(range.max) } : null,
    },
    recipe: manifest?.input.kind === 'skeleton-map' ? manifest.input.recipe : null,
    scale: manifest?.probability.scale ?? UNFITTED_SCALE,
    calibrated: manifest?.probability.calibrated ?? false,
    manifest,
    assumed: [
      ...(assumed === null ? [] : [assumed]),
      ...(manifest || input === 'silhouette'
        ? []
        : ["The checkpoint doesn't say which maps it was trained on; those of the data set are taken to be the right ones."]),
    ],
  };
}
