/** Whether a place is fit for a walk, as far as it can be measured before the first one. */
import type { Glance } from '../../screening/liveView.ts';

export type PlaceCheckName = 'picture' | 'light' | 'rate' | 'walk';

export interface PlaceCheck {
  name: PlaceCheckName;
  /** null where it can't be said yet. */
  passed: boolean | null;
}

/** The pose model looks at 256 pixels of a body that fills half of the picture at the start. Pixels. */
const LEAST_HEIGHT = 360;
/** Below this, colours run together and the pose model guesses; a lit room gives 0.25 and more. Mean brightness. */
const LEAST_LIGHT = 0.15;
/** The network takes 15 a second; from 10 on a step is followed well. */
const LEAST_RATE = 10;
/** Usable frames of the test walk: two seconds with a few left out. */
export const TEST_WALK_FRAMES = 24;

export function checkPlace(glance: Glance | null, rate: number | null, usableFrames: number | null): PlaceCheck[] {
  return [
    { name: 'picture', passed: glance && Math.min(glance.picture.height, glance.picture.width) >= LEAST_HEIGHT },
    { name: 'light', passed: glance && glance.light >= LEAST_LIGHT },
    { name: 'rate', passed: rate === null ? null : rate >= LEAST_RATE },
    { name: 'walk', passed: usableFrames === null ? null : usableFrames >= TEST_WALK_FRAMES },
  ];
}
