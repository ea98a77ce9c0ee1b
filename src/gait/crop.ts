/**
 * Which part of the canvas is kept: all rows that hold anything, and a square's worth of columns around the middle, where the mid-hip is.
 * As in OpenGait's alignment. Rows alone decide, so both channels of one map stay registered only if they share the rows.
 *
 * For h rows OpenGait takes h/2 columns, rounded down, on either side of the middle one: an even h gives a column more than rows (the whole
 * canvas aside, which has no such column). `square` leaves it to the resizing to warp that to a square. `keep` takes in a black row, so
 * that nothing is warped. That is our reading of maps described as keeping their aspect ratio by padding; how far from a square the box
 * was that they are compared with is not public. On a whole body it comes to 1 %.
 */
import { CANVAS_SIZE } from './normalise.ts';
import type { MapRecipe } from './recipe.ts';

/** A box of the canvas, in pixels; ends are exclusive. */
export interface CropBox {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The box of one or more planes of 128×128 grey levels (their rows united), or null where all are blank. */
export function cropBox(aspect: MapRecipe['aspect'], ...planes: readonly Uint8Array[]): CropBox | null {
  const holdsAny = (row: number) => planes.some((plane) => rowHoldsAny(plane, row));
  let top = 0;
  while (top < CANVAS_SIZE && !holdsAny(top)) top++;
  if (top === CANVAS_SIZE) return null;
  let bottom = CANVAS_SIZE;
  while (!holdsAny(bottom - 1)) bottom--;
  const half = Math.floor((bottom - top) / 2);
  const box = { top, bottom, left: CANVAS_SIZE / 2 - half, right: Math.min(CANVAS_SIZE / 2 + half + 1, CANVAS_SIZE) };
  return aspect === 'keep' ? padded(box) : box;
}

/** Where the box is wider than tall, it takes in the row below, or above if it ends at the canvas's edge. Rows outside it are black. */
function padded(box: CropBox): CropBox {
  const { top, bottom, left, right } = box;
  if (right - left === bottom - top) return box;
  return bottom < CANVAS_SIZE ? { ...box, bottom: bottom + 1 } : { ...box, top: top - 1 };
}

function rowHoldsAny(plane: Uint8Array, row: number): boolean {
  for (let at = row * CANVAS_SIZE; at < (row + 1) * CANVAS_SIZE; at++) if (plane[at] !== 0) return true;
  return false;
}
