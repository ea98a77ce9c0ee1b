/**
 * A probe: the strongest simple classifier we can put on a handful of numbers, to say how far apart the simulated classes lie before any
 * network is trained. Multinomial logistic regression on the standardised numbers, their squares and their products (signs flip with
 * the side of the curve, so straight lines alone can't separate), balanced over the classes because macro-F1 counts them alike. The
 * penalty is chosen on validation people; test people are looked at once.
 */
import { confusionMatrix, figuresOf } from '../../src/gait/metrics.ts';
import { CLASS_COUNT } from '../../src/gait/labels.ts';

export interface ProbeSample {
  measures: ArrayLike<number>;
  /** Class index. */
  label: number;
}

export interface ProbeSplits {
  train: ProbeSample[];
  validation: ProbeSample[];
  test: ProbeSample[];
}

/** From strict to lenient: each fit starts from the one before. */
const PENALTIES = [0.1, 0.03, 0.01, 0.003];
const STEPS = 120;
const STEP_SIZE = 0.03;

/** Class index predicted for each test sample, by a probe fitted on `train` with its penalty chosen on `validation`. */
export function probe({ train, validation, test }: ProbeSplits): number[] {
  const expand = fitExpansion(train);
  const inputs = { train: train.map(expand), validation: validation.map(expand), test: test.map(expand) };
  const labels = train.map((sample) => sample.label);
  const truth = validation.map((sample) => sample.label);
  let weights: Float64Array[] = Array.from({ length: CLASS_COUNT }, () => new Float64Array(inputs.train[0]?.length ?? 0));
  const fitted = PENALTIES.map((penalty) => {
    weights = fitLogistic(weights, inputs.train, labels, penalty);
    const score = figuresOf(
      confusionMatrix(
        truth,
        inputs.validation.map((input) => predict(weights, input)),
      ),
    ).macroF1;
    return { weights, score };
  });
  const best = fitted.reduce((a, b) => (b.score > a.score ? b : a));
  return inputs.test.map((input) => predict(best.weights, input));
}

/** Standardises by the training samples, then adds squares, products and a constant. */
function fitExpansion(samples: readonly ProbeSample[]): (sample: ProbeSample) => Float64Array {
  const count = samples[0]?.measures.length ?? 0;
  const columns = Array.from({ length: count }, (_, index) => samples.map((sample) => sample.measures[index] ?? NaN));
  const scales = columns.map(meanAndDeviation);
  const linear = (sample: ProbeSample): number[] =>
    scales.map(({ mean, sd }, index) => Math.max(-4, Math.min(4, ((sample.measures[index] ?? NaN) - mean) / sd)));
  const products = (values: readonly number[]): number[] => values.flatMap((a, i) => [a, ...values.slice(i).map((b) => a * b)]);
  const expanded = samples.map((sample) => products(linear(sample)));
  const wide = (expanded[0] ?? []).map((_, index) => meanAndDeviation(expanded.map((row) => row[index] ?? NaN)));
  return (sample) => {
    const values = products(linear(sample));
    return Float64Array.from([1, ...values.map((value, index) => (value - (wide[index]?.mean ?? 0)) / (wide[index]?.sd ?? 1))]);
  };
}

function meanAndDeviation(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, sd: Math.sqrt(variance) || 1 };
}

/** Full-batch Adam on the class-balanced cross-entropy with a ridge penalty; the constant (input 0) is not penalised. */
function fitLogistic(
  start: readonly Float64Array[],
  inputs: readonly Float64Array[],
  labels: readonly number[],
  penalty: number,
): Float64Array[] {
  const width = inputs[0]?.length ?? 0;
  const counts = Array.from({ length: CLASS_COUNT }, (_, c) => labels.filter((label) => label === c).length);
  const make = (): Float64Array[] => Array.from({ length: CLASS_COUNT }, () => new Float64Array(width));
  const weights = start.map((row) => row.slice());
  const [first, second] = [make(), make()];
  for (let step = 1; step <= STEPS; step++) {
    const gradients = weights.map((row) => row.map((value, index) => (index === 0 ? 0 : penalty * value)));
    inputs.forEach((input, sample) => {
      const label = labels[sample] ?? 0;
      const share = 1 / (CLASS_COUNT * (counts[label] || 1));
      probabilities(weights, input).forEach((probability, c) => {
        const error = (probability - (c === label ? 1 : 0)) * share;
        const gradient = gradients[c];
        if (!gradient) return;
        for (let index = 0; index < width; index++) gradient[index]! += error * input[index]!;
      });
    });
    weights.forEach((row, c) => {
      for (let index = 0; index < width; index++) {
        const gradient = gradients[c]![index]!;
        const m = (first[c]![index]! += 0.1 * (gradient - first[c]![index]!));
        const v = (second[c]![index]! += 0.01 * (gradient * gradient - second[c]![index]!));
        row[index]! -= (STEP_SIZE * (m / (1 - 0.9 ** step))) / (Math.sqrt(v / (1 - 0.99 ** step)) + 1e-8);
      }
    });
  }
  return weights;
}

function probabilities(weights: readonly Float64Array[], input: Float64Array): number[] {
  const scores = weights.map((row) => {
    let sum = 0;
    for (let index = 0; index < row.length; index++) sum += row[index]! * input[index]!;
    return sum;
  });
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function predict(weights: readonly Float64Array[], input: Float64Array): number {
  const scores = probabilities(weights, input);
  return scores.indexOf(Math.max(...scores));
}
