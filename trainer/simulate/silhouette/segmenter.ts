/**
 * What a segmentation model makes of the true outline. It works on a coarser grid than the picture's, so corners come out rounded and
 * narrow gaps closed: the mask is averaged over a small square. And it errs along the edge, here a little out and there a little in, by
 * errors that partly stay for a while and partly come anew with each frame: a smooth field is added to the average before it is cut at one half.
 * Both are in shares of the body's height, so that near and far frames look alike once they are aligned. Whole limbs that go missing, holes
 * and pieces of the background aren't simulated.
 */
import type { Random } from '../../random/random.ts';
import type { Mask } from './hull.ts';

/** Half the side of the square, as a share of the body's height. */
const BLUR = 0.007;
/** Nodes of the field on a square as wide as the body is high; between them it is interpolated. */
const NODES = 22;
/** Standard deviations of the field, in shares of white: what lasts and what doesn't. The edge moves by about this share of the square's side. */
const SLOW = 0.17;
const QUICK = 0.11;
/** Seconds after which the lasting part has lost most of its memory. */
const MEMORY = 0.35;
/** More than this would set pixels that no body is near. */
const MOST = 0.45;

export class Segmenter {
  private readonly slow = new Float64Array(NODES * NODES);
  private readonly field = new Float64Array(NODES * NODES);
  private first = true;

  constructor(private readonly random: Random) {}

  /**
   * The mask of the next frame, 255 for the body and 0 elsewhere: the picture's whole width, but only the rows that the body is in, which
   * is all that an alignment looks at. Throws where there is no body.
   * @param truth 1 for the body
   * @param elapsed seconds since the frame before
   */
  segment(truth: Mask, elapsed: number): Mask {
    this.step(elapsed);
    const { width } = truth;
    const { left, right, top, bottom } = boxAround(truth);
    const height = bottom - top + 1;
    const reach = Math.max(1, Math.round(BLUR * height));
    const full = (2 * reach + 1) ** 2;
    const sums = squareSums(truth, { left, right, top, bottom }, reach);
    const columns = right - left + 1;
    const scale = (NODES - 1) / height;
    const pixels = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < columns; x++) {
        const sum = sums[y * columns + x]!;
        if (sum === 0) continue;
        const inside = sum === full || sum / full + this.at((x - (columns - 1) / 2) * scale + (NODES - 1) / 2, y * scale) > 0.5;
        if (inside) pixels[y * width + left + x] = 255;
      }
    }
    return { width, height, pixels };
  }

  private step(elapsed: number): void {
    const memory = this.first ? 0 : Math.exp(-elapsed / MEMORY);
    const fresh = Math.sqrt(1 - memory * memory);
    this.first = false;
    for (let node = 0; node < this.field.length; node++) {
      this.slow[node] = memory * this.slow[node]! + fresh * this.random.normal(0, SLOW);
      this.field[node] = Math.min(Math.max(this.slow[node]! + this.random.normal(0, QUICK), -MOST), MOST);
    }
  }

  /** The field at a place between its nodes. */
  private at(x: number, y: number): number {
    const clampedX = Math.min(Math.max(x, 0), NODES - 1.001);
    const [column, row] = [Math.floor(clampedX), Math.min(Math.floor(y), NODES - 2)];
    const [right, down] = [clampedX - column, y - row];
    const node = row * NODES + column;
    const above = this.field[node]! * (1 - right) + this.field[node + 1]! * right;
    const below = this.field[node + NODES]! * (1 - right) + this.field[node + NODES + 1]! * right;
    return above * (1 - down) + below * down;
  }
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The first and last rows and columns that hold anything. */
function boxAround({ width, pixels }: Mask): Box {
  const first = pixels.indexOf(1);
  if (first < 0) throw new RangeError('A mask without a body has no outline.');
  const [top, bottom] = [Math.floor(first / width), Math.floor(pixels.lastIndexOf(1) / width)];
  let [left, right] = [width, -1];
  for (let row = top; row <= bottom; row++) {
    const line = pixels.subarray(row * width, (row + 1) * width);
    const start = line.indexOf(1);
    if (start < 0) continue;
    left = Math.min(left, start);
    right = Math.max(right, line.lastIndexOf(1));
  }
  return { left, right, top, bottom };
}

/** For each pixel of the box, how many pixels of the body lie within `reach` columns and rows. */
function squareSums({ width, pixels }: Mask, { left, right, top, bottom }: Box, reach: number): Int32Array {
  const columns = right - left + 1;
  const rows = bottom - top + 1;
  const across = new Int32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const from = (top + row) * width + left;
    let sum = 0;
    for (let column = -reach; column < columns; column++) {
      if (column + reach < columns) sum += pixels[from + column + reach]!;
      if (column - reach - 1 >= 0) sum -= pixels[from + column - reach - 1]!;
      if (column >= 0) across[row * columns + column] = sum;
    }
  }
  const sums = new Int32Array(columns * rows);
  const line = new Int32Array(columns);
  for (let row = -reach; row < rows; row++) {
    const [entering, leaving] = [row + reach, row - reach - 1];
    for (let column = 0; column < columns; column++) {
      if (entering < rows) line[column]! += across[entering * columns + column]!;
      if (leaving >= 0) line[column]! -= across[leaving * columns + column]!;
    }
    if (row >= 0) sums.set(line, row * columns);
  }
  return sums;
}
