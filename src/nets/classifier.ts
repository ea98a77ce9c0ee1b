/**
 * Classifies a walk of any length, frame by frame. The network is set-based: the maximum over the frames can be taken as they
 * come, so the result for the whole walk is exact although no more than one chunk of frames is ever in memory.
 */
import * as tf from '@tensorflow/tfjs-core';
import { ASYMMETRY_METRICS, JOINT_PAIRS } from '../gait/asymmetry.ts';
import { INPUT_HEIGHT, INPUT_WIDTH, type Architecture } from './architecture.ts';
import { FoldedLayers } from './foldedLayers.ts';
import type { Parameters } from './parameters.ts';
import { divide, maximaWithoutEach, type Stretch } from './influence.ts';
import { frameFeatures, head, poolParts, type HeadOutput } from './sconet.ts';

/**
 * Frames in one pass. Always the same number: the WebGPU backend compiles shaders and pools buffers by exact shape.
 * A short last chunk repeats its last frame, which a maximum doesn't notice.
 */
export const CHUNK_FRAMES = 8;

export class ScoNetClassifier {
  readonly #layers: FoldedLayers;

  /** Throws NetError where the parameters don't fit the architecture. Weights go to the active tfjs backend. */
  constructor(
    readonly architecture: Architecture,
    parameters: Parameters,
    /** Grey level that becomes 1. */
    readonly inputDivisor = 255,
    readonly chunkFrames = CHUNK_FRAMES,
  ) {
    this.#layers = new FoldedLayers(parameters, architecture);
  }

  /** Numbers of one frame's map: channels × 64 × 44. */
  get frameLength(): number {
    return this.architecture.inChannels * INPUT_HEIGHT * INPUT_WIDTH;
  }

  /**
   * Starts a walk. Several walks may be under way at once. Where `keepStretches` is set, what each stretch of the walk gave is kept until
   * its end: 0.2 to 0.4 MB for every half second.
   */
  begin({ keepStretches = false }: { keepStretches?: boolean } = {}): Classification {
    return new Classification(this, keepStretches);
  }

