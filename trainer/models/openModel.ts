/** A network to run, from a model's folder or straight from a checkpoint. */
import { stat } from 'node:fs/promises';
import { readWeightsFile } from '../../src/formats/weightsFile.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import type { Architecture } from '../../src/nets/architecture.ts';
import { recogniseCheckpoint } from '../../src/nets/import/recognise.ts';
import { EVALUATOR_ORDER } from '../../src/nets/import/presets.ts';
import { inOurOrder, loadModel } from '../../src/nets/modelFiles.ts';
import type { ModelManifest } from '../../src/nets/manifest.ts';
import type { Parameters } from '../../src/nets/parameters.ts';
import { readBytes } from '../files/arrayFile.ts';
import { folderLoader } from './folderLoader.ts';

export interface OpenModel {
  architecture: Architecture;
  /** float32, classes in the order negative, neutral, positive. */
  parameters: Parameters;
  /** Training steps, where they are known. */
  iterations: number | null;
  /** null for a bare checkpoint. */
  manifest: ModelManifest | null;
  /** What had to be taken for granted, in a sentence; null where the manifest says everything. */
  assumed: string | null;
}

export interface OpenOptions {
  /** The order of a bare checkpoint's classes; a folder's manifest has its own. */
  classOrder?: ModelManifest['classOrder'];
}

/** Throws FormatError or NetError, or an Error in a sentence where there is no such file. */
export async function openModel(path: string, { classOrder }: OpenOptions = {}): Promise<OpenModel> {
  const folder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (folder) {
    if (classOrder)
      throw new Error(`${path} is a model's folder, and its manifest says the order of its classes: leave --class-order out.`);
    const { manifest, parameters } = await loadModel(folderLoader(path));
    const { architecture, origin } = manifest;
    return { architecture, parameters, iterations: origin.iterations, manifest, assumed: null };
  }
  const { tensors, iterations } = readWeightsFile(await readBytes(path));
  const { architecture, parameters } = recogniseCheckpoint(tensors);
  return {
    architecture,
    parameters: inOurOrder(parameters, classOrder ?? EVALUATOR_ORDER),
    iterations,
    manifest: null,
    assumed: classOrder
      ? null
      : `The checkpoint doesn't say the order of its classes; it is taken to be that of OpenGait's evaluator (${CLASSES.join(', ')}). --class-order says otherwise.`,
  };
}
