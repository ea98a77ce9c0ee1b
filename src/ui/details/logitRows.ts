/** The logits [3, parts] by class name, and the mark each class has in a chart. */
import { CLASSES, type ClassName } from '../../gait/labels.ts';

export function classRow(logits: Float32Array, name: ClassName): Float32Array {
  const parts = logits.length / CLASSES.length;
  const row = CLASSES.indexOf(name);
  return logits.subarray(row * parts, (row + 1) * parts);
}

export function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A triangle, a diamond or a circle, as SVG paths about the origin: told apart without colours. */
const MARKS: Record<ClassName, string> = {
  positive: 'M-3.5-3.5h7L0 4Z',
  neutral: 'M0-4.25 4.25 0 0 4.25-4.25 0Z',
  negative: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z',
};

export function markOf(name: ClassName): string {
  return MARKS[name];
}
