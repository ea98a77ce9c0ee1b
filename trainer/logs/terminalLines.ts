/** One line an interval for whoever watches: means over the steps since the last one, and how long it will take. */
import type { EvaluationLine, StepLine } from './figures.ts';
import type { LogWriter } from './logWriter.ts';
import { timeLeft } from '../terminal/timeLeft.ts';

interface Options {
  /** All of the run, and those done before. */
  iterations: number;
  resumedAt: number;
  say: (line: string) => void;
  /** Iterations between two lines. */
  interval: number;
}

export class TerminalLines implements LogWriter {
  #since: StepLine[] = [];
  /** The first step since the start. It took the longest, for all that is set up in it, so the pace is measured from its end on. */
  #first: StepLine | null = null;

  constructor(private readonly options: Options) {}

  step(line: StepLine): void {
    const { iterations, interval, say } = this.options;
    this.#first ??= line;
    this.#since.push(line);
    if (line.iteration % interval !== 0 && line.iteration !== iterations) return;
    say(intervalText(this.#since, iterations, this.secondsLeft(line)));
    this.#since = [];
  }

  evaluation({ iteration, clips, accuracy, macroPrecision, macroRecall, macroF1 }: EvaluationLine): void {
    const macro = `precision ${percent(macroPrecision)}, recall ${percent(macroRecall)}, F1 ${percent(macroF1)}`;
    this.options.say(`${whole(iteration)} · ${whole(clips)} validation clips: accuracy ${percent(accuracy)} %; macro ${macro} %`);
  }

  /** Evaluations and checkpoints are in it as they have been until now. */
  private secondsLeft(line: StepLine): number {
    const first = this.#first ?? line;
    const pace = line === first ? line.seconds : (line.time - first.time) / (line.iteration - first.iteration);
    return pace * (this.options.iterations - line.iteration);
  }
}

function intervalText(lines: readonly StepLine[], iterations: number, left: number): string {
  const mean = (figure: (line: StepLine) => number) => lines.reduce((sum, line) => sum + figure(line), 0) / lines.length;
  const last = lines.at(-1)!;
  const seconds = mean((line) => line.seconds);
  const waiting = seconds > 0 ? mean((line) => line.waitingForData) / seconds : 0;
  const terms = `ce ${mean((line) => line.crossEntropy).toFixed(3)}, triplet ${mean((line) => line.triplet).toFixed(3)}`;
  return [
    `${whole(last.iteration)} of ${whole(iterations)}`,
    `loss ${mean((line) => line.loss).toFixed(3)} (${terms})`,
    `accuracy ${(100 * mean((line) => line.accuracy)).toFixed(0)} %`,
    `lr ${last.learningRate.toExponential(1)}`,
    `${seconds < 10 ? seconds.toPrecision(2) : seconds.toFixed(0)} s a step, ${(100 * waiting).toFixed(0)} % waiting for data`,
    ...(last.iteration < iterations ? [`${timeLeft(left)} left`] : []),
  ].join(' · ');
}

function whole(value: number): string {
  return value.toLocaleString('en-GB');
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
