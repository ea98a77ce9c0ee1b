/**
 * Training batches, drawn from numbers alone: iteration i of a seed is the same batch on every machine, in any thread and after every
 * interruption, so a checkpoint's iteration and seed are all the state that sampling has.
 */
import { normaliseAsymmetry, type AsymmetryRange } from '../../src/gait/asymmetry.ts';
import { readClipData, type NetworkInput } from '../data/clipData.ts';
import type { ClipEntry } from '../data/dataset.ts';
import { concatBytes } from '../../src/formats/bytes.ts';
import { Random } from '../random/random.ts';
import { augmentClip, type AugmentationOptions } from './augment/augment.ts';
import { chooseFrames, type FrameOptions } from './sampling/frames.ts';
import { sampleBatch, type SamplerOptions } from './sampling/samplers.ts';
import { STREAM } from '../random/streams.ts';

export interface BatchOptions {
  clips: readonly ClipEntry[];
  input: NetworkInput;
  /** For a network that is given the asymmetry vector; null for one that isn't. */
  asymmetryRange: AsymmetryRange | null;
  seed: number;
  sampler: SamplerOptions;
  frames: FrameOptions;
  augmentation: AugmentationOptions;
}

export interface Batch {
  /** Grey levels [all frames, channels, 64, 44], clip after clip. */
  frames: Uint8Array;
  /** Number of frames of each clip. */
  counts: number[];
  /** Class indices, one a clip. */
  labels: number[];
  /** Which clips are of one identity. */
  identities: number[];
  /** Normalised asymmetry vectors [clips, 8, 3], or null. */
  asymmetry: Float32Array | null;
}

/** Reads each clip once, however often it is in the batch. Throws DataError where a clip can't be read. */
export async function drawBatch(iteration: number, options: BatchOptions): Promise<Batch> {
  const { clips, input, asymmetryRange, seed, sampler, frames: frameOptions, augmentation } = options;
  const drawn = sampleBatch(clips, sampler, seed, iteration);
  const files = new Map<number, ReturnType<typeof readClipData>>();
  const frames: Uint8Array[] = [];
  const vectors: Float32Array[] = [];
  const counts: number[] = [];
  for (const [place, { clip }] of drawn.entries()) {
    if (!files.has(clip)) files.set(clip, readClipData(clips[clip]!, input));
    const data = await files.get(clip)!;
    const random = new Random(STREAM.frames, seed, iteration, place);
    const chosen = chooseFrames(data.count, frameOptions, random);
    const length = data.frames.length / data.count;
    const picked = concatBytes(chosen.map((frame) => data.frames.subarray(frame * length, (frame + 1) * length)));
    frames.push(augmentClip(picked, data.channels, augmentation, new Random(STREAM.augmentation, seed, iteration, place)));
    counts.push(chosen.length);
    if (asymmetryRange && data.asymmetry) vectors.push(normaliseAsymmetry(data.asymmetry, asymmetryRange));
  }
  return {
    frames: concatBytes(frames),
    counts,
    labels: drawn.map(({ clip }) => clips[clip]!.label),
    identities: drawn.map(({ identity }) => identity),
    asymmetry: asymmetryRange ? Float32Array.from(vectors.flatMap((vector) => [...vector])) : null,
  };
}
