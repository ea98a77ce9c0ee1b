import { describe, expect, it } from 'vitest';
import type { QualityFinding } from '../../../src/gait/quality.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { toFrames } from '../../../src/records/keptWalk.ts';
import { againSource, type ClipFacts } from '../../../src/screening/poseSource.ts';
import { assessedWalk } from '../report/visits.ts';

const kept = assessedWalk();

function source(findings: QualityFinding[]) {
  const { picture, duration, sidesSettled } = kept;
  return againSource({ picture, duration, frames: toFrames(kept).frames, poseModel: 'full', findings, counts: { sidesSettled } });
}

describe('a walk that was kept, as a source', () => {
  it('gives its frames as they were, and knows how many had been put right', async () => {
    const opened: ClipFacts[] = [];
    const given: PoseFrame[] = [];
    const listener = {
      opened: (facts: ClipFacts) => void opened.push(facts),
      frames: async (frames: readonly PoseFrame[]) => void given.push(...frames),
    };
    const end = await source([]).watch(listener, new AbortController().signal);
    expect(source([]).poseModel).toBe('full');
    expect(opened).toEqual([{ picture: kept.picture, expectedFrames: 3 }]);
    expect(given.map(({ time }) => time)).toEqual([...kept.times]);
    expect(given.map(({ keypoints }) => keypoints === null)).toEqual([false, true, false]);
    expect(given[0]!.keypoints).toEqual(kept.keypoints.slice(0, 51));
    expect(end).toEqual({ duration: kept.duration, workMs: 0, findings: [], sidesSettled: kept.sidesSettled });
  });

  it('says again what the file had to say, and leaves the rules of the walk to be judged anew', async () => {
    const rules = ['file-complete', 'steps'].map((rule): QualityFinding => ({
      rule,
      passed: false,
      severity: 'warns',
      value: 1,
      threshold: 2,
      unit: '',
      facts: {},
    }));
    const listener = { opened: () => undefined, frames: () => Promise.resolve() };
    const { findings } = await source(rules).watch(listener, new AbortController().signal);
    expect(findings).toEqual([rules[0]]);
  });

  it('is not watched by anybody who has cancelled', async () => {
    const listener = { opened: () => undefined, frames: () => Promise.reject(new Error('was watched')) };
    await expect(source([]).watch(listener, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });
});
