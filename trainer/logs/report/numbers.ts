/** How the report writes numbers. */

export function whole(value: number): string {
  return value.toLocaleString('en-GB');
}

/** A share as per cent, to one decimal, on one line. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`;
}

/** "0.1", "0.0003", "3 × 10⁻⁵": a learning rate as people write it, small ones with a power of ten. */
export function rate(value: number): string {
  if (value >= 1e-4 || value === 0) return String(Number(value.toPrecision(3)));
  const [digits, power] = value.toExponential(1).split('e');
  return `${Number(digits) === 1 ? '' : `${Number(digits)} × `}10${superscript(Number(power))}`;
}

/** Unix seconds as "25 November 2026, 19:11 UTC". */
export function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

function superscript(power: number): string {
  return [...String(power)].map((character) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(character)] ?? '⁻').join('');
}
