/** Which frames of a walk somebody has left out. */
import type { FrameVerdict } from '../../gait/quality.ts';

export function framesByHand(verdicts: readonly FrameVerdict[]): Set<number> {
  return new Set(verdicts.flatMap(({ reason }, frame) => (reason === 'by-hand' ? [frame] : [])));
}
