/** Turns the lines of a run into the bytes of its `.wandb` file, piece by piece, so that the file is whole after each. */
import { evaluationScalars, stepScalars, type EvaluationLine, type StepLine } from '../figures.ts';
import { exitRecord, headerRecord, historyRecord, runRecord, summaryRecord, type RunDescription } from './records.ts';
import { TransactionLog } from './transactionLog.ts';

interface Row {
  iteration: number;
  values: Record<string, number>;
}

export class RunHistory {
  readonly #log = new TransactionLog();
  #records = 0;
  /** Seconds of training until now. */
  #runtime = 0;
  /** W&B takes one row for a step, so a step's waits for the evaluation that may follow it. */
  #waiting: Row | null = null;
  #summary: Record<string, number> = {};

  constructor(private readonly run: RunDescription) {}

  begin(): Uint8Array {
    return Buffer.concat([this.#log.begin(), this.record(headerRecord), this.record((number) => runRecord(number, this.run))]);
  }

  step(line: StepLine): Uint8Array {
    const former = this.flush();
    this.#runtime += line.seconds;
    this.#waiting = this.row(line, stepScalars(line));
    return former;
  }

  evaluation(line: EvaluationLine): Uint8Array {
    const figures = evaluationScalars(line);
    if (this.#waiting?.iteration === line.iteration) {
      Object.assign(this.#waiting.values, figures);
      return new Uint8Array();
    }
    const former = this.flush();
    this.#waiting = this.row(line, figures);
    return former;
  }

  end(): Uint8Array {
    return Buffer.concat([this.flush(), this.record((number) => exitRecord(number, this.#runtime))]);
  }

  private row({ iteration, time }: { iteration: number; time: number }, figures: Record<string, number>): Row {
    return { iteration, values: { ...figures, _step: iteration, _timestamp: time, _runtime: this.#runtime } };
  }

  private flush(): Uint8Array {
    if (this.#waiting === null) return new Uint8Array();
    const { iteration, values } = this.#waiting;
    this.#waiting = null;
    this.#summary = { ...this.#summary, ...values };
    return Buffer.concat([
      this.record((number) => summaryRecord(number, this.#summary)),
      this.record((number) => historyRecord(number, iteration, values)),
    ]);
  }

  /** The next record, framed. */
  private record(encode: (number: number) => Uint8Array): Uint8Array {
    return this.#log.record(encode(++this.#records));
  }
}
