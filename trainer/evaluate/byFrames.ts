/**
 * How the figures grow with what has been seen of a walk. A demo that decides after two seconds is another classifier than the one that is
 * judged on whole clips; the running maximum after so many frames is exactly what it would have had.
 */
import { CLASSES } from '../../src/gait/labels.ts';
import type { Interval } from '../../src/gait/interval.ts';
import { ratesPerClass } from '../../src/gait/metrics.ts';
import { scoresOf, summarise, type JudgedClip, type Summary } from './judge.ts';

/** Seconds at 15 frames each: 1, 2, 4, 8. */
export const EARLY_FRAMES = [15, 30, 60, 120] as const;

export interface FramesFigures extends Omit<Summary, 'confusion'> {
  /** The first so many; null = all there are. */
  frames: number | null;
  /** Clips that have as many; the others count with all of theirs. */
  clips: number;
  /** For positive against the rest, Wilson 95 %. */
  sensitivity: Interval;
  specificity: Interval;
}

/** Empty where the clips were judged without looking at them early. */
export function figuresByFrames(clips: readonly JudgedClip[]): FramesFigures[] {
  const counts = EARLY_FRAMES.filter((frames) => clips.some(({ early }) => early.some((kept) => kept.frames === frames)));
  if (counts.length === 0) return [];
  return [...counts, null].map((frames) => {
    const { confusion, ...figures } = summarise(
      clips.map((clip) => {
        const kept = clip.early.find((other) => other.frames === frames);
        // A score is its own mean: one part.
        return { label: clip.label, logits: kept?.scores ?? [...scoresOf(clip)] };
      }),
    );
    const rates = ratesPerClass(confusion)[CLASSES.indexOf('positive')]!;
    return { frames, clips: clips.filter((clip) => clip.frames >= (frames ?? 0)).length, ...figures, ...rates };
  });
}
