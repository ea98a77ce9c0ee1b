/**
 * OpenCV's `resize(..., INTER_AREA)` for one channel of doubles: each output pixel is the mean of the area it covers when both sides shrink,
 * and an interpolation between two neighbours (OpenCV's area-flavoured linear) when either side grows. Weights are rounded to float32 and
 * sums are doubles, as there: grey levels are truncated afterwards, so that a last bit decides over a whole level.
 */

/** For each output position, the range of source positions that meet in it and their weights. */
interface Axis {
  /** First source position of each output position. */
  starts: Int32Array;
  /** Where each output position's weights begin in `weights`; one longer than the output. */
  offsets: Int32Array;
  weights: Float64Array;
}

/** Resizes boxes of varying size to one fixed size, without allocating once a size was met. */
export class AreaResizer {
  private readonly areaAxes = new Map<number, Axis>();
  private readonly linearAxes = new Map<number, Axis>();
  private readonly columns: Float64Array;

  /** `size`: width and height of the result; `maxSource`: greatest height of a source box. */
  constructor(
    private readonly size: number,
    maxSource: number,
  ) {
    this.columns = new Float64Array(maxSource * size);
  }

  /**
   * Resizes the box of `width`×`height` at (left, top) of `source` (rows of `stride`) to size×size, written to `out` row by row.
   */
  resize(
    source: Float64Array,
    stride: number,
    left: number,
    top: number,
    width: number,
    height: number,
    out: Float64Array,
  ): void {
    const { size, columns } = this;
    if (width === 2 * size && height === 2 * size) return halve(source, stride, left, top, size, out);
    const shrinks = width >= size && height >= size;
    const across = this.axis(width, shrinks);
    const down = this.axis(height, shrinks);
    resizeAcross(source, stride, left, top, height, across, size, columns);
    resizeDown(columns, down, size, out);
  }

  private axis(length: number, shrinks: boolean): Axis {
    const cache = shrinks ? this.areaAxes : this.linearAxes;
    let axis = cache.get(length);
    if (!axis) {
      axis = shrinks ? areaAxis(length, this.size) : linearAxis(length, this.size);
      cache.set(length, axis);
    }
    return axis;
  }
}

/**
 * Exactly half the size: OpenCV adds up 2×2 pixels before weighing them, the others it weighs one by one. The same mean but for the last
 * bit, and with it the grey level of a pixel in sixty.
 */
function halve(source: Float64Array, stride: number, left: number, top: number, size: number, out: Float64Array): void {
  for (let y = 0; y < size; y++) {
    let at = (top + 2 * y) * stride + left;
    for (let x = 0; x < size; x++) {
      out[y * size + x] = (source[at]! + source[at + 1]! + source[at + stride]! + source[at + stride + 1]!) * 0.25;
      at += 2;
    }
  }
}

/** Each of `height` source rows to `size` pixels. */
function resizeAcross(
  source: Float64Array,
  stride: number,
  left: number,
  top: number,
  height: number,
  { starts, offsets, weights }: Axis,
  size: number,
  out: Float64Array,
): void {
  for (let y = 0; y < height; y++) {
    const row = (top + y) * stride + left;
    for (let x = 0; x < size; x++) {
      const end = offsets[x + 1]!;
      let at = row + starts[x]!;
      let sum = 0;
      for (let k = offsets[x]!; k < end; k++) sum += source[at++]! * weights[k]!;
      out[y * size + x] = sum;
    }
  }
}

/** Rows of `size` pixels to `size` rows, adding whole rows in their order, as OpenCV does. */
function resizeDown(rows: Float64Array, { starts, offsets, weights }: Axis, size: number, out: Float64Array): void {
  out.fill(0, 0, size * size);
  for (let y = 0; y < size; y++) {
    let row = starts[y]! * size;
    for (let k = offsets[y]!; k < offsets[y + 1]!; k++, row += size) {
      const weight = weights[k]!;
      for (let x = 0; x < size; x++) out[y * size + x]! += rows[row + x]! * weight;
    }
  }
}

/** Shares of each source pixel in each output pixel; slivers of less than 1/1000 of a pixel are left out, as in OpenCV. */
function areaAxis(sourceLength: number, size: number): Axis {
  const scale = 1 / (size / sourceLength);
  const sliver = 1e-3;
  return collectAxis(size, (position) => {
    const from = position * scale;
    const to = from + scale;
    const cell = Math.min(scale, sourceLength - from);
    const lastWhole = Math.min(Math.floor(to), sourceLength - 1);
    const firstWhole = Math.min(Math.ceil(from), lastWhole);
    const weights: number[] = [];
    const partBefore = firstWhole - from > sliver;
    if (partBefore) weights.push((firstWhole - from) / cell);
    for (let at = firstWhole; at < lastWhole; at++) weights.push(1 / cell);
    if (to - lastWhole > sliver) weights.push(Math.min(to - lastWhole, 1, cell) / cell);
    return { start: partBefore ? firstWhole - 1 : firstWhole, weights };
  });
}

/** The two source pixels each output pixel lies between. */
function linearAxis(sourceLength: number, size: number): Axis {
  const inverse = size / sourceLength;
  const scale = 1 / inverse;
  return collectAxis(size, (position) => {
    const start = Math.floor(position * scale);
    const raw = Math.fround(position + 1 - (start + 1) * inverse);
    const share = raw <= 0 ? 0 : raw - Math.floor(raw);
    if (start >= sourceLength - 1) return { start: sourceLength - 1, weights: [1] };
    return { start, weights: [1 - share, share] };
  });
}

function collectAxis(size: number, at: (position: number) => { start: number; weights: number[] }): Axis {
  const cells = Array.from({ length: size }, (_, position) => at(position));
  const offsets = new Int32Array(size + 1);
  cells.forEach((cell, position) => (offsets[position + 1] = offsets[position]! + cell.weights.length));
  return {
    starts: Int32Array.from(cells, (cell) => cell.start),
    offsets,
    weights: Float64Array.from(
      cells.flatMap((cell) => cell.weights),
      Math.fround,
    ),
  };
}
