/** An option that takes a whole number between two others. Throws in a sentence. */
export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`--${option} ${text} can't be used: it takes a whole number from ${least} to ${most}.`);
}
