/**
 * The walk that the app brings along, so that it can be tried without a video: one simulated person with a curve, seen once from
 * far to near without a break. Its seed is used for nothing else, so no model is trained or measured on it.
 */
import { POSE_LENGTH } from '../../src/gait/keypoint.ts';
import { judgeFrame } from '../../src/gait/quality.ts';
import { FRAMES_PER_SECOND, type SimulatedClip } from './clip.ts';
import { drawClip } from './population.ts';

const SEED = 20_240_229;
/** Seconds. */
const SHORTEST = 4;

export interface SampleWalkFile {
  schema: 1;
  about: string;
  picture: { width: number; height: number };
  /** Seconds from the start. */
  times: number[];
  /** 17×(x px, y px, confidence), rounded: the file is fetched by every visitor. */
  poses: number[][];
}

/** The first person of the seed who has a curve and walks long enough in one go, near enough for every frame to be used. */
export function makeSampleWalk(): SampleWalkFile {
  const onlyCurves = { negative: 0, neutral: 0, positive: 1 };
  let index = 0;
  let clip = drawClip(SEED, index, 0, onlyCurves);
  while (!isOneLongPass(clip) || !isUsableThroughout(clip)) clip = drawClip(SEED, ++index, 0, onlyCurves);
  const { picture, times, keypoints } = clip.sequence;
  return {
    schema: 1,
    about: `A simulated walk of a simulated person with a curve (seed ${SEED}, person ${index}, clip 0). It is of nobody.`,
    picture: { ...picture },
    times: Array.from(times, (time) => round(time, 4)),
    poses: Array.from(times, (_, frame) =>
      Array.from(keypoints.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH), (value, at) =>
        round(value, at % 3 === 2 ? 2 : 1),
      ),
    ),
  };
}

function isOneLongPass({ sequence: { times } }: SimulatedClip): boolean {
  if (times.length < SHORTEST * FRAMES_PER_SECOND) return false;
  return times.every((time, frame) => frame === 0 || time - times[frame - 1]! < 1.5 / FRAMES_PER_SECOND);
}

function isUsableThroughout({ sequence: { picture, times, keypoints } }: SimulatedClip): boolean {
  return times.every((time, frame) => {
    const pose = keypoints.subarray(frame * POSE_LENGTH, (frame + 1) * POSE_LENGTH);
    return judgeFrame({ time, people: 1, keypoints: pose }, picture).usable;
  });
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
