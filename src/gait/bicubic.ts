/**
 * OpenCV's `resize(..., INTER_CUBIC)` for one channel of bytes, to the last grey level: each pixel from 4×4 neighbours, a = -0.75, pixel
 * centres at halves, edges repeated. It never averages: shrunk by a large factor, whole rows and columns of the source go unseen.
 *
 * Coefficients are float32, rounded to 11 bits; rows are then summed in whole numbers. The columns are where OpenCV has two ways to round.
 * Its vector code takes eight columns at a time in float32, halves to the even number; what is left over at the right edge is summed in
 * whole numbers, halves up. Grey levels on the edge between two differ, so both are done here, each where OpenCV 4 does it on x86-64 (as
 * built without Intel's IPP, which has a bicubic of its own).
 */

/** Bits of a coefficient. */
const COEFFICIENT_BITS = 11;
const UNIT = 1 << COEFFICIENT_BITS;

/** Columns that OpenCV's vector code takes at a time. */
const VECTOR = 8;

const TAPS = 4;
const A = -0.75;

const f32 = Math.fround;

/** For each output position the four source positions it is made of, and what each counts in 1/2048. */
interface Axis {
  positions: Int32Array;
  coefficients: Int32Array;
}

/** Resizes `width`×`height` bytes, row by row, to `newWidth`×`newHeight`; all four sizes are at least 1. */
export function resizeBicubic(
  source: Uint8Array,
  width: number,
  height: number,
  newWidth: number,
  newHeight: number,
): Uint8Array {
  const across = axisOf(width, newWidth);
  const down = axisOf(height, newHeight);
  const rows = Array.from({ length: TAPS }, () => new Int32Array(newWidth));
  const resized = new Uint8Array(newWidth * newHeight);
  for (let y = 0; y < newHeight; y++) {
    rows.forEach((row, tap) => resizeRow(source, down.positions[y * TAPS + tap]! * width, across, row));
    const coefficients = down.coefficients.subarray(y * TAPS, (y + 1) * TAPS);
    mixRows(rows, coefficients, resized.subarray(y * newWidth, (y + 1) * newWidth));
  }
  return resized;
}

function axisOf(length: number, newLength: number): Axis {
  const scale = 1 / (newLength / length);
  const positions = new Int32Array(newLength * TAPS);
  const coefficients = new Int32Array(newLength * TAPS);
  for (let position = 0; position < newLength; position++) {
    const centre = f32((position + 0.5) * scale - 0.5);
    const before = Math.floor(centre);
    cubicWeights(f32(centre - before)).forEach((weight, tap) => {
      positions[position * TAPS + tap] = Math.min(Math.max(before - 1 + tap, 0), length - 1);
      coefficients[position * TAPS + tap] = roundHalfEven(weight * UNIT);
    });
  }
  return { positions, coefficients };
}

/** Weights of the two source pixels before and the two after a point that lies `x` (0..1) past the second; every step in float32. */
function cubicWeights(x: number): [number, number, number, number] {
  const past = f32(x + 1);
  const rest = f32(1 - x);
  const outer = f32(f32(f32(f32(f32(f32(A * past) - 5 * A) * past) + 8 * A) * past) - 4 * A);
  const inner = (distance: number) => f32(f32(f32(f32(f32((A + 2) * distance) - (A + 3)) * distance) * distance) + 1);
  const [second, third] = [inner(x), inner(rest)];
  return [outer, second, third, f32(f32(f32(1 - outer) - second) - third)];
}

/** One source row, beginning at `from`, to the new width, in 1/2048 of a grey level. */
function resizeRow(source: Uint8Array, from: number, { positions, coefficients }: Axis, out: Int32Array): void {
  for (let x = 0; x < out.length; x++) {
    let sum = 0;
    for (let at = x * TAPS; at < (x + 1) * TAPS; at++) sum += source[from + positions[at]!]! * coefficients[at]!;
    out[x] = sum;
  }
}

/** Four rows to one of grey levels. */
function mixRows(rows: readonly Int32Array[], coefficients: Int32Array, out: Uint8Array): void {
  const vectors = out.length - (out.length % VECTOR);
  for (let x = 0; x < vectors; x++) {
    let sum = 0;
    for (let tap = TAPS - 1; tap >= 0; tap--) sum = f32(f32(rows[tap]![x]! * (coefficients[tap]! / UNIT ** 2)) + sum);
    out[x] = greyLevel(roundHalfEven(sum));
  }
  for (let x = vectors; x < out.length; x++) {
    let sum = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += rows[tap]![x]! * coefficients[tap]!;
    out[x] = greyLevel(Math.floor(sum / UNIT ** 2 + 0.5));
  }
}

function greyLevel(value: number): number {
  return Math.min(Math.max(value, 0), 255);
}

function roundHalfEven(value: number): number {
  const up = Math.round(value);
  return up - value === 0.5 && up % 2 !== 0 ? up - 1 : up;
}
