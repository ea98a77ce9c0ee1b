/** One of those that write a run down, each in its own form. What it has been told is with the system when the promise is kept. */
import type { EvaluationLine, StepLine } from './figures.ts';

export interface LogWriter {
  step?(line: StepLine): Promise<void> | void;
  evaluation?(line: EvaluationLine): Promise<void> | void;
  maps?(picture: MapPicture): Promise<void>;
  close?(): Promise<void>;
}

export interface MapPicture {
  /** Steps done. */
  iteration: number;
  title: string;
  /** Grey levels [n, channels, 64, 44]. */
  frames: Uint8Array;
  channels: 1 | 2;
}
