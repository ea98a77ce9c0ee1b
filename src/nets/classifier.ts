/**
 * Classifies a walk of any length, frame by frame. The network is set-based: the maximum over the frames can be taken as they
 * come, so the result for the whole walk is exact although no more than one chunk of frames is ever in memory.
 */
import * as tf from '@tensorflow/tfjs-core';
import { ASYMMETRY_METRICS, JOINT_PAIRS } from '../gait/asymmetry.ts';
import { INPUT_HEIGHT, INPUT_WIDTH, type Architecture } from './architecture.ts';
import { FoldedLayers } from './foldedLayers.ts';
import type { Parameters } from './parameters.ts';
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

  /** Starts a walk. Several walks may be under way at once. */
  begin(): Classification {
    return new Classification(this);
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

  /** The walk's features, for a DRF with its asymmetry vector, → its embedding before the neck, [parts, 1, embedding]. */
  walkEmbedding(features: tf.Tensor4D, asymmetry: Float32Array | null = null): tf.Tensor3D {
    return tf.tidy(() => this.#head(features, asymmetry).embedding);
  }

  #head(features: tf.Tensor4D, asymmetry: Float32Array | null): HeadOutput {
    const pooled = poolParts(features, this.#layers, this.architecture);
    const vector = asymmetry && tf.tensor3d(asymmetry, [1, JOINT_PAIRS.length, ASYMMETRY_METRICS.length]);
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

  constructor(classifier: ScoNetClassifier) {
    this.#classifier = classifier;
    this.#chunk = new Float32Array(classifier.chunkFrames * classifier.frameLength);
  }

  /** Adds frames, [n, channels, 64, 44] in grey levels; runs the network whenever a chunk is full. */
  push(maps: Uint8Array | Float32Array): void {
    const { frameLength, chunkFrames } = this.#classifier;
    for (let at = 0; at < maps.length; at += frameLength) {
      this.#chunk.set(maps.subarray(at, at + frameLength), this.#waiting * frameLength);
      this.#waiting += 1;
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

  /** Lets go of the walk; it can be used again from the start. */
  cancel(): void {
    this.#features?.dispose();
    this.#features = null;
    this.#waiting = 0;
  }

  #run(): void {
    const features = this.#classifier.chunkFeatures(this.#chunk);
    const before = this.#features;
    this.#features = before ? tf.maximum(before, features) : features;
    if (before) tf.dispose([before, features]);
    this.#waiting = 0;
  }
}
