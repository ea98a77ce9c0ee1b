/** Writes a model's folder: weights, golden sample, manifest and card. Written last, the manifest makes the folder a model. */
import { basename, join, resolve } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { CLASSIFIER_RATE, MAX_FRAMES } from '../../src/gait/cadence.ts';
import { writeSafetensors } from '../../src/formats/safetensors.ts';
import { sha256Hex } from '../../src/formats/sha256.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import { GOLDEN_FRAMES, GOLDEN_TOLERANCE, goldenFile } from '../../src/nets/goldenSample.ts';
import {
  CARD_FILE,
  GOLDEN_FILE,
  MANIFEST_FILE,
  parseManifest,
  WEIGHTS_FILE,
  type ModelManifest,
} from '../../src/nets/manifest.ts';
import { findRecipe } from '../../src/gait/recipes.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import type { Checkpoint } from '../train/checkpoint.ts';
import type { RunRecord } from '../train/runRecord.ts';
import { modelCard } from './card.ts';
import { goldenInput } from './goldenInput.ts';
import { asStored, toFloat16 } from './roundWeights.ts';

export interface PackagedRun {
  record: RunRecord;
  checkpoint: Checkpoint;
  /** Which clips chose the checkpoint, and by what figure; null for the last one of the run. */
  chosenBy: string | null;
}

/** Writes the folder; its name is the model's id. The manifest is checked against its own schema before anything is written. */
export async function writeModel(folder: string, run: PackagedRun): Promise<ModelManifest> {
  const weights = writeSafetensors(toFloat16(run.checkpoint.parameters));
  const golden = await goldenSample(run);
  const manifest = parseManifest(await manifestOf(basename(resolve(folder)), run, weights, golden));
  await mkdir(folder, { recursive: true });
  await writeAtomically(join(folder, WEIGHTS_FILE), weights);
  await writeAtomically(join(folder, GOLDEN_FILE), golden);
  await writeManifest(folder, manifest);
  return manifest;
}

/** The manifest and the card that is written from it. */
export async function writeManifest(folder: string, manifest: ModelManifest): Promise<void> {
  await writeAtomically(join(folder, CARD_FILE), modelCard(manifest));
  await writeAtomically(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A simulated walk, whatever the model was trained on: a data set's own frames are not ours to hand on. */
async function goldenSample({ checkpoint, record }: PackagedRun): Promise<Uint8Array> {
  const { config } = record;
  const { maps, asymmetry } = goldenInput(record, GOLDEN_FRAMES);
  const classifier = new ScoNetClassifier(config.network, asStored(checkpoint.parameters));
  const walk = classifier.begin();
  walk.push(maps);
  const logits = await walk.finish(asymmetry);
  classifier.dispose();
  return goldenFile({ maps, asymmetry }, logits, config.network);
}

async function manifestOf(id: string, run: PackagedRun, weights: Uint8Array, golden: Uint8Array): Promise<ModelManifest> {
  const { config, data, asymmetryRange, engine, warmStart } = run.record;
  return {
    schema: 2,
    id,
    name: config.name,
    architecture: config.network,
    input:
      config.input.kind === 'silhouette'
        ? { kind: 'silhouette', alignment: 'opengait' }
        : { kind: 'skeleton-map', recipe: data.recipe ?? findRecipe(config.input.recipe)! },
    inputDivisor: 255,
    classOrder: ['negative', 'neutral', 'positive'],
    asymmetryRange,
    cadence: { framesPerSecond: CLASSIFIER_RATE, maxFrames: MAX_FRAMES },
    probability: { scale: config.loss.crossEntropy.scale, calibrated: false },
    weights: { file: WEIGHTS_FILE, sha256: await sha256Hex(weights), bytes: weights.length, storage: 'float16' },
    golden: { file: GOLDEN_FILE, sha256: await sha256Hex(golden), frames: GOLDEN_FRAMES, tolerance: GOLDEN_TOLERANCE },
    training: { data: data.description, simulated: data.simulated, split: config.split },
    origin: {
      kind: 'trained',
      config: config as unknown as Record<string, unknown>,
      people: data.trainPeople,
      clips: data.trainClips,
      iterations: run.checkpoint.iteration,
      engine,
      finished: new Date().toISOString().slice(0, 10),
      ...(run.chosenBy === null ? {} : { chosenBy: run.chosenBy }),
      ...(warmStart === null ? {} : { startedFrom: warmStart }),
    },
    metrics: null,
    intendedUse: data.simulated
      ? 'To show how the tool works, from video to result, and to test it. Research use. Not for screening people: these weights have never seen a person.'
      : 'Research use. Not for screening people: nobody has shown yet what these weights are worth on people they have not seen.',
    limits: limitsOf(run.record),
    licence: data.simulated ? 'Apache-2.0' : 'that of the data it was trained on, whose holders decide what may be done with it',
  };
}

function limitsOf({ data, config }: RunRecord): string[] {
  const few =
    config.frames.kind !== 'all-ordered'
      ? [
          `Training saw ${config.frames.count} frames of a walk at a time, and a walk is judged by all of its frames${config.evaluation.settleClips > 0 ? '; the neck’s statistics were then taken from whole walks' : ''}.`,
        ]
      : [];
  const simulated = [
    'Trained on simulated walks only: what it says about a real person has no known relation to that person’s spine.',
    'Simulated people differ from real ones in ways nobody has measured; figures on them say nothing about figures on people.',
  ];
  const unknown =
    data.trainPeople === null
      ? ['The data didn’t say whose clips are whose: the same person may have been on both sides of a split.']
      : [];
  return [...(data.simulated ? simulated : []), ...few, ...unknown];
}
