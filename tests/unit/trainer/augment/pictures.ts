/** Pictures of 64×44 grey levels for the tests of augmentation. */
import fc from 'fast-check';
import { CUT_WIDTH, MAP_SIZE } from '../../../../src/gait/skeletonMap.ts';

export const PIXELS = MAP_SIZE * CUT_WIDTH;

/** The level of each pixel by its column and row. */
export function picture(level: (column: number, row: number) => number): Uint8Array {
  return Uint8Array.from({ length: PIXELS }, (_, pixel) => level(pixel % CUT_WIDTH, Math.floor(pixel / CUT_WIDTH)));
}

export function pixelAt(plane: Uint8Array, column: number, row: number): number {
  return plane[row * CUT_WIDTH + column]!;
}

/** A soft blob: where its centre is, in columns and rows, and its two standard deviations. */
export function blob(column: number, row: number, wide: number, tall: number): Uint8Array {
  return picture((x, y) => 255 * Math.exp(-((x - column) ** 2) / (2 * wide ** 2) - (y - row) ** 2 / (2 * tall ** 2)));
}

export function massOf(plane: Uint8Array): number {
  return plane.reduce((sum, level) => sum + level, 0);
}

/** Centre of mass, from the picture's upper left corner to the middle of a pixel. */
export function centreOf(plane: Uint8Array): { x: number; y: number } {
  const mean = (of: (pixel: number) => number) => plane.reduce((sum, level, pixel) => sum + level * of(pixel), 0) / massOf(plane);
  return { x: 0.5 + mean((pixel) => pixel % CUT_WIDTH), y: 0.5 + mean((pixel) => Math.floor(pixel / CUT_WIDTH)) };
}

/** The largest difference of two levels in the same place. */
export function farthest(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((most, level, at) => Math.max(most, Math.abs(level - other[at]!)), 0);
}

export const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** So many planes of noise. */
export function anyPlanes(count: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: count * PIXELS, maxLength: count * PIXELS });
}
