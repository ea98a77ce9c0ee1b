/**
 * Finds people in the pictures of a camera, quickly. A landmarker that may find two people looks for the second one in every picture as long
 * as there is only one, which takes almost as long as following the one (35 ms beside 45 ms on two busy cores). So one that knows a single person
 * follows while somebody is alone, and one that knows two looks now and then whether that is still so, and follows while it isn't.
 */
import type { Detection, Detector } from './landmarker.ts';
import { toCoco } from './landmarks.ts';
import { distinctPeople } from './people.ts';

/** Somebody who comes into the picture is noticed within this time. Each look takes a twelfth of a second of following. Seconds. */
const LOOK_ROUND_EVERY = 2;
/** The second of two people is overlooked now and then; only after so long without one is the other alone. Seconds. */
const ALONE_AFTER = 2;

export class LiveDetector implements Detector {
  readonly #one: Detector;
  readonly #two: Detector;
  #lookedRound = -Infinity;
  /** When two people were seen last. */
  #crowded = -Infinity;

  /** Both without a memory of another clip; the first finds one person and the second two. */
  constructor(one: Detector, two: Detector) {
    this.#one = one;
    this.#two = two;
  }

  detect(canvas: OffscreenCanvas, time: number): Detection {
    if (time - this.#crowded < ALONE_AFTER) return this.#lookRound(canvas, time);
    if (time - this.#lookedRound < LOOK_ROUND_EVERY) return this.#one.detect(canvas, time);
    const all = this.#lookRound(canvas, time);
    if (this.#crowded === time) return all;
    // Of somebody alone, whom this one sees now and then, the other knows more.
    all.close();
    return this.#one.detect(canvas, time);
  }

  #lookRound(canvas: OffscreenCanvas, time: number): Detection {
    const all = this.#two.detect(canvas, time);
    this.#lookedRound = time;
    // One person is found twice at times.
    if (distinctPeople(all.landmarks.map((landmarks) => toCoco(landmarks, canvas))).length > 1) this.#crowded = time;
    return all;
  }
}
