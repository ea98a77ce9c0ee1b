/**
 * The built-in sample: a simulated walk as keypoints, so that the tool can be tried without a video. `public/sample/walk.json` is
 * written by `trainer/simulate/writeSampleWalk.ts`.
 */
import * as v from 'valibot';
import { POSE_LENGTH } from '../gait/keypoint.ts';
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import { ScreeningError } from './errors.ts';

const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8192));

export const sampleWalkSchema = v.strictObject({
  schema: v.literal(1),
  /** What this is, for whoever opens the file. */
  about: v.string(),
  picture: v.strictObject({ width: size, height: size }),
  /** Seconds from the start, one for each pose. */
  times: v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(3600))),
  /** 17×(x px, y px, confidence). */
  poses: v.pipe(
    v.array(v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(POSE_LENGTH))),
    v.minLength(1),
    v.maxLength(720),
  ),
});

export interface SampleWalk {
  picture: PictureSize;
  frames: PoseFrame[];
}

/** Checks a parsed `walk.json`. Throws {@link ScreeningError} `sample-damaged`. */
export function parseSampleWalk(value: unknown): SampleWalk {
  const result = v.safeParse(sampleWalkSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw damaged(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  const { picture, times, poses } = result.output;
  if (times.length !== poses.length) throw damaged(`${poses.length} poses have ${times.length} times`);
  const frames = poses.map((pose, index) => ({ time: times[index]!, people: 1, keypoints: Float32Array.from(pose) }));
  return { picture, frames };
}

/** Fetches the sample walk from the app's folder. */
export async function loadSampleWalk(base: string): Promise<SampleWalk> {
  const response = await fetch(new URL('sample/walk.json', base));
  if (!response.ok) {
    throw new ScreeningError('sample-damaged', `The sample walk couldn't be loaded (${response.status}). Reload the page.`);
  }
  return parseSampleWalk(await response.json());
}

function damaged(why: string): ScreeningError {
  return new ScreeningError('sample-damaged', `The sample walk can't be used: ${why}. Reload the page.`);
}
