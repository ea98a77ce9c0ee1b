/** Numbers as people read them. One place, so that the same value never looks different in two places. */
import { spoken } from './words/language.ts';

export const NO_BREAK = '\u00a0';

/** 0.7234 → "72 %", with a space that doesn't break. Shares that are not quite none or all never round to them. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return withUnit('<1', '%');
  if (share < 1 && share > 0.995) return withUnit('>99', '%');
  return withUnit(String(Math.round(share * 100)), '%');
}

/** A share in percent with one decimal: 0.671 → "67.1". */
export function tenths(share: number): string {
  return (share * 100).toFixed(1);
}

/** Seconds as a clock with hundredths, for a position in a clip: 72.5 → "1:12.50". */
export function clockTime(seconds: number): string {
  // Rounded first, so that 59.999 becomes 1:00.00 and not 0:60.00.
  const hundredths = Math.round(seconds * 100);
  const minutes = Math.floor(hundredths / 6000);
  const rest = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  return `${minutes}:${rest}`;
}

/** A file's size: 14065424 → "14.1 MB", 61000 → "61 kB". */
export function fileSize(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)}${NO_BREAK}MB` : `${Math.ceil(bytes / 1e3)}${NO_BREAK}kB`;
}

/** A very small number in powers of ten: 2.4e-7 → "2 × 10⁻⁷"; 0.001 → "10⁻³". */
export function tiny(value: number): string {
  if (value === 0) return '0';
  const [digits = '', exponent = ''] = value.toExponential(0).split('e');
  const raised = [...String(Number(exponent))].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('');
  return digits === '1' ? `10${raised}` : `${digits} × 10${raised}`;
}

/** A measured value with as many decimals as it can carry: 0.0312 → "0.031", 12.34 → "12.3", 0.5 → "0.5", 310.2 → "310". */
export function measure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return String(Number(value.toFixed(decimals))).replace('-', '−');
}

/** A signed figure with a true minus sign, for cosines: -0.25 → "−0.25". */
export function signed(value: number): string {
  return (value < 0 ? '−' : '+') + Math.abs(value).toFixed(2);
}

/** A figure with the unit of a measure of the body: "2.1°", "12 %"; Chinese print sets no space before the sign. */
export function withUnit(figure: string, unit: '°' | '%'): string {
  return unit === '%' && spoken() === 'en' ? `${figure}${NO_BREAK}%` : `${figure}${unit}`;
}
