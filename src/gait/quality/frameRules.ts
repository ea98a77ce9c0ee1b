/**
 * The rules that one frame has to meet to be used, as data: the limits, each with its reason, and in which order they are asked.
 * The order matters: what is no body has no front, and a body cut off at the knees has unclear joints for that reason.
 */
import type { BodyMeasures, TrunkMeasures } from './measures.ts';

/** Why a frame is not used; the first rule that fails says it. `by-hand`: somebody who saw it left it out. */
export type FrameReason =
  | 'no-person'
  | 'not-a-body'
  | 'outside-picture'
  | 'too-small'
  | 'from-behind'
  | 'from-the-side'
  | 'unclear'
  | 'no-outline'
  | 'by-hand';

interface Limit {
  limit: number;
  /** Why this number. */
  why: string;
}

/** Lengths in torso lengths, see `measures.ts`. */
export const FRAME_LIMITS = {
  headAboveShoulders: {
    limit: 0.05,
    why: 'a head hanging to the chest still has the nose above the shoulders; hands and bottles do not',
  },
  shouldersAboveHips: { limit: 0.5, why: 'a trunk tilted by more than 60° is not walking' },
  hipsAboveKnees: { limit: 0.2, why: 'walking keeps the hips 0.5 and more above the knees; below 0.2 the person sits or lies' },
  kneesAboveAnkles: { limit: 0.2, why: 'both shanks level or upside down at once is no step' },
  shortestLeg: { limit: 0.85, why: 'a leg is 1.2 to 1.7 torsos long; a camera above the head shortens it by a quarter at most' },
  longestLeg: { limit: 2.3, why: 'no leg is so long; a torso bent towards the camera makes it seem so' },
  size: { limit: 0.16, why: 'about 100 of the 640 pixels the pose model gets; below, its 256-pixel crop is mostly guessed' },
  frontShoulders: {
    limit: 0.4,
    why: 'shoulders are 0.6 to 0.7 wide from the front: below 0.4 the person is turned by 50° or more',
  },
  frontHips: { limit: 0.15, why: 'hips are 0.35 to 0.4 wide from the front; half of it allows for their own turning in a step' },
  behindShoulders: { limit: -0.25, why: 'left and right shoulder clearly in the order seen from behind' },
  behindHips: { limit: -0.1, why: 'hips in that order too: shoulders alone swap in odd poses' },
  clearJoints: { limit: 10, why: 'of 12; a wrist passing behind the body is no loss, a leg is' },
} as const satisfies Record<string, Limit>;

const { headAboveShoulders, shouldersAboveHips, hipsAboveKnees, kneesAboveAnkles, shortestLeg, longestLeg } = FRAME_LIMITS;
const { size, frontShoulders, frontHips, behindShoulders, behindHips, clearJoints } = FRAME_LIMITS;

export interface FrameRule {
  reason: Exclude<FrameReason, 'no-person' | 'no-outline' | 'by-hand'>;
  holds(body: BodyMeasures): boolean;
}

/** Asked in this order. Every comparison is false for NaN, so that a pose with a joint missing fails. */
export const FRAME_RULES: readonly FrameRule[] = [
  {
    reason: 'not-a-body',
    holds: (body) =>
      body.headAboveShoulders > headAboveShoulders.limit &&
      body.shouldersAboveHips > shouldersAboveHips.limit &&
      body.hipsAboveKnees > hipsAboveKnees.limit &&
      body.kneesAboveAnkles > kneesAboveAnkles.limit &&
      body.legLength > shortestLeg.limit &&
      body.legLength < longestLeg.limit,
  },
  { reason: 'outside-picture', holds: (body) => body.jointsOutside === 0 },
  { reason: 'too-small', holds: (body) => body.size >= size.limit },
  { reason: 'from-behind', holds: (body) => viewOf(body) !== 'behind' },
  { reason: 'from-the-side', holds: (body) => viewOf(body) !== 'side' },
  { reason: 'unclear', holds: (body) => body.clearJoints >= clearJoints.limit },
];

export type View = 'front' | 'side' | 'behind';

/** Where the camera stands, by the order of the shoulders and of the hips. The face says nothing: a nose is "seen" from behind too. */
export function viewOf({ shoulderWidth, hipWidth }: TrunkMeasures): View {
  if (shoulderWidth >= frontShoulders.limit && hipWidth >= frontHips.limit) return 'front';
  if (shoulderWidth <= behindShoulders.limit && hipWidth <= behindHips.limit) return 'behind';
  return 'side';
}
