/** What a network is fed with, from a file: clips as OpenGait batches them, or one walk as `maps` and `silhouettes` write it. */
import { toFloat32, type NdArray } from '../../src/formats/ndarray.ts';
import { INPUT_HEIGHT, INPUT_WIDTH, type Architecture } from '../../src/nets/architecture.ts';
import { readArrayFile } from '../files/arrayFile.ts';

/** Width before the columns are cut. */
const FULL_WIDTH = 64;
const CUT = (FULL_WIDTH - INPUT_WIDTH) / 2;
const LARGEST_LEVEL = 255;

/**
 * Reads [clips, channels, frames, 64, 44] (OpenGait's order), [frames, channels, 64, 64] (maps) or [frames, 64, 64] (silhouettes), each with
 * 64 columns or already cut to 44; uint8 grey levels or floating-point values from 0 to 1. Gives each clip as [frames, channels, 64, 44],
 * values 0…1. Throws in a sentence.
 */
export async function readClips(path: string, { inChannels }: Architecture): Promise<Float32Array[]> {
  const array = await readArrayFile(path);
  const [clips, frames, channels, frameStride, channelStride] = layoutOf(path, array);
  if (channels !== inChannels) {
    throw new Error(`${path} has ${channels} channels a frame and the network takes ${inChannels}.`);
  }
  const values = unitValues(path, array);
  const width = array.shape.at(-1)!;
  const plane = INPUT_HEIGHT * width;
  return Array.from({ length: clips }, (_, clip) => {
    const out = new Float32Array(frames * channels * INPUT_HEIGHT * INPUT_WIDTH);
    let at = 0;
    for (let frame = 0; frame < frames; frame++) {
      for (let channel = 0; channel < channels; channel++) {
        const from = (clip * frames * channels + frame * frameStride + channel * channelStride) * plane;
        for (let row = 0; row < INPUT_HEIGHT; row++, at += INPUT_WIDTH) {
          const start = from + row * width + (width === FULL_WIDTH ? CUT : 0);
          out.set(values.subarray(start, start + INPUT_WIDTH), at);
        }
      }
    }
    return out;
  });
}

/** Clips, frames, channels, and how many planes lie between two frames and between two channels. */
function layoutOf(path: string, { shape }: NdArray): [number, number, number, number, number] {
  const [height, width] = shape.slice(-2);
  const axes = shape.slice(0, -2);
  const picture = height === INPUT_HEIGHT && (width === INPUT_WIDTH || width === FULL_WIDTH);
  if (!picture || axes.length < 1 || axes.length > 3 || axes.includes(0)) {
    throw new Error(
      `${path} has the shape [${shape.join(', ')}]; [clips, channels, frames, 64, 44], [frames, channels, 64, 64] or [frames, 64, 64] can be classified.`,
    );
  }
  const [a = 1, b = 1, c = 1] = axes;
  if (axes.length === 3) return [a, c, b, 1, c];
  return axes.length === 2 ? [1, a, b, b, 1] : [1, a, 1, 1, 1];
}

function unitValues(path: string, array: NdArray): Float32Array {
  const values = toFloat32(array);
  if (array.dtype === 'uint8') return values.map((level) => level / LARGEST_LEVEL);
  if (array.dtype !== 'float32' && array.dtype !== 'float64' && array.dtype !== 'float16') {
    throw new Error(
      `${path} is of type ${array.dtype}; uint8 grey levels or floating-point values from 0 to 1 can be classified.`,
    );
  }
  if (!values.every((value) => value >= -0.001 && value <= 1.001)) {
    throw new Error(`${path} holds values beyond 0 to 1 (or none at all): divide grey levels by 255, or give them as uint8.`);
  }
  return values;
}
