/** Twenty thousand steps are more than a picture has pixels: neighbours are put together, with their mean and how far they spread. */
import type { StepLine } from '../figures.ts';

export interface Bin {
  /** That of its last step. */
  iteration: number;
  mean: number;
  /** A tenth of the steps lie below, a tenth above. */
  low: number;
  high: number;
}

/** At most `most` bins of as many steps each, the last one of what is left. */
export function binSteps(steps: readonly StepLine[], figure: (line: StepLine) => number, most: number): Bin[] {
  const size = Math.ceil(steps.length / most);
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, index) => {
    const lines = steps.slice(index * size, (index + 1) * size);
    const values = lines.map(figure).sort((one, other) => one - other);
    const at = (share: number) => values[Math.round(share * (values.length - 1))]!;
    return {
      iteration: lines.at(-1)!.iteration,
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      low: at(0.1),
      high: at(0.9),
    };
  });
}
