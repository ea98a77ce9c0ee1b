/**
 * The golden sample of a model as a file: input and the logits it must give, in safetensors. A model made here takes its sample from
 * a walk; one that is imported takes noise, which every device can be given and nobody has to own.
 */
import type { NdArray } from '../formats/ndarray.ts';
import { writeSafetensors } from '../formats/safetensors.ts';
import { ASYMMETRY_LENGTH, ASYMMETRY_METRICS, JOINT_PAIRS } from '../gait/asymmetry.ts';
import { INPUT_HEIGHT, INPUT_WIDTH, type Architecture } from './architecture.ts';
import type { GoldenSample } from './selfTest.ts';

/** Frames of a golden sample: few, since every device runs them at every start. */
export const GOLDEN_FRAMES = 2;
/** How far a backend's golden logits may be off; the reference tolerance of WebGPU. */
export const GOLDEN_TOLERANCE = 1e-3;

/** Noise of the right shape, the same everywhere. */
export function noiseSample({ network, inChannels }: Architecture): Omit<GoldenSample, 'logits'> {
  const noise = noiseSource();
  const maps = Uint8Array.from({ length: GOLDEN_FRAMES * inChannels * INPUT_HEIGHT * INPUT_WIDTH }, () =>
    Math.floor(256 * noise()),
  );
  const asymmetry = network === 'drf' ? Float32Array.from({ length: ASYMMETRY_LENGTH }, noise) : null;
  return { maps, asymmetry };
}

/** @param logits in the class order of the weights, [classes, parts] */
export function goldenFile(
  { maps, asymmetry }: Omit<GoldenSample, 'logits'>,
  logits: Float32Array,
  { inChannels, classes, parts }: Architecture,
): Uint8Array {
  const frames = maps.length / (inChannels * INPUT_HEIGHT * INPUT_WIDTH);
  const tensors = new Map<string, NdArray>([
    ['maps', { dtype: 'uint8', shape: [frames, inChannels, INPUT_HEIGHT, INPUT_WIDTH], data: maps }],
    ['logits', { dtype: 'float32', shape: [classes, parts], data: logits }],
  ]);
  if (asymmetry)
    tensors.set('asymmetry', { dtype: 'float32', shape: [JOINT_PAIRS.length, ASYMMETRY_METRICS.length], data: asymmetry });
  return writeSafetensors(tensors);
}

/** Numbers in [0, 1): the minimal standard generator (Park and Miller 1988), exact in doubles. */
function noiseSource(): () => number {
  const modulus = 2 ** 31 - 1;
  let state = 1;
  return () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
}
