/** Learning rates by iteration, counted from 0. */
import type { TrainingConfig } from './config.ts';

export type Schedule = TrainingConfig['schedule'];

/** The learning rate of an iteration: a linear warm-up where there is one, then PyTorch's MultiStepLR or CosineAnnealingLR. */
export function learningRateAt(iteration: number, schedule: Schedule, iterations: number): number {
  const { peak, warmUp } = schedule;
  if (iteration < warmUp) return (peak * (iteration + 1)) / warmUp;
  if (schedule.kind === 'multi-step') return multiStep(iteration, schedule);
  return cosine((iteration - warmUp) / (iterations - warmUp), schedule);
}

/** From the peak to the floor along half a cosine. @param share of the way, 0 to 1 */
function cosine(share: number, { peak, floor }: { peak: number; floor: number }): number {
  return floor + ((peak - floor) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;
}

/** Multiplied by `factor` at every milestone. */
function multiStep(iteration: number, options: { peak: number; milestones: readonly number[]; factor: number }): number {
  const passed = options.milestones.filter((milestone) => iteration >= milestone).length;
  return options.peak * options.factor ** passed;
}
