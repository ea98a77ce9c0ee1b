/**
 * The start-up self-test: every model carries maps and the logits they must give, and a backend that gives others is refused.
 * GPU drivers are wrong often enough, and quietly, that no result may be shown without this.
 */
import { ASYMMETRY_LENGTH } from '../gait/asymmetry.ts';
import { INPUT_HEIGHT, INPUT_WIDTH, type Architecture } from './architecture.ts';
import { SLOW_FRAME_MS, type OpenBackend, type Trial } from './backends.ts';
import type { ScoNetClassifier } from './classifier.ts';
import { NetError } from './errors.ts';

export interface GoldenSample {
  /** Grey levels [frames, channels, 64, 44]. */
  maps: Uint8Array;
  /** Normalised asymmetry vector of the walk, 8×3; null for a network that has no use for it. */
  asymmetry: Float32Array | null;
  /** Logits [classes, parts] for the walk those frames make. */
  logits: Float32Array;
}

/** The golden sample with the largest difference that still counts as right. */
export interface SelfTest {
  golden: GoldenSample;
  tolerance: number;
}

/** The largest difference of two vectors; infinite where one holds what is no number or lengths differ. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = Math.abs((a[index] ?? NaN) - (b[index] ?? NaN));
    if (Number.isNaN(difference)) return Infinity;
    largest = Math.max(largest, difference);
  }
  return largest;
}

/**
 * Runs the golden sample on the active backend the way a walk is run, over more than one chunk: the sample is repeated until it
 * fills one, which a maximum doesn't notice. `timed`: another engine may be taken for its speed, so one that seems slow runs it once
 * more: its first run is slowed by shaders and buffers that are still to be made, and only the second one is its true speed.
 * Throws {@link NetError} `backend-wrong` when a logit is off by more than the tolerance.
 */
export async function runSelfTest(
  classifier: ScoNetClassifier,
  { golden, tolerance }: SelfTest,
  backend: OpenBackend,
  timed: boolean,
  now: () => number = () => performance.now(),
): Promise<Trial<ScoNetClassifier>> {
  const { chunkFrames, frameLength } = classifier;
  await backend.compile(() => {
    const features = classifier.chunkFeatures(new Float32Array(chunkFrames * frameLength));
    classifier.walkLogits(features, golden.asymmetry).dispose();
    features.dispose();
  });
  let error = 0;
  let frameMs = 0;
  for (let run = 0; run === 0 || (run === 1 && timed && frameMs > SLOW_FRAME_MS); run++) {
    const started = now();
    const walk = classifier.begin();
    let frames = 0;
    let logits: Float32Array;
    try {
      while (frames <= chunkFrames) {
        walk.push(golden.maps);
        await backend.settle();
        frames += golden.maps.length / frameLength;
      }
      logits = await walk.finish(golden.asymmetry);
    } finally {
      walk.cancel();
    }
    // A chunk that isn't full costs as much as one that is.
    frameMs = (now() - started) / (Math.ceil(frames / chunkFrames) * chunkFrames);
    error = Math.max(error, largestDifference(logits, golden.logits));
    if (error > tolerance) {
      const off = Number.isFinite(error) ? `its logits are off by ${error.toPrecision(2)}` : 'its logits are no numbers';
      throw new NetError('backend-wrong', `It computes this network wrongly: ${off}, and ${tolerance} is allowed.`);
    }
  }
  return { value: classifier, frameMs, error };
}

/** Checks that a golden sample belongs to the architecture. Throws {@link NetError} `weights-mismatch`. */
export function checkGolden(golden: GoldenSample, { network, inChannels, classes, parts }: Architecture): void {
  const frameLength = inChannels * INPUT_HEIGHT * INPUT_WIDTH;
  const whole = golden.maps.length > 0 && golden.maps.length % frameLength === 0;
  const vector = (golden.asymmetry?.length ?? 0) === (network === 'drf' ? ASYMMETRY_LENGTH : 0);
  if (!whole || !vector || golden.logits.length !== classes * parts) {
    throw new NetError('weights-mismatch', "The model's golden sample has other shapes than its network: it can't be tested.");
  }
}
