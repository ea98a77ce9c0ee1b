/** Lays maps out as one picture: frames from left to right, the channels of a frame one below the other, grey hairlines between. */
import { INPUT_HEIGHT, INPUT_WIDTH } from '../../src/nets/architecture.ts';
import type { GreyPicture } from './greyPng.ts';

/** Frames beside each other, before the next ones begin below. */
const COLUMNS = 12;
const GAP = 1;
const HAIRLINE = 96;

/** @param frames grey levels [n, channels, 64, 44] */
export function mapSheet(frames: Uint8Array, channels: number): GreyPicture {
  const size = INPUT_HEIGHT * INPUT_WIDTH;
  const count = frames.length / (channels * size);
  if (!Number.isInteger(count) || count === 0) {
    throw new RangeError(`${frames.length} grey levels are not maps of ${channels} channels, ${INPUT_HEIGHT} by ${INPUT_WIDTH}.`);
  }
  const columns = Math.min(count, COLUMNS);
  const rows = Math.ceil(count / columns) * channels;
  const width = columns * (INPUT_WIDTH + GAP) - GAP;
  const height = rows * (INPUT_HEIGHT + GAP) - GAP;
  const pixels = new Uint8Array(width * height).fill(HAIRLINE);
  for (let map = 0; map < count * channels; map++) {
    const frame = Math.floor(map / channels);
    const left = (frame % columns) * (INPUT_WIDTH + GAP);
    const top = (Math.floor(frame / columns) * channels + (map % channels)) * (INPUT_HEIGHT + GAP);
    for (let y = 0; y < INPUT_HEIGHT; y++) {
      const start = map * size + y * INPUT_WIDTH;
      pixels.set(frames.subarray(start, start + INPUT_WIDTH), (top + y) * width + left);
    }
  }
  return { width, height, pixels };
}
