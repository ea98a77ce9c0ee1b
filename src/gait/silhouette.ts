/**
 * A person's outline as the networks take it: cut out by its rows, made 64 px tall and centred where its mass has its middle, 64×64 grey
 * levels. As OpenGait's pretreatment of silhouettes does it, frame by frame; grey edge values stay as the resizing made them.
 *
 * Only the rows are cut: the picture keeps its whole width until after the resizing. What falls outside the 64 columns around the middle
 * is lost, and what lies outside the picture is black. The columns are cut once more for the network, as those of a map (`cutColumns`).
 */
import { resizeBicubic } from './bicubic.ts';

/** Width and height of an aligned silhouette. */
export const SILHOUETTE_SIZE = 64;

/** Bytes of one aligned silhouette. */
export const SILHOUETTE_LENGTH = SILHOUETTE_SIZE * SILHOUETTE_SIZE;

const HALF = SILHOUETTE_SIZE / 2;

/** A mask whose pixels add up to this or less shows nobody: fewer than 40 white ones. */
const EMPTY_SUM = 10_000;

/**
 * Aligns one mask of `width`×`height` bytes, 0 outside the person and 255 inside. Null where upstream drops the frame: next to nothing is
 * white, or the mass has its middle in the very first column, or the resizing leaves no mass at all.
 */
export function alignSilhouette(mask: Uint8Array, width: number, height: number): Uint8Array | null {
  checkSize(width, height);
  if (mask.length !== width * height) {
    throw new RangeError(`A mask of ${width}×${height} pixels can't have ${mask.length} bytes.`);
  }
  if (sumOf(mask) <= EMPTY_SUM) return null;
  const { top, bottom } = whiteRows(mask, width);
  // 0 for a strip 64 times taller than wide, where upstream stops with an error.
  const newWidth = Math.trunc(SILHOUETTE_SIZE * (width / (bottom - top)));
  if (newWidth === 0) return null;
  const resized = resizeBicubic(mask.subarray(top * width, bottom * width), width, bottom - top, newWidth, SILHOUETTE_SIZE);
  const middle = middleColumn(resized, newWidth);
  return middle === null ? null : columnsAround(middle, resized, newWidth);
}

/** Aligns n masks one after the other, n×height×width, to m×64×64: those that upstream drops are left out. */
export function alignSilhouettes(masks: Uint8Array, width: number, height: number): Uint8Array {
  checkSize(width, height);
  const length = width * height;
  if (masks.length % length !== 0) {
    throw new RangeError(`${masks.length} bytes are not a whole number of masks of ${width}×${height} pixels.`);
  }
  const aligned = Array.from({ length: masks.length / length }, (_, frame) =>
    alignSilhouette(masks.subarray(frame * length, (frame + 1) * length), width, height),
  ).filter((silhouette) => silhouette !== null);
  const stack = new Uint8Array(aligned.length * SILHOUETTE_LENGTH);
  aligned.forEach((silhouette, frame) => stack.set(silhouette, frame * SILHOUETTE_LENGTH));
  return stack;
}

function checkSize(width: number, height: number): void {
  const isSize = (value: number) => Number.isInteger(value) && value > 0;
  if (!isSize(width) || !isSize(height)) throw new RangeError(`A mask can't be ${width}×${height} pixels large.`);
}

/** By index: over a video's two million pixels that is ten times as fast as going through them with an iterator. */
function sumOf(levels: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < levels.length; at++) sum += levels[at]!;
  return sum;
}

/** The first row that holds anything, and one past the last; of a mask that isn't blank. */
function whiteRows(mask: Uint8Array, width: number): { top: number; bottom: number } {
  const first = mask.findIndex((level) => level !== 0);
  const last = mask.findLastIndex((level) => level !== 0);
  return { top: Math.floor(first / width), bottom: Math.floor(last / width) + 1 };
}

/** The first column up to and with which more than half of the mass lies; null where that is column 0 or there is no mass. */
function middleColumn(levels: Uint8Array, width: number): number | null {
  const half = sumOf(levels) / 2;
  let sum = 0;
  for (let column = 0; column < width; column++) {
    for (let at = column; at < levels.length; at += width) sum += levels[at]!;
    if (sum > half) return column === 0 ? null : column;
  }
  return null;
}

/** 32 columns to the left of `middle`, itself and 31 to the right; black beyond the picture. */
function columnsAround(middle: number, levels: Uint8Array, width: number): Uint8Array {
  const left = middle - HALF;
  const [from, to] = [Math.max(left, 0), Math.min(middle + HALF, width)];
  const silhouette = new Uint8Array(SILHOUETTE_LENGTH);
  for (let row = 0; row < SILHOUETTE_SIZE; row++) {
    silhouette.set(levels.subarray(row * width + from, row * width + to), row * SILHOUETTE_SIZE + from - left);
  }
  return silhouette;
}