  /** One chunk: grey levels [chunkFrames, channels, 64, 44] → features [1, 16, 11, widths[3]], the maximum over the chunk. */
  chunkFeatures(maps: Float32Array): tf.Tensor4D {
    return tf.tidy(() => {
      // A copy: the backends may keep the array they are given, and the chunk's buffer is used again.
      const shape = [this.chunkFrames, this.architecture.inChannels, INPUT_HEIGHT, INPUT_WIDTH] as const;
      const planes = tf.tensor4d(maps.slice(), [...shape]);
      const frames = tf.transpose(tf.div(planes, this.inputDivisor), [0, 2, 3, 1]) as tf.Tensor4D;
      return tf.max(frameFeatures(frames, this.#layers, this.architecture), 0, true) as tf.Tensor4D;
    });
  }

  /** The walk's features, for a DRF with its asymmetry vector, → logits [classes, parts] (a tensor; cosines). */
  walkLogits(features: tf.Tensor4D, asymmetry: Float32Array | null = null): tf.Tensor2D {
    return tf.tidy(() => tf.transpose(tf.squeeze(this.#head(features, asymmetry).logits, [1])));
  }

  /** As `walkLogits` for n walks that share an asymmetry vector: features [n, 16, 11, widths[3]] → [classes, parts, n]. */
  manyLogits(features: tf.Tensor4D, asymmetry: Float32Array | null): tf.Tensor3D {
    const vectors =
      asymmetry &&
      Float32Array.from({ length: asymmetry.length * features.shape[0] }, (_, at) => asymmetry[at % asymmetry.length]!);
    return tf.tidy(() => tf.transpose(this.#head(features, vectors).logits, [2, 0, 1]));
  }

  /** The walk's features, for a DRF with its asymmetry vector, → its embedding before the neck, [parts, 1, embedding]. */
  walkEmbedding(features: tf.Tensor4D, asymmetry: Float32Array | null = null): tf.Tensor3D {
    return tf.tidy(() => this.#head(features, asymmetry).embedding);
  }

  #head(features: tf.Tensor4D, asymmetry: Float32Array | null): HeadOutput {
    const pooled = poolParts(features, this.#layers, this.architecture);
    const vector = asymmetry && tf.tensor3d(asymmetry, [features.shape[0], JOINT_PAIRS.length, ASYMMETRY_METRICS.length]);
    return head(pooled, this.#layers, this.architecture, vector);
  }

  dispose(): void {
    this.#layers.dispose();
  }
}

/** One walk on its way through the network. */
export class Classification {
  readonly #classifier: ScoNetClassifier;
  readonly #chunk: Float32Array;
  /** Frames waiting in the chunk. */
  #waiting = 0;
  #features: tf.Tensor4D | null = null;
  /** What each chunk gave, where that is kept. */
  readonly #chunks: tf.Tensor4D[] | null;
  #frames = 0;

  constructor(classifier: ScoNetClassifier, keepStretches = false) {
    this.#classifier = classifier;
    this.#chunks = keepStretches ? [] : null;
    this.#chunk = new Float32Array(classifier.chunkFrames * classifier.frameLength);
  }

  /** Adds frames, [n, channels, 64, 44] in grey levels; runs the network whenever a chunk is full. */
  push(maps: Uint8Array | Float32Array): void {
    const { frameLength, chunkFrames } = this.#classifier;
    for (let at = 0; at < maps.length; at += frameLength) {
      this.#chunk.set(maps.subarray(at, at + frameLength), this.#waiting * frameLength);
      this.#waiting += 1;
      this.#frames += 1;
      if (this.#waiting === chunkFrames) this.#run();
    }
  }

  /**
   * Ends the walk: logits [classes, parts], cosines in [−1, 1], in the class order of the weights. A DRF needs the walk's normalised
   * asymmetry vector, 8×3; a ScoNet doesn't look at it. Throws a RangeError when no frame was pushed, or a DRF has no vector.
   */
  async finish(asymmetry: Float32Array | null = null): Promise<Float32Array> {
    const features = this.takeFeatures();
    try {
      const logits = this.#classifier.walkLogits(features, asymmetry);
      const values = await logits.data();
      logits.dispose();
      return Float32Array.from(values);
    } finally {
      features.dispose();
    }
  }

  /**
   * Ends the walk one step earlier: the maximum over all its frames, [1, 16, 11, widths[3]], the caller's to dispose of.
   * Throws a RangeError when no frame was pushed.
   */
  takeFeatures(): tf.Tensor4D {
    if (this.#waiting > 0) {
      const { frameLength, chunkFrames } = this.#classifier;
      const last = this.#chunk.slice((this.#waiting - 1) * frameLength, this.#waiting * frameLength);
      for (let frame = this.#waiting; frame < chunkFrames; frame++) this.#chunk.set(last, frame * frameLength);
      this.#run();
    }
    const features = this.#features;
    if (!features) throw new RangeError('A walk needs at least one frame.');
    this.#features = null;
    return features;
  }

  /**
   * The walk without each of its stretches, once it has ended and until `cancel`: logits [classes, parts] for each, in the order of time.
   * `asymmetry` as for `finish`. Throws a RangeError where the stretches weren't kept.
   */
  async withoutEach(asymmetry: Float32Array | null = null): Promise<(Stretch & { logits: Float32Array })[]> {
    const chunks = this.#chunks;
    if (!chunks) throw new RangeError('The stretches of this walk were not kept.');
    if (chunks.length === 0) return [];
    const stretches = divide(chunks.length, this.#classifier.chunkFrames, this.#frames);
    const logits = tf.tidy(() => {
      const maxima = stretches.map(({ first, last }) => chunks.slice(first, last).reduce((a, b) => tf.maximum(a, b)));
      return this.#classifier.manyLogits(maximaWithoutEach(maxima), asymmetry);
    });
    const values = await logits.data();
    logits.dispose();
    const [length, walks] = [logits.shape[0] * logits.shape[1], logits.shape[2]];
    return stretches.map(({ from, to }, index) => {
      return { from, to, logits: Float32Array.from({ length }, (_, at) => values[at * walks + index]!) };
    });
  }

  /** Lets go of the walk; it can be used again from the start. */
  cancel(): void {
    this.#features?.dispose();
    this.#features = null;
    if (this.#chunks) tf.dispose(this.#chunks.splice(0));
    this.#waiting = 0;
    this.#frames = 0;
  }

  #run(): void {
    const features = this.#classifier.chunkFeatures(this.#chunk);
    const before = this.#features;
    this.#features = before ? tf.maximum(before, features) : tf.clone(features);
    before?.dispose();
    if (this.#chunks) this.#chunks.push(features);
    else features.dispose();
    this.#waiting = 0;
  }
}
