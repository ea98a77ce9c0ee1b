/**
 * A model as it lies on a server, small enough to be made on the spot: a narrow ScoNet with random weights, its manifest, and a
 * golden sample computed with the plain JavaScript backend. It says nothing about anybody; it only has to be the same everywhere.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { writeSafetensors } from '../src/formats/safetensors.ts';
import { sha256Hex } from '../src/formats/sha256.ts';
import { ASYMMETRY_LENGTH } from '../src/gait/asymmetry.ts';
import { SIGMA15_JOINT8_BODY_ONLY } from '../src/gait/recipes.ts';
import { INPUT_HEIGHT, INPUT_WIDTH, type Architecture } from '../src/nets/architecture.ts';
import { ScoNetClassifier } from '../src/nets/classifier.ts';
import { goldenFile } from '../src/nets/goldenSample.ts';
import type { ModelManifest } from '../src/nets/manifest.ts';
import { parameterShapes, type Parameters } from '../src/nets/parameters.ts';

export const TINY: Architecture = {
  network: 'sconet',
  inChannels: 2,
  widths: [8, 16, 32, 64],
  embedding: 32,
  parts: 16,
  classes: 3,
};

/** Narrower still, for a GPU that is a program. */
export const TINIEST: Architecture = { ...TINY, widths: [4, 8, 16, 32], embedding: 16 };

/** What the vectors of a tiny DRF are normalised by. */
export const TINY_RANGE = { min: Array<number>(ASYMMETRY_LENGTH).fill(0), max: Array<number>(ASYMMETRY_LENGTH).fill(40) };

export interface ModelFolder {
  manifest: ModelManifest;
  /** `model.json` and the files it names. */
  files: Map<string, Uint8Array>;
}

export interface TinyModelOptions {
  architecture?: Architecture;
  seed?: number;
  goldenFrames?: number;
  tolerance?: number;
  /** Added to the golden logits: a model that no backend can get right. */
  goldenError?: number;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random weights of a size that keeps activations near 1. */
export function randomParameters(architecture: Architecture, seed: number): Parameters {
  const random = randomNumbers(seed);
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(architecture)) {
    const length = shape.reduce((product, size) => product * size, 1);
    const fanIn = shape.length === 4 ? length / shape[0]! : shape.length === 3 ? shape[1]! : 1;
    const value = (): number => {
      if (name.endsWith('running_var')) return 0.5 + random();
      if (name.endsWith('.bias') || name.endsWith('running_mean')) return 0.2 * (random() - 0.5);
      if (shape.length === 1) return 1 + 0.1 * (random() - 0.5);
      return (random() - 0.5) * Math.sqrt(12 / fanIn);
    };
    parameters.set(name, { shape, dtype: 'float32', data: Float32Array.from({ length }, value) });
  }
  return parameters;
}

/** Models as a server of them would have them: addresses below `models/`, the first model the default. */
export function modelTree(folders: Readonly<Record<string, ModelFolder>>): Map<string, Uint8Array> {
  const tree = new Map<string, Uint8Array>([['index.json', new TextEncoder().encode(JSON.stringify(Object.keys(folders)))]]);
  for (const [id, { files }] of Object.entries(folders)) {
    for (const [name, bytes] of files) tree.set(`${id}/${name}`, bytes);
  }
  return tree;
}

/** Makes the folder. Leaves tfjs on the cpu backend. */
export async function makeTinyModel(options: TinyModelOptions = {}): Promise<ModelFolder> {
  const { architecture = TINY, seed = 7, goldenFrames = 3, tolerance = 1e-3, goldenError = 0 } = options;
  const parameters = randomParameters(architecture, seed);
  const random = randomNumbers(seed + 1);
  const frameLength = architecture.inChannels * INPUT_HEIGHT * INPUT_WIDTH;
  const maps = Uint8Array.from({ length: goldenFrames * frameLength }, () => Math.floor(256 * random()));
  const asymmetry = architecture.network === 'drf' ? Float32Array.from({ length: ASYMMETRY_LENGTH }, random) : null;
  const right = await logitsOnCpu(architecture, parameters, maps, asymmetry);
  const logits = right.map((logit) => logit + goldenError);
  const golden = goldenFile({ maps, asymmetry }, logits, architecture);
  const weights = writeSafetensors(parameters);
  const manifest = await describe(architecture, weights, golden, { goldenFrames, tolerance });
  const files = new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(manifest))],
    ['weights.safetensors', weights],
    ['golden.safetensors', golden],
  ]);
  return { manifest, files };
}

/** The logits that a walk of these maps must give. */
export async function logitsOnCpu(
  architecture: Architecture,
  parameters: Parameters,
  maps: Uint8Array,
  asymmetry: Float32Array | null = null,
): Promise<Float32Array> {
  await tf.setBackend('cpu');
  const classifier = new ScoNetClassifier(architecture, parameters);
  try {
    const walk = classifier.begin();
    walk.push(maps);
    return await walk.finish(asymmetry);
  } finally {
    classifier.dispose();
  }
}

async function describe(
  architecture: Architecture,
  weights: Uint8Array,
  golden: Uint8Array,
  { goldenFrames, tolerance }: { goldenFrames: number; tolerance: number },
): Promise<ModelManifest> {
  const interval = { value: 0, low: 0, high: 0 };
  const figures = { accuracy: interval, macroPrecision: 0, macroRecall: 0, macroF1: interval, confusion: [] };
  return {
    schema: 2,
    id: 'tiny',
    name: 'Random weights',
    architecture,
    input:
      architecture.inChannels === 1
        ? { kind: 'silhouette', alignment: 'opengait' }
        : { kind: 'skeleton-map', recipe: SIGMA15_JOINT8_BODY_ONLY },
    inputDivisor: 255,
    classOrder: ['negative', 'neutral', 'positive'],
    asymmetryRange: architecture.network === 'drf' ? TINY_RANGE : null,
    cadence: { framesPerSecond: 15, maxFrames: 720 },
    probability: { scale: 16, calibrated: false },
    weights: { file: 'weights.safetensors', sha256: await sha256Hex(weights), bytes: weights.length, storage: 'float32' },
    golden: { file: 'golden.safetensors', sha256: await sha256Hex(golden), frames: goldenFrames, tolerance },
    training: {
      data: 'nothing: random weights for tests',
      simulated: true,
      split: null,
    },
    origin: {
      kind: 'trained',
      config: {},
      people: 0,
      clips: 0,
      iterations: 0,
      engine: 'none',
      finished: '2000-01-01',
    },
    metrics: {
      set: 'none',
      people: 0,
      clips: 0,
      model: figures,
      majorityBaseline: figures,
      pavBaseline: figures,
      sensitivity: interval,
      specificity: interval,
      calibrationError: 0,
    },
    intendedUse: 'Tests of the software.',
    limits: [],
    licence: 'Apache-2.0',
  };
}
