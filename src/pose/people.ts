/**
 * Whom to follow when the pose model finds several people. The pose model has no notion of identity: the order of its people changes,
 * one of them is missing now and then, and one person is sometimes found twice. The one to follow is the biggest at first (who
 * walks toward the camera is nearest), and from then on whoever stands where that person stood. Where only somebody else is found the
 * frame has no pose: a gap is better than another person's step.
 *
 * All distances are measured in body sizes, so that neither the picture's size nor the distance to the camera matters.
 */
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE } from '../gait/keypoint.ts';

/** Two poses whose joints lie this close on average are one person found twice. In body sizes. */
const SAME_PERSON = 0.1;

/** How far somebody may have moved: at once, per second since they were seen, and at most. In body sizes: a brisk walk makes 1 a second. */
const REACH = 0.25;
const REACH_PER_SECOND = 1.5;
const LONGEST_REACH = 0.75;

/** After so long without the person, the biggest is followed anew. Seconds. */
const FORGET_AFTER = 1;

/** A person this much bigger than the one followed, for this long, is nearer and was overlooked at first. */
const BIGGER = 1.5;
const BIGGER_FOR = 0.3;

/** A place in the picture, in pixels. */
export interface PicturePoint {
  x: number;
  y: number;
}

export interface Choice {
  /** People found, one found twice counting once. */
  people: number;
  /** The person followed; null where they were not found. */
  keypoints: Float32Array | null;
}

export class PersonChooser {
  #last: { keypoints: Float32Array; time: number } | null = null;
  /** Since when a much bigger person has been there besides the one followed. */
  #biggerSince: number | null = null;
  /** The people of the latest frame. */
  #latest: { people: readonly Float32Array[]; time: number } = { people: [], time: -Infinity };
  /** Somebody has said whom to follow: then nobody else is followed for being bigger. */
  #picked = false;

  /** `found` = all poses of the frame, 17×3 each; `time` in seconds, ascending from call to call. */
  choose(found: readonly Float32Array[], time: number): Choice {
    const people = distinctPeople(found);
    this.#latest = { people, time };
    const keypoints = this.#follow(people, time);
    if (keypoints) this.#last = { keypoints, time };
    return { people: people.length, keypoints };
  }

  /** Follows whoever's trunk is nearest to the point, of those in the latest frame; without anybody there, as if nothing was said. */
  pick(point: PicturePoint): void {
    const { people, time } = this.#latest;
    const [nearest] = [...people].sort((a, b) => distanceTo(a, point) - distanceTo(b, point));
    if (!nearest) return;
    this.#last = { keypoints: nearest, time };
    this.#picked = true;
  }

  #follow(people: readonly Float32Array[], time: number): Float32Array | null {
    const biggest = people[0] ?? null;
    if (this.#last === null || time - this.#last.time > FORGET_AFTER) {
      this.#biggerSince = null;
      this.#picked = false;
      return biggest;
    }
    const { keypoints: before, time: then } = this.#last;
    const size = bodySize(before);
    let nearest: Float32Array | null = null;
    let shortest = Math.min(LONGEST_REACH, REACH + REACH_PER_SECOND * (time - then)) * size;
    for (const person of people) {
      const moved = meanDistance(person, before);
      if (moved > shortest) continue;
      nearest = person;
      shortest = moved;
    }
    if (this.#picked || biggest === null || biggest === nearest || bodySize(biggest) < BIGGER * bodySize(nearest ?? before)) {
      this.#biggerSince = null;
      return nearest;
    }
    this.#biggerSince ??= time;
    return time - this.#biggerSince >= BIGGER_FOR ? biggest : nearest;
  }
}

/** Biggest first, without those that are another one found twice. */
export function distinctPeople(found: readonly Float32Array[]): Float32Array[] {
  const bySize = [...found].sort((a, b) => bodySize(b) - bodySize(a));
  const people: Float32Array[] = [];
  for (const pose of bySize) {
    if (people.every((person) => meanDistance(person, pose) > SAME_PERSON * bodySize(person))) people.push(pose);
  }
  return people;
}

/** How big a person is in the picture, whichever way they bend: the diagonal of the box around all joints, in pixels. */
function bodySize(keypoints: Float32Array): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let joint = 0; joint < JOINT_COUNT; joint++) {
    const x = keypoints[joint * KEYPOINT_STRIDE] ?? 0;
    const y = keypoints[joint * KEYPOINT_STRIDE + 1] ?? 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return Math.hypot(right - left, bottom - top);
}

/** The joints that tell where somebody stands: arms and feet swing, the trunk doesn't. */
const TRUNK = [JOINT_INDEX.nose, JOINT_INDEX.leftShoulder, JOINT_INDEX.rightShoulder, JOINT_INDEX.leftHip, JOINT_INDEX.rightHip];

function meanDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (const joint of TRUNK) {
    const at = joint * KEYPOINT_STRIDE;
    sum += Math.hypot((a[at] ?? 0) - (b[at] ?? 0), (a[at + 1] ?? 0) - (b[at + 1] ?? 0));
  }
  return sum / TRUNK.length;
}

/** From the middle of the trunk's joints to a point, in pixels. */
function distanceTo(keypoints: Float32Array, { x, y }: PicturePoint): number {
  const mean = (axis: 0 | 1) =>
    TRUNK.reduce((sum, joint) => sum + (keypoints[joint * KEYPOINT_STRIDE + axis] ?? 0), 0) / TRUNK.length;
  return Math.hypot(mean(0) - x, mean(1) - y);
}
