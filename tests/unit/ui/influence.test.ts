import { expect, test } from 'vitest';
import type { FrameVerdict } from '../../../src/gait/quality.ts';
import { influenceBars, strongest } from '../../../src/ui/replay/influenceBars.ts';

const used: FrameVerdict = { usable: true, reason: null };
const leftOut: FrameVerdict = { usable: false, reason: 'unclear' };

test('stretches stand where their frames are on the timeline, over frames that were left out', () => {
  const verdicts = [leftOut, used, used, leftOut, leftOut, used, used, used];
  const influence = [
    { from: 0, to: 3, shift: 0.1 },
    { from: 3, to: 5, shift: -0.05 },
  ];
  const bars = influenceBars({ influence, verdicts });
  expect(bars).toEqual([
    { start: 1, end: 6, shift: 0.1, height: 1 },
    { start: 6, end: 8, shift: -0.05, height: -0.5 },
  ]);
  expect(strongest(bars)?.start).toBe(1);
});

test('where nothing moved the result nothing seems to', () => {
  const verdicts = [used, used];
  const [bar] = influenceBars({ influence: [{ from: 0, to: 2, shift: 0.002 }], verdicts });
  expect(bar?.height).toBeCloseTo(0.1);
  expect(strongest(influenceBars({ influence: [{ from: 0, to: 2, shift: 0 }], verdicts }))).toBeNull();
  expect(influenceBars({ influence: [], verdicts })).toEqual([]);
});
