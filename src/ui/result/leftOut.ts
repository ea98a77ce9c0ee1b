/** Why frames were left out, and how many for each reason, the most frequent first. */
import type { FrameReason, FrameVerdict } from '../../gait/quality.ts';

export function leftOut(verdicts: readonly FrameVerdict[]): { reason: FrameReason; count: number }[] {
  const counts = new Map<FrameReason, number>();
  for (const { reason } of verdicts) {
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
