/**
 * Which part of the canvas is kept: all rows that hold anything, and a square's worth of columns around the middle, where the mid-hip is.
 * As in OpenGait's alignment. Rows alone decide, so both channels of one map stay registered only if they share the rows.
 */
import { CANVAS_SIZE } from './normalise.ts';

/** A box of the canvas, in pixels; ends are exclusive. */
export interface CropBox {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The box of one or more planes of 128×128 grey levels (their rows united), or null where all are blank. */
export function cropBox(...planes: readonly Uint8Array[]): CropBox | null {
  const holdsAny = (row: number) => planes.some((plane) => rowHoldsAny(plane, row));
  let top = 0;
  while (top < CANVAS_SIZE && !holdsAny(top)) top++;
  if (top === CANVAS_SIZE) return null;
  let bottom = CANVAS_SIZE;
  while (!holdsAny(bottom - 1)) bottom--;
  const half = Math.floor((bottom - top) / 2);
  return { top, bottom, left: CANVAS_SIZE / 2 - half, right: Math.min(CANVAS_SIZE / 2 + half + 1, CANVAS_SIZE) };
}

function rowHoldsAny(plane: Uint8Array, row: number): boolean {
  for (let at = row * CANVAS_SIZE; at < (row + 1) * CANVAS_SIZE; at++) if (plane[at] !== 0) return true;
  return false;
}
