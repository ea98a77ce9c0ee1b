/** Where a walking body is in the world at one moment, and how to get from its own axes (walker.ts) to the world's (camera.ts). */

/** Centimetres. */
export interface Stand {
  /** Where the pass began: right of the camera's middle line, away from the camera. */
  right: number;
  away: number;
  /** How far the body has come since. */
  walked: number;
  /** Of the heading. */
  sin: number;
  cos: number;
}

/** A point left of, above and ahead of where the body stands, as right, up and away in `out`; centimetres. */
export function toWorld(stand: Stand, left: number, up: number, ahead: number, out: Float64Array): void {
  const { sin, cos } = stand;
  const forward = stand.walked + ahead;
  out[0] = stand.right + left * cos + forward * sin;
  out[1] = up;
  out[2] = stand.away + left * sin - forward * cos;
}
