/**
 * Map values to grey levels the way OpenGait's export does: through a grey colour map of 256 entries.
 * An entry is i/255 up to float rounding and is truncated after multiplying by 255 again, so that 24 of the 256 levels come out one lower.
 */

/** Values are cut into so many steps; less than one step is black. */
export const WHITE_STEPS = 256;

/** Grey level of each colour map entry, with upstream's float truncation. */
const GREY_LEVELS = Uint8Array.from({ length: WHITE_STEPS }, (_, entry) => {
  const last = WHITE_STEPS - 1;
  const position = (last * (entry * (1 / last))) / last;
  return Math.trunc(position * last);
});

/** Grey level 0..255 of a map value (0 and up; 1 and more saturate). */
export function quantise(value: number): number {
  return GREY_LEVELS[value >= 1 ? WHITE_STEPS - 1 : Math.trunc(value * WHITE_STEPS)]!;
}
