import { expect, test } from 'vitest';
import type { FrameVerdict } from '../../../src/gait/quality.ts';
import { framesByHand } from '../../../src/ui/replay/byHand.ts';

test('of the frames that were left out, those that somebody left out', () => {
  const left = (reason: FrameVerdict['reason']): FrameVerdict => ({ usable: reason === null, reason });
  expect(framesByHand([left('by-hand'), left(null), left('no-person'), left('by-hand')])).toEqual(new Set([0, 3]));
  expect(framesByHand([])).toEqual(new Set());
});
