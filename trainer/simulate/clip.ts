/** One clip of a person: the walk filmed, seen through a pose model, as everything downstream takes it. Pure: same person, same number, same clip. */
import { JOINT_COUNT } from '../../src/gait/keypoint.ts';
import type { PictureSize, PoseSequence } from '../../src/gait/sequence.ts';
import { type Camera, projector } from './camera.ts';
import { type Conditions, drawConditions, insidePicture, NEAREST } from './course.ts';
import { observe, observeExactly } from './noise.ts';
import type { SimulatedPerson } from './person.ts';
import { Random } from '../random/random.ts';
import { STREAM } from '../random/streams.ts';
import { addSigns } from './signs.ts';
import { type Stand, toWorld } from './stand.ts';
import type { Walker } from './moment.ts';
import { placeJoints, strideRate, walkingSpeed } from './walker.ts';

/** The cadence the classifier is fed with (domain.md §1.2). */
export const FRAMES_PER_SECOND = 15;

export interface SimulatedClip {
  sequence: PoseSequence;
  /** Index into CLASSES. */
  label: number;
  personId: string;
  clipIndex: number;
}

/** True positions, before any pose model. */
export interface FilmedWalk {
  camera: Camera;
  picture: PictureSize;
  times: Float64Array;
  /** T×17×2 pixels. */
  points: Float64Array;
  /** For each frame, the joints in the body's own axes, 17×3 centimetres (walker.ts), and where those axes stood. */
  bodies: Float64Array[];
  stands: Stand[];
}

/** Space left between the outermost joint and the picture's edge, as a share of the short side: crown, feet and hands reach past their joints. */
const MARGIN_SHARE = 0.04;

/** Clip `clipIndex` of this person, with the keypoint noise of a pose model. */
export function simulateClip(person: SimulatedPerson, clipIndex: number): SimulatedClip {
  const walk = filmWalk(person, drawClipConditions(person, clipIndex));
  const noise = new Random(STREAM.noise, person.seed, person.index, clipIndex);
  return asClip(person, clipIndex, walk, observe(walk.points, walk.times, walk.picture, noise));
}

/** The same clip as a perfect pose model would see it; for measuring what the noise costs. */
export function simulateExactClip(person: SimulatedPerson, clipIndex: number): SimulatedClip {
  const walk = filmWalk(person, drawClipConditions(person, clipIndex));
  return asClip(person, clipIndex, walk, observeExactly(walk.points));
}

function asClip(person: SimulatedPerson, clipIndex: number, walk: FilmedWalk, keypoints: Float32Array): SimulatedClip {
  const sequence = { picture: walk.picture, times: walk.times, keypoints };
  return { sequence, label: person.label, personId: person.id, clipIndex };
}

/** Camera, passes and the day's posture of one clip. */
export function drawClipConditions(person: SimulatedPerson, clipIndex: number): Conditions {
  const random = new Random(STREAM.clip, person.seed, person.index, clipIndex);
  return drawConditions(random, person.build, (camera) =>
    nearestInPicture(camera, person.build.height, person.build.shoulderHalfWidth),
  );
}

/** Films the walk at 15 frames a second, pass after pass, each until the body begins to leave the picture. */
export function filmWalk(person: SimulatedPerson, conditions: Conditions): FilmedWalk {
  const { camera, drifts } = conditions;
  const walker: Walker = { build: person.build, style: person.style, signs: addSigns(person.signs, conditions.signs), drifts };
  const project = projector(camera);
  const speed = walkingSpeed(person.style) * 100;
  const rate = strideRate(person.style);
  const margin = marginOf(camera.picture);
  const world = new Float64Array(3);
  const times: number[] = [];
  const frames: Float64Array[] = [];
  const bodies: Float64Array[] = [];
  const stands: Stand[] = [];
  let clock = 0;

  for (const pass of conditions.passes) {
    clock += pass.pause;
    const [sin, cos] = [Math.sin(pass.heading), Math.cos(pass.heading)];
    for (let frame = 0; ; frame++) {
      const elapsed = frame / FRAMES_PER_SECOND;
      const walked = speed * elapsed;
      if (pass.startAway - walked * cos < NEAREST) break;
      const stand = { right: pass.startRight, away: pass.startAway, walked, sin, cos };
      const joints = new Float64Array(JOINT_COUNT * 3);
      placeJoints(walker, pass.cycle + rate * elapsed, clock, joints);
      const points = new Float64Array(JOINT_COUNT * 2);
      for (let joint = 0; joint < JOINT_COUNT; joint++) {
        toWorld(stand, joints[joint * 3]!, joints[joint * 3 + 1]!, joints[joint * 3 + 2]!, world);
        project(world[0]!, world[1]!, world[2]!, points, joint * 2);
      }
      if (!insidePicture(points, camera.picture, margin)) break;
      frames.push(points);
      bodies.push(joints);
      stands.push(stand);
      times.push(clock);
      clock += 1 / FRAMES_PER_SECOND;
    }
    if (frames.length >= conditions.wantedFrames) break;
  }

  const points = new Float64Array(frames.length * JOINT_COUNT * 2);
  frames.forEach((frame, index) => points.set(frame, index * JOINT_COUNT * 2));
  return { camera, picture: camera.picture, times: Float64Array.from(times), points, bodies, stands };
}

function marginOf(picture: PictureSize): number {
  return MARGIN_SHARE * Math.min(picture.width, picture.height);
}

/** The nearest distance in centimetres at which a standing body's outline is in the picture, null where it is at none. */
function nearestInPicture(camera: Camera, height: number, shoulderHalfWidth: number): number | null {
  const project = projector(camera);
  const aside = 2 * shoulderHalfWidth;
  const outline = new Float64Array(8);
  for (let away = NEAREST; away <= 900; away += 10) {
    project(-aside, 0, away, outline, 0);
    project(aside, 0, away, outline, 2);
    project(-aside, height, away, outline, 4);
    project(aside, height, away, outline, 6);
    if (insidePicture(outline, camera.picture, marginOf(camera.picture))) return away;
  }
  return null;
}
