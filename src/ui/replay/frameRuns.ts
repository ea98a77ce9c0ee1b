/** Neighbouring frames of the same fate, as one stretch of the timeline: few shapes instead of hundreds. */
import type { FrameVerdict } from '../../gait/quality.ts';

export interface FrameRun {
  start: number;
  length: number;
  usable: boolean;
}

export function frameRuns(verdicts: readonly FrameVerdict[]): FrameRun[] {
  const runs: FrameRun[] = [];
  verdicts.forEach(({ usable }, index) => {
    const last = runs.at(-1);
    if (last && last.usable === usable) last.length += 1;
    else runs.push({ start: index, length: 1, usable });
  });
  return runs;
}
