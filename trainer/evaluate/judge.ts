/** Runs a network over the clips of a data set, whole walks one after the other, and keeps what every figure is computed from. */
import * as tf from '@tensorflow/tfjs-core';
import { normaliseAsymmetry, type AsymmetryRange } from '../../src/gait/asymmetry.ts';
import { MAX_FRAMES } from '../../src/gait/cadence.ts';
import { argmax, meanOverParts } from '../../src/gait/classScores.ts';
import { CLASS_COUNT } from '../../src/gait/labels.ts';
import { confusionMatrix, figuresOf, type Confusion, type Figures } from '../../src/gait/metrics.ts';
import type { Architecture } from '../../src/nets/architecture.ts';
import { ScoNetClassifier } from '../../src/nets/classifier.ts';
import type { Parameters } from '../../src/nets/parameters.ts';
import { readClipData, type ClipData, type NetworkInput } from '../data/clipData.ts';
import { personOf, type ClipEntry } from '../data/dataset.ts';

export interface JudgedModel {
  architecture: Architecture;
  /** Classes in the order negative, neutral, positive. */
  parameters: Parameters;
  input: NetworkInput;
  /** What a DRF's vectors are normalised by; null for a network that isn't given any. */
  asymmetryRange: AsymmetryRange | null;
}

export interface JudgedClip {
  id: string;
  view: string;
  /** The person where the data set says who it is, else the clip's id. */
  person: string;
  /** The truth, a class index. */
  label: number;
  frames: number;
  /** Cosines [classes, parts], class-major. */
  logits: number[];
  /** Scores [classes], the means over the parts, after the first so many frames; for counts below that of the clip. */
  early: EarlyScores[];
}

export interface EarlyScores {
  frames: number;
  scores: number[];
}

export interface JudgeOptions {
  /** Once aborted, the clip that is begun is ended, and no other. */
  signal?: AbortSignal;
  /** The most frames of a clip that are looked at; the app's limit where it is left out. */
  frames?: number;
  /** Frame counts, ascending, after which the scores so far are kept. */
  early?: readonly number[];
}

/**
 * Judges the clips in their order; of those that were judged until `signal` stopped it, the result is whole. Throws in a sentence where model
 * and clip don't fit, and where the network answers with something that is no number.
 * @param report hears how many clips are done
 */
export async function judgeClips(
  model: JudgedModel,
  clips: readonly ClipEntry[],
  report: (done: number) => void,
  options: JudgeOptions = {},
): Promise<JudgedClip[]> {
  const judged: JudgedClip[] = [];
  for await (const clip of judgeEach(model, clips, options)) {
    judged.push(clip);
    report(judged.length);
  }
  return judged;
}

/** The same one by one, for whoever keeps each as it comes. */
export async function* judgeEach(
  model: JudgedModel,
  clips: readonly ClipEntry[],
  { signal, frames = MAX_FRAMES, early = [] }: JudgeOptions = {},
): AsyncGenerator<JudgedClip> {
  checkModel(model);
  const classifier = new ScoNetClassifier(model.architecture, model.parameters);
  try {
    for (const clip of clips) {
      // Lets signals and timers through, whatever the engine.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) return;
      const data = await readClipData(clip, model.input, frames);
      const { logits, kept } = await judge(classifier, data, vectorOf(model, clip, data), early);
      if (!logits.every(Number.isFinite)) {
        throw new Error(`The network's answer to ${clip.folder} is not a number: its weights, or the engine, are not sound.`);
      }
      const { id, view, label } = clip;
      yield { id, view, person: personOf(clip), label, frames: data.count, logits, early: kept };
    }
  } finally {
    classifier.dispose();
  }
}

/** The mean over the parts, which is what decides: [classes]. */
export function scoresOf({ logits }: Pick<JudgedClip, 'logits'>): Float64Array {
  return meanOverParts(logits, CLASS_COUNT, logits.length / CLASS_COUNT);
}

/** The class a clip is called, an index. */
export function predictionOf(clip: Pick<JudgedClip, 'logits'>): number {
  return argmax(scoresOf(clip));
}

export type Summary = Omit<Figures, 'perClass'> & { confusion: Confusion };

/** Upstream's four figures, 0…1, and the matrix they come from. */
export function summarise(judged: readonly Pick<JudgedClip, 'label' | 'logits'>[]): Summary {
  const confusion = confusionMatrix(
    judged.map(({ label }) => label),
    judged.map(predictionOf),
  );
  const { accuracy, macroPrecision, macroRecall, macroF1 } = figuresOf(confusion);
  return { accuracy, macroPrecision, macroRecall, macroF1, confusion };
}

function checkModel({ architecture, input, asymmetryRange }: JudgedModel): void {
  const channels = input === 'silhouette' ? 1 : 2;
  if (architecture.inChannels !== channels) {
    const takes = architecture.inChannels === 1 ? 'silhouettes (1 channel)' : 'skeleton maps (2 channels)';
    throw new Error(`The network takes ${takes} and is to be fed with ${input}s: choose the data it was trained on.`);
  }
  if (architecture.network === 'drf' && !asymmetryRange) {
    throw new Error(
      'The network is a DRF, and nobody says which range of the asymmetry vector it was trained with: `import` it with --pav-range.',
    );
  }
}

/** The clip's vector as the network takes it; null for a network that takes none. */
function vectorOf({ architecture, asymmetryRange }: JudgedModel, clip: ClipEntry, data: ClipData): Float32Array | null {
  if (architecture.network !== 'drf' || !asymmetryRange) return null;
  if (!data.asymmetry) {
    throw new Error(`${clip.folder} has no asymmetry vector, which a DRF needs: \`prepare\` the poses with --pav.`);
  }
  return normaliseAsymmetry(data.asymmetry, asymmetryRange);
}

/**
 * One pass over the frames. The maximum so far is looked at after each of the early counts, so that they cost next to nothing; a DRF's vector
 * is that of the whole clip all the while.
 */
async function judge(
  classifier: ScoNetClassifier,
  { frames, count }: ClipData,
  vector: Float32Array | null,
  early: readonly number[],
): Promise<{ logits: number[]; kept: EarlyScores[] }> {
  const walk = classifier.begin();
  const kept: EarlyScores[] = [];
  let features: tf.Tensor4D | null = null;
  let logits: number[] = [];
  try {
    let from = 0;
    for (const to of [...early.filter((frame) => frame < count), count]) {
      walk.push(frames.subarray(from * classifier.frameLength, to * classifier.frameLength));
      features = greater(features, walk.takeFeatures());
      logits = await logitsOf(classifier, features, vector);
      if (to < count) kept.push({ frames: to, scores: [...scoresOf({ logits })] });
      from = to;
    }
  } finally {
    features?.dispose();
    walk.cancel();
  }
  return { logits, kept };
}

/** The greater of two maxima, element by element; lets go of both. */
function greater(before: tf.Tensor4D | null, next: tf.Tensor4D): tf.Tensor4D {
  if (!before) return next;
  const features: tf.Tensor4D = tf.maximum(before, next);
  tf.dispose([before, next]);
  return features;
}

async function logitsOf(classifier: ScoNetClassifier, features: tf.Tensor4D, vector: Float32Array | null): Promise<number[]> {
  const logits = classifier.walkLogits(features, vector);
  try {
    return [...(await logits.data())];
  } finally {
    logits.dispose();
  }
}
