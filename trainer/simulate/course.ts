/**
 * The circumstances of one clip: camera, where each pass begins and where it heads, how posture wanders. A clip is one pass toward
 * the camera, or several where one is too short (the person walks back unseen and comes again, as in a screening corridor).
 */
import type { PictureSize } from '../../src/gait/sequence.ts';
import type { Build } from './build.ts';
import { type Camera, drawCamera, mirrorCamera } from './camera.ts';
import { drawDrift } from './drift.ts';
import type { Random } from '../random/random.ts';
import { drawClipSigns, mirrorSigns, type Signs } from './signs.ts';
import type { PostureDrifts } from './moment.ts';
import { mirrorDrifts } from './walker.ts';

/** One approach. World axes as in camera.ts, centimetres. */
export interface Pass {
  startAway: number;
  startRight: number;
  /** Radians; 0 is straight along the walk, positive toward the right of the picture. */
  heading: number;
  /** Gait cycle at the first frame. */
  cycle: number;
  /** Seconds between the end of the pass before and this one. */
  pause: number;
}

export interface Conditions {
  camera: Camera;
  passes: Pass[];
  /** The clip ends with the pass that brings it to this many frames. */
  wantedFrames: number;
  /** A little more or less of each sign in this clip. */
  signs: Signs;
  drifts: PostureDrifts;
}

/** A pass ends here at the latest (the published set-up's near end, domain.md §1.2), earlier where the body leaves the picture. */
export const NEAREST = 140;
/** Each pass begins at least this far behind the nearest place where the whole body is in the picture. */
const LEAST_WALK = 220;
const MOST_PASSES = 8;

/**
 * @param nearestInPicture the nearest distance in centimetres at which the whole body, standing straight, is in a camera's picture; null where it never is
 */
export function drawConditions(random: Random, build: Build, nearestInPicture: (camera: Camera) => number | null): Conditions {
  // From the published 4.2 m, or from further back where there is room.
  const start = random.chance(0.45) ? random.between(390, 480) : random.between(500, 900);
  let camera = drawCamera(random, build.height, start / 2);
  let nearest = nearestInPicture(camera);
  while (nearest === null) {
    camera = drawCamera(random, build.height, start / 2);
    nearest = nearestInPicture(camera);
  }
  const firstAway = Math.max(start, nearest + LEAST_WALK);
  const passes = Array.from({ length: MOST_PASSES }, (_, index) => {
    const startAway = firstAway + random.between(-20, 20);
    const startRight = random.tame(0, 18);
    // Toward a point near the camera, not quite at it.
    const heading = Math.atan2(random.tame(0, 12) - startRight, startAway);
    return { startAway, startRight, heading, cycle: random.uniform(), pause: index === 0 ? 0 : random.between(4, 9) };
  });
  return {
    camera,
    passes,
    wantedFrames: Math.round(random.between(45, 110)),
    signs: drawClipSigns(random),
    drifts: {
      trunkLean: drawDrift(random, 0.8),
      trunkTurn: drawDrift(random, 3),
      headTurn: drawDrift(random, 4),
      headTilt: drawDrift(random, 1.5),
      headNod: drawDrift(random, 3),
      leftArmAway: drawDrift(random, 1.8),
      rightArmAway: drawDrift(random, 1.8),
    },
  };
}

/** The same circumstances seen in a mirror; what was the left heel's strike is now the right one's. */
export function mirrorConditions(conditions: Conditions): Conditions {
  return {
    ...conditions,
    camera: mirrorCamera(conditions.camera),
    passes: conditions.passes.map((pass) => ({
      ...pass,
      startRight: -pass.startRight,
      heading: -pass.heading,
      cycle: pass.cycle + 0.5,
    })),
    signs: mirrorSigns(conditions.signs),
    drifts: mirrorDrifts(conditions.drifts),
  };
}

/** True when all points (x, y pairs) lie inside the picture, a small margin kept. */
export function insidePicture(points: Float64Array, picture: PictureSize, margin: number): boolean {
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at] ?? NaN;
    const y = points[at + 1] ?? NaN;
    if (!(x >= margin && x <= picture.width - margin && y >= margin && y <= picture.height - margin)) return false;
  }
  return true;
}
