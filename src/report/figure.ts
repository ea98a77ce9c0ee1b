/** Numbers as they are written down: without the digits that mean nothing. */

/** Six significant digits: more than any measure or probability of a walk is worth. */
export function figure(value: number): number {
  return Number(value.toPrecision(6));
}

/** Nine significant digits hold every 32-bit number exactly (IEEE 754): read back and rounded to 32 bits it is the same one. */
export function float32Figure(value: number): number {
  return Number(value.toPrecision(9));
}
