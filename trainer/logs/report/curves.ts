/** The charts of a run: how well it did on the validation clips, its losses, and its learning rate. */
import { RETAINED_BY, retainedFile, type RetainedBy } from '../../train/runFiles.ts';
import type { EvaluationLine, StepLine } from '../figures.ts';
import { bestBy, FIGURE, majorityShare } from './best.ts';
import { binSteps, type Bin } from './bins.ts';
import { chartFigure, type Point, type Series } from './chart.ts';
import type { Html } from './html.ts';
import { percent, rate, whole } from './numbers.ts';
import { fittedScale, linearScale, logScale, type Scale } from './scale.ts';
import { figuresTable } from './table.ts';

/** Points of a line, and rows of the table behind it. */
const POINTS = 240;
const ROWS = 40;
/** Of the accuracy of batches, which are so few clips that single ones say nothing. */
const BATCH_POINTS = 50;
const X_TICKS = 5;
const Y_TICKS = 5;
/** From this ratio between the highest and the lowest rate on, an even axis would show the low ones as none. */
const WIDE = 20;

const ITERATIONS = 'iterations';

const NAMES: Record<RetainedBy, string> = {
  accuracy: 'accuracy',
  'macro-f1': 'macro F1',
  'macro-precision': 'macro precision',
  'macro-recall': 'macro recall',
};

export function validationChart(steps: readonly StepLine[], evaluations: readonly EvaluationLine[]): Html {
  const end = endOf(steps);
  const training = binSteps(steps, ({ accuracy }) => accuracy, BATCH_POINTS);
  const common = majorityShare(evaluations[0]!.confusion);
  const best = bestBy('macro-f1', evaluations);
  const last = evaluations.at(-1)!;
  const rule = `most common class ${percent(common)}`;
  const series: Series[] = [
    { label: `training batches ${percent(training.at(-1)!.mean)}`, tone: 'quiet', points: means(training) },
    { label: rule, tone: 'rule', points: [{ x: 0, y: common }, { x: end, y: common }] }, // prettier-ignore
    {
      label: `accuracy ${percent(last.accuracy)}`,
      tone: 'second',
      points: evaluations.map((line) => at(line, line.accuracy)),
      dots: true,
    },
    {
      label: `macro F1 ${percent(last.macroF1)}`,
      tone: 'first',
      points: evaluations.map((line) => at(line, line.macroF1)),
      dots: true,
    },
  ];
  return chartFigure({
    title: 'Validation',
    caption: `Whole walks of ${whole(last.clips)} validation clips, and for comparison the batches that were trained on and the accuracy of always answering with the most common class.`,
    xName: ITERATIONS,
    yName: 'accuracy and macro F1, %',
    x: iterationScale(end),
    y: heights(series, 1),
    tickText: { x: whole, y: (tick) => String(Math.round(100 * tick)) },
    series,
    mark: { ...at(best, best.macroF1), label: `best macro F1 ${percent(best.macroF1)}, after ${whole(best.iteration)}` },
    table: figuresTable(
      'Evaluations',
      ['after iterations', 'accuracy', 'macro precision', 'macro recall', 'macro F1', 'clips'],
      evaluations.map(({ iteration, accuracy, macroPrecision, macroRecall, macroF1, clips }) => [
        whole(iteration),
        ...[accuracy, macroPrecision, macroRecall, macroF1].map(percent),
        whole(clips),
      ]),
    ),
  });
}

