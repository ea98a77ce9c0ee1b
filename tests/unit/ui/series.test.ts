import { expect, test } from 'vitest';
import type { FrameVerdict } from '../../../src/gait/quality.ts';
import { pathOf, timelineSeries } from '../../../src/ui/replay/seriesOf.ts';
import { body, move, PICTURE, walk } from '../quality/syntheticWalk.ts';

test('each frame has its own value, and frames that were left out have none', () => {
  const frames = walk({
    seconds: 1,
    pose: (_time, index, usual) => (index === 4 ? null : move(body(usual), 'leftShoulder', 0, index === 7 ? -30 : 0)),
  });
  const verdicts = frames.map(({ keypoints }, index): FrameVerdict => {
    if (!keypoints) return { usable: false, reason: 'no-person' };
    return index === 2 ? { usable: false, reason: 'by-hand' } : { usable: true, reason: null };
  });
  const [shoulders] = timelineSeries({ frames, verdicts, picture: PICTURE });
  expect(shoulders?.name).toBe('shoulder-tilt');
  expect(shoulders?.values).toHaveLength(15);
  expect(shoulders?.values[2]).toBeNull();
  expect(shoulders?.values[4]).toBeNull();
  expect(shoulders?.values[7]).toBeGreaterThan(10);
  expect(shoulders?.values[8]).toBeCloseTo(0, 6);
});

test('a path is broken where there is no value, and keeps to its box', () => {
  expect(pathOf([0, 5, null, -20, null, null, 10], 10, 40)).toBe('M0.5 20.00L1.5 10.00M3.5 40.00M6.5 0.00');
  expect(pathOf([null, null], 10, 40)).toBe('');
});
