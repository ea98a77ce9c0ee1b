/** Learning rates by iteration, counted from 0. */

/** PyTorch's CosineAnnealingLR, with an optional linear warm-up before it. */
export function cosine(iteration: number, options: { peak: number; floor: number; iterations: number; warmUp: number }): number {
  const { peak, floor, iterations, warmUp } = options;
  if (iteration < warmUp) return (peak * (iteration + 1)) / warmUp;
  const share = Math.min(1, (iteration - warmUp) / (iterations - warmUp));
  return floor + ((peak - floor) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** PyTorch's MultiStepLR: multiplied by `factor` at every milestone. */
export function multiStep(iteration: number, options: { peak: number; milestones: readonly number[]; factor: number }): number {
  const passed = options.milestones.filter((milestone) => iteration >= milestone).length;
  return options.peak * options.factor ** passed;
}
