/** Writes a model's folder: weights, golden sample, manifest and card. Written last, the manifest makes the folder a model. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  type ModelMetrics,
} from '../../src/nets/manifest.ts';
import { drawWalks, mapsOf } from '../evaluate/walks.ts';
import type { Checkpoint } from '../train/checkpoint.ts';
import type { TrainingConfig } from '../train/config.ts';
import { requireRecipe } from '../train/run.ts';
import { modelCard } from './card.ts';
import { asStored, toFloat16 } from './roundWeights.ts';

export interface PackagedRun {
  id: string;
  checkpoint: Checkpoint;
  config: TrainingConfig;
  /** Fitted scale of the softmax. */
  scale: number;
  metrics: ModelMetrics;
  engine: string;
}

/** Writes into an existing folder. The manifest is checked against its own schema before anything is written. */
export async function writeModel(folder: string, run: PackagedRun): Promise<void> {
  const weights = writeSafetensors(toFloat16(run.checkpoint.parameters));
  const golden = await goldenSample(run);
  const manifest = parseManifest(await manifestOf(run, weights, golden));
  await writeFile(join(folder, WEIGHTS_FILE), weights);
  await writeFile(join(folder, GOLDEN_FILE), golden);
  await writeFile(join(folder, CARD_FILE), modelCard(manifest));
  await writeFile(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The first frames of a walk that was trained on, and the logits they give with the weights as stored. */
async function goldenSample({ checkpoint, config }: PackagedRun): Promise<Uint8Array> {
  const { trainSeed: seed, classShares, architecture } = config;
  const [walk] = drawWalks({ seed, people: 1, classShares });
  const classifier = new ScoNetClassifier(architecture, asStored(checkpoint.parameters));
  const classification = classifier.begin();
  const maps = mapsOf(walk!, requireRecipe(config.recipe)).slice(0, GOLDEN_FRAMES * classifier.frameLength);
  classification.push(maps);
  const logits = await classification.finish();
  classifier.dispose();
  return goldenFile({ maps, asymmetry: null }, logits, architecture);
}

async function manifestOf(run: PackagedRun, weights: Uint8Array, golden: Uint8Array): Promise<ModelManifest> {
  const { checkpoint, config, scale, metrics, engine } = run;
  const trainedOn = checkpoint.iteration * config.clips + config.settle.people;
  return {
    schema: 2,
    id: run.id,
    name: 'ScoNet-MT-ske, trained on simulated walks',
    architecture: config.architecture,
    input: { kind: 'skeleton-map', recipe: requireRecipe(config.recipe) },
    inputDivisor: 255,
    classOrder: ['negative', 'neutral', 'positive'],
    asymmetryRange: null,
    cadence: { framesPerSecond: CLASSIFIER_RATE, maxFrames: MAX_FRAMES },
    probability: { scale, calibrated: true },
    weights: { file: WEIGHTS_FILE, sha256: await sha256Hex(weights), bytes: weights.length, storage: 'float16' },
    golden: { file: GOLDEN_FILE, sha256: await sha256Hex(golden), frames: GOLDEN_FRAMES, tolerance: GOLDEN_TOLERANCE },
    training: {
      data: 'simulated walks only',
      simulated: true,
      split: null,
    },
    origin: {
      kind: 'trained',
      config: config as unknown as Record<string, unknown>,
      people: trainedOn,
      clips: trainedOn,
      iterations: checkpoint.iteration,
      engine,
      finished: new Date().toISOString().slice(0, 10),
    },
    metrics,
    intendedUse:
      'To show how the tool works, from video to result, and to test it. Research use. Not for screening people: these weights have never seen a person.',
    limits: [
      'Trained on simulated walks only: what it says about a real person has no known relation to that person’s spine.',
      'Simulated people differ from real ones in ways nobody has measured; figures on them say nothing about figures on people.',
      'Training saw few frames of a walk at a time; the neck’s statistics were then taken from whole walks.',
      ...comparedWithPosture(metrics),
    ],
    licence: 'Apache-2.0',
  };
}

/** A network has to be worth its weight: where a handful of posture measures does as well, its card says so. */
function comparedWithPosture({ model, pavBaseline }: ModelMetrics): string[] {
  if (model.macroF1.low > pavBaseline.macroF1.value) return [];
  const figures = `macro-F1 ${model.macroF1.value.toFixed(3)} against ${pavBaseline.macroF1.value.toFixed(3)}`;
  return [`Not shown to be better than posture alone, measured without any network (${figures} on the same people).`];
}
