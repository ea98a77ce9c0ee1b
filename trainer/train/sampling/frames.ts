/**
 * Which frames of a clip the network is shown: OpenGait's three ways (`sample_type` in its configs; domain.md §4.2, §4.3 and §10).
 * ScoNet trains on 30 frames without order and is judged on all of them, at most 720.
 */
import type { Random } from '../../random/random.ts';
import { below, draw, drawDistinct } from './draw.ts';

export type FrameOptions =
  | { kind: 'fixed-unordered'; count: number }
  | { kind: 'fixed-ordered'; count: number; /** Frames of the window that are left out. */ skip: number }
  | { kind: 'all-ordered'; /** At most so many, from the first on. */ limit: number };

/**
 * Indices of the chosen frames, each from 0 to `available` − 1, in the order in which the network gets them.
 *
 * `fixed-unordered`: `count` frames at random and in random order, different ones where the clip has enough, else with replacement.
 * `fixed-ordered`: a window of `count` + `skip` frames in a row, anywhere in the clip, of which `count` are drawn and kept in order. A clip
 * shorter than the window is played again from its start, as often as the window takes, so that indices may begin anew at 0.
 * `all-ordered`: every frame up to the limit; nothing is drawn.
 *
 * @param available number of frames of the clip
 * @throws RangeError where the clip has no frame
 */
export function chooseFrames(available: number, options: FrameOptions, random: Random): number[] {
  if (available < 1) throw new RangeError('No frame can be chosen from a clip without frames.');
  switch (options.kind) {
    case 'fixed-unordered':
      return draw(upTo(available), options.count, random);
    case 'fixed-ordered':
      return chooseInWindow(available, options.count, options.count + options.skip, random);
    case 'all-ordered':
      return upTo(Math.min(available, options.limit));
  }
}

function chooseInWindow(available: number, count: number, window: number, random: Random): number[] {
  const length = available * Math.ceil(Math.max(1, window / available));
  const start = below(length - window + 1, random);
  const places = drawDistinct(upTo(window), count, random).sort((a, b) => a - b);
  return places.map((place) => (start + place) % available);
}

function upTo(end: number): number[] {
  return Array.from({ length: end }, (_, index) => index);
}