export function lossChart(steps: readonly StepLine[]): Html {
  const figures = [
    { name: 'total', tone: 'first', of: (line: StepLine) => line.loss },
    { name: 'cross-entropy', tone: 'second', of: (line: StepLine) => line.crossEntropy },
    { name: 'triplet', tone: 'third', of: (line: StepLine) => line.triplet },
  ] as const;
  const series = figures.map(({ name, tone, of }): Series => {
    const bins = binSteps(steps, of, POINTS);
    const band = tone === 'first' ? { band: bins.map(({ iteration, low, high }) => ({ x: iteration, low, high })) } : {};
    return { label: `${name} ${bins.at(-1)!.mean.toFixed(3)}`, tone, points: means(bins), ...band };
  });
  const rows = figures.map(({ of }) => binSteps(steps, of, ROWS));
  const size = Math.ceil(steps.length / POINTS);
  const spread = size > 1 ? ` Each point is the mean of ${size} steps; the middle eight tenths of them lie in the band.` : '';
  return chartFigure({
    title: 'Loss',
    caption: `Of the batches trained on; the total is the weighted sum of the other two.${spread}`,
    xName: ITERATIONS,
    yName: 'loss: cross-entropy in nats, triplet in distances',
    x: iterationScale(endOf(steps)),
    y: heights(series, Infinity),
    tickText: { x: whole, y: String },
    series,
    table: figuresTable(
      'Losses',
      ['up to iteration', ...figures.map(({ name }) => name)],
      rows[0]!.map(({ iteration }, index) => [whole(iteration), ...rows.map((bins) => bins[index]!.mean.toFixed(4))]),
    ),
  });
}

export function learningRateChart(steps: readonly StepLine[]): Html {
  const points = thinned(steps).map((line) => at(line, line.learningRate));
  const rates = points.map(({ y }) => y);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const wide = least > 0 && most / least >= WIDE;
  const changes = points.filter(({ y }, index) => y !== points[index - 1]?.y || index === points.length - 1);
  const every = Math.ceil(changes.length / ROWS);
  return chartFigure({
    title: 'Learning rate',
    caption: wide ? 'Each line up is ten times the one below.' : 'As the schedule set it.',
    xName: ITERATIONS,
    yName: 'learning rate',
    x: iterationScale(endOf(steps)),
    y: wide ? logScale(least, most) : linearScale(0, most, 3),
    tickText: { x: whole, y: rate },
    series: [{ label: `at the end ${rate(rates.at(-1)!)}`, tone: 'first', points }],
    low: true,
    table: figuresTable(
      'Learning rates',
      ['from iteration', 'learning rate'],
      changes.filter((_, index) => index % every === 0 || index === changes.length - 1).map(({ x, y }) => [whole(x), rate(y)]),
    ),
  });
}

/** What there is to say of the checkpoints that were retained. */
export function retainedTable(evaluations: readonly EvaluationLine[]): Html {
  return figuresTable(
    'Retained checkpoints',
    ['best by', 'value', 'after iterations', 'file'],
    RETAINED_BY.map((metric) => {
      const best = bestBy(metric, evaluations);
      return [NAMES[metric], percent(best[FIGURE[metric]]), whole(best.iteration), retainedFile(metric)];
    }),
  );
}

function iterationScale(end: number): Scale {
  // Never more ticks than there are iterations, so that all are whole.
  return fittedScale(0, end, Math.min(X_TICKS, end));
}

/** From 0 where that isn't far below the lowest value, so that little looks little. */
function heights(series: readonly Series[], limit: number): Scale {
  const values = series.flatMap(({ points, band = [] }) => [
    ...points.map(({ y }) => y),
    ...band.flatMap(({ low, high }) => [low, high]),
  ]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return linearScale(least > (most - least) * 2 ? least : 0, Math.min(most, limit), Y_TICKS);
}

function endOf(steps: readonly StepLine[]): number {
  return steps.at(-1)!.iteration;
}

function at({ iteration }: { iteration: number }, y: number): Point {
  return { x: iteration, y };
}

function means(bins: readonly Bin[]): Point[] {
  return bins.map((bin) => at(bin, bin.mean));
}

/** So few steps that none is lost where the rate changes at once: those before and after each change are kept. */
function thinned(steps: readonly StepLine[]): StepLine[] {
  const every = Math.ceil(steps.length / POINTS);
  return steps.filter((line, index) => {
    const jump = (other: StepLine | undefined) => other !== undefined && differs(line.learningRate, other.learningRate);
    return index % every === 0 || index === steps.length - 1 || jump(steps[index - 1]) || jump(steps[index + 1]);
  });
}

/** By more than a slope does from one step to the next. */
function differs(one: number, other: number): boolean {
  return Math.max(one, other) > 1.5 * Math.min(one, other);
}
