/**
 * A clip for every rule, which fails by that rule and by no other one, except where the defect makes others fail of necessity; and the
 * same clip with just so little of the defect that the rule holds. A new rule without its clip doesn't compile, and fails here.
 */
import { describe, expect, it } from 'vitest';
import { JOINT_INDEX, KEYPOINT_STRIDE, type Joint } from '../../../src/gait/keypoint.ts';
import { judgeFrame, judgeWalk, type WalkRuleName } from '../../../src/gait/quality.ts';
import { FRAME_LIMITS, FRAME_RULES, type FrameRule } from '../../../src/gait/quality/frameRules.ts';
import { measurePose } from '../../../src/gait/quality/measures.ts';
import { WALK_RULES } from '../../../src/gait/quality/walkRules.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { body, move, PICTURE, set, walk, type BodyOptions, type WalkOptions } from './syntheticWalk.ts';

interface WalkCase {
  defect: string;
  /** The clip with so much of the defect. */
  clip: (amount: number) => PoseFrame[];
  /** Too much of it, and the most that passes. */
  fails: number;
  passes: number;
  /** What fails with it whatever one does, in both clips, and why; the rule's own name is never here. */
  ofNecessity?: Partial<Record<WalkRuleName, string>>;
}

/** A walk of eight seconds, 120 frames, of which the last so many are spoilt. */
const spoiltFrom =
  (spoil: (usual: BodyOptions) => Float32Array, options: WalkOptions = { seconds: 8 }) =>
  (count: number): PoseFrame[] => {
    const frames = walk(options).length;
    return walk({ ...options, pose: (_time, index, usual) => (index < frames - count ? body(usual) : spoil(usual)) });
  };

const UNDER_THREE_SECONDS = 'the clip is shorter than three seconds';
const FEW_STEPS = 'so short a time holds fewer than four steps';

const WALK_CASES: Record<WalkRuleName, WalkCase> = {
  'clip-length': {
    defect: 'so many frames of a camera that takes 30 a second',
    clip: (frames) => walk({ framesPerSecond: 30, seconds: frames / 30, strides: 1.2 }),
    fails: 29,
    passes: 30,
    ofNecessity: { 'long-enough': UNDER_THREE_SECONDS, strides: FEW_STEPS },
  },
  'person-found': {
    defect: 'a person in so many frames only',
    clip: (frames) => walk({ seconds: 22 / 15, strides: 1.5, pose: (_time, at, usual) => (at < frames ? body(usual) : null) }),
    fails: 14,
    passes: 15,
    ofNecessity: {
      'usable-frames': 'a frame without a person can’t be used',
      'long-enough': UNDER_THREE_SECONDS,
      strides: FEW_STEPS,
    },
  },
  'plausible-body': {
    defect: 'so many frames with the head below the shoulders',
    clip: spoiltFrom((usual) => move(body(usual), 'nose', 0, 150)),
    fails: 61,
    passes: 60,
  },
  'whole-body': {
    defect: 'so many frames with the feet below the edge',
    clip: (count) =>
      walk({ seconds: 8, pose: (_time, index, usual) => body({ ...usual, at: { x: 360, y: index < 120 - count ? 880 : 960 } }) }),
    fails: 61,
    passes: 60,
  },
  'size-in-picture': {
    defect: 'so many frames from too far away',
    clip: (count) =>
      walk({ seconds: 8, pose: (_time, index, usual) => body({ ...usual, torso: index < 120 - count ? 90 : 65 }) }),
    fails: 61,
    passes: 60,
  },
  'same-person': {
    defect: 'so many leaps to where another person stands',
    clip: (leaps) =>
      walk({
        seconds: 8,
        pose: (_time, index, usual) => {
          const leapt = Math.min(leaps, Math.floor(index / 30));
          return body({ ...usual, torso: 130, at: { x: leapt % 2 === 0 ? 180 : 540, y: 620 } });
        },
      }),
    fails: 3,
    passes: 2,
  },
  'left-and-right': {
    defect: 'so many times that left and right change places',
    clip: (swaps) =>
      walk({
        seconds: 8,
        pose: (_time, index, usual) => {
          // There for one frame and back in the next; the last one stays.
          const swapped = [40, 80].some((at, n) => index === at && swaps >= 2 * n + 2) || (index === 119 && swaps % 2 === 1);
          return body({ ...usual, turned: swapped ? 180 : 0 });
        },
      }),
    fails: 3,
    passes: 2,
  },
  'front-view': {
    defect: 'so many frames from the side',
    clip: spoiltFrom((usual) => body({ ...usual, turned: 90 }), { seconds: 10 }),
    fails: 98,
    passes: 97,
  },
  'clear-joints': {
    defect: 'so many frames in which the pose model is unsure',
    clip: spoiltFrom((usual) => body({ ...usual, confidence: 0.3 })),
    fails: 61,
    passes: 60,
  },
  'found-throughout': {
    defect: 'so many of every thirteen frames without the person, between others with the person',
    clip: (lost) =>
      walk({ seconds: 10, pose: (_time, index, usual) => (index % 13 < 13 - lost || index === 149 ? body(usual) : null) }),
    fails: 6,
    passes: 5,
  },
  'steady-body': {
    defect: 'elbows and knees that jump by so many torso lengths',
    clip: (amount) =>
      walk({
        pose: (_time, index, usual) => {
          const pose = body(usual);
          const aside = index % 2 === 0 ? amount * 220 : 0;
          for (const joint of ['Elbow', 'Knee'] as const) {
            move(pose, `left${joint}`, aside, 0);
            move(pose, `right${joint}`, -aside, 0);
          }
          return pose;
        },
      }),
    fails: 0.55,
    passes: 0.4,
  },
  'usable-frames': {
    defect: 'so many frames before the feet leave the picture',
    clip: (frames) =>
      walk({
        seconds: 28 / 15,
        strides: 1.5,
        pose: (_time, index, usual) => body({ ...usual, at: { x: 360, y: index < frames ? 880 : 960 } }),
      }),
    fails: 14,
    passes: 15,
    ofNecessity: { 'long-enough': UNDER_THREE_SECONDS, strides: FEW_STEPS },
  },
  'found-mostly': {
    defect: 'so many frames before the person is found',
    clip: (count) => walk({ seconds: 12, pose: (_time, index, usual) => (index < count ? null : body(usual)) }),
    fails: 91,
    passes: 90,
  },
  'long-enough': {
    defect: 'a walk of so many frames',
    clip: (frames) => walk({ seconds: frames / 15 }),
    fails: 45,
    passes: 47,
  },
  'frame-rate': {
    defect: 'so many frames a second',
    clip: (framesPerSecond) => walk({ seconds: 10, framesPerSecond }),
    fails: 8.9,
    passes: 9.1,
  },
  'one-person': {
    defect: 'so many frames with a second person',
    clip: (count) => walk({ people: (index) => (index < count ? 2 : 1) }),
    fails: 10,
    passes: 9,
  },
  steps: {
    defect: 'so many strides a second',
    clip: (strides) => walk({ seconds: 10, strides }),
    fails: 0.57,
    passes: 0.64,
  },
  strides: {
    defect: 'so many seconds of walking',
    clip: (seconds) => walk({ seconds }),
    fails: 2,
    passes: 2.5,
    ofNecessity: { 'long-enough': 'three steps in three seconds would be one a second, which is no walking' },
  },
};

const judge = (frames: PoseFrame[]) =>
  judgeWalk(
    frames,
    frames.map((frame) => judgeFrame(frame, PICTURE)),
    PICTURE,
  );
const failedRules = (frames: PoseFrame[]) =>
  judge(frames)
    .filter(({ passed }) => !passed)
    .map(({ rule }) => rule)
    .sort();

describe('every rule about a walk', () => {
  it('has its clip', () => {
    expect(Object.keys(WALK_CASES).sort()).toEqual(WALK_RULES.map(({ rule }) => rule).sort());
  });

  it.each(Object.entries(WALK_CASES))('%s', (rule, { clip, fails, passes, ofNecessity = {} }) => {
    const alongside = Object.keys(ofNecessity);
    expect(failedRules(clip(fails))).toEqual([rule, ...alongside].sort());
    const held = clip(passes);
    expect(judge(held).find((finding) => finding.rule === rule)).toMatchObject({ passed: true });
    // With less of the defect what it brings about may be gone too, and nothing else comes in its place.
    expect(alongside).toEqual(expect.arrayContaining(failedRules(held)));
  });
});

type FrameReason = FrameRule['reason'];

interface FrameCase {
  defect: string;
  pose: (amount: number) => Float32Array;
  /** Beyond the limit, and just within it. */
  fails: number;
  passes: number;
  reason: FrameReason;
  /** What is wrong with the pose within the limit all the same: between the limits of front and behind lies the side. */
  still?: FrameReason;
}

const FRAME_CASES: Record<keyof typeof FRAME_LIMITS | 'inPicture', FrameCase> = {
  headAboveShoulders: {
    defect: 'the nose so many pixels lower',
    pose: (down) => move(body(), 'nose', 0, down),
    fails: 57,
    passes: 53,
    reason: 'not-a-body',
  },
  shouldersAboveHips: {
    defect: 'a trunk that leans by so many degrees',
    pose: leaning,
    fails: 62,
    passes: 58,
    reason: 'not-a-body',
  },
  hipsAboveKnees: {
    defect: 'knees so many pixels higher',
    pose: (up) => both(body(), 'Knee', 0, -up),
    fails: 123,
    passes: 119,
    reason: 'not-a-body',
  },
  kneesAboveAnkles: {
    defect: 'ankles so many pixels higher',
    pose: (up) => both(body(), 'Ankle', 0, -up),
    fails: 112,
    passes: 108,
    reason: 'not-a-body',
  },
  shortestLeg: {
    defect: 'thighs shortened, and ankles so many pixels higher',
    pose: (up) => both(both(body(), 'Knee', 0, -66), 'Ankle', 0, -up),
    fails: 134,
    passes: 128,
    reason: 'not-a-body',
  },
  longestLeg: {
    defect: 'ankles so many pixels lower',
    pose: (down) => both(body(), 'Ankle', 0, down),
    fails: 190,
    passes: 183,
    reason: 'not-a-body',
  },
  inPicture: {
    defect: 'the hips at this height of the picture, in pixels',
    pose: (y) => body({ at: { x: 360, y } }),
    fails: 938,
    passes: 932,
    reason: 'outside-picture',
  },
  size: { defect: 'a torso of so many pixels', pose: (torso) => body({ torso }), fails: 72, passes: 74, reason: 'too-small' },
  frontShoulders: {
    defect: 'turned by so many degrees',
    pose: (turned) => body({ turned }),
    fails: 52,
    passes: 50,
    reason: 'from-the-side',
  },
  frontHips: {
    defect: 'hips so many pixels closer',
    pose: (by) => narrowed(body(), by),
    fails: 48,
    passes: 44,
    reason: 'from-the-side',
  },
  behindShoulders: {
    defect: 'turned by so many degrees',
    pose: (turned) => body({ turned }),
    fails: 114,
    passes: 112,
    reason: 'from-behind',
    still: 'from-the-side',
  },
  behindHips: {
    defect: 'from behind, hips so many pixels wide',
    pose: (width) => narrowed(body({ turned: 180 }), width - 0.36 * 220),
    fails: 24,
    passes: 20,
    reason: 'from-behind',
    still: 'from-the-side',
  },
  clearJoints: {
    defect: 'so many joints that the pose model is unsure of',
    pose: (count) =>
      (['leftWrist', 'leftElbow', 'leftKnee'] as const).slice(0, count).reduce((pose, joint) => dim(pose, joint), body()),
    fails: 3,
    passes: 2,
    reason: 'unclear',
  },
};

const brokenRules = (pose: Float32Array) =>
  FRAME_RULES.filter((rule) => !rule.holds(measurePose(pose, PICTURE))).map(({ reason }) => reason);

describe('every rule about a frame', () => {
  it('has a pose for each of its limits', () => {
    expect(new Set(Object.values(FRAME_CASES).map(({ reason }) => reason))).toEqual(
      new Set(FRAME_RULES.map(({ reason }) => reason)),
    );
    expect(Object.keys(FRAME_CASES)).toEqual(expect.arrayContaining(Object.keys(FRAME_LIMITS)));
  });

  it.each(Object.entries(FRAME_CASES))('%s', (_limit, { pose, fails, passes, reason, still }) => {
    expect(brokenRules(pose(fails))).toEqual([reason]);
    expect(brokenRules(pose(passes))).toEqual(still ? [still] : []);
    expect(judgeFrame({ time: 0, people: 1, keypoints: pose(fails) }, PICTURE)).toEqual({ usable: false, reason });
  });

  it('wants a person, and an outline where the model looks at outlines', () => {
    expect(judgeFrame({ time: 0, people: 0, keypoints: null }, PICTURE)).toEqual({ usable: false, reason: 'no-person' });
    const frame: PoseFrame = { time: 0, people: 1, keypoints: body() };
    expect(judgeFrame(frame, PICTURE, { needsOutline: true })).toEqual({ usable: false, reason: 'no-outline' });
    const outlined = { ...frame, silhouette: new Uint8Array(64 * 64) };
    expect(judgeFrame(outlined, PICTURE, { needsOutline: true })).toEqual({ usable: true, reason: null });
  });
});

/** Moves a joint of both sides, in pixels: `out` away from the middle. */
function both(pose: Float32Array, joint: 'Hip' | 'Knee' | 'Ankle', out: number, down: number): Float32Array {
  move(pose, `left${joint}`, out, down);
  return move(pose, `right${joint}`, -out, down);
}

/** The left hip and the right one so many pixels closer together, as the left is right in the picture; wider where negative. */
function narrowed(pose: Float32Array, by: number): Float32Array {
  return both(pose, 'Hip', -by / 2, 0);
}

/** Everything above the hips moved as the trunk leans, its own width kept: as if the person bent aside and went on facing the camera. */
function leaning(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  const pose = body();
  const [aside, down] = [-Math.sin(angle) * 220, (1 - Math.cos(angle)) * 220];
  const above = (Object.keys(JOINT_INDEX) as Joint[]).filter((joint) => !/Hip|Knee|Ankle/.test(joint));
  return above.reduce((moved, joint) => move(moved, joint, aside, down), pose);
}

/** The pose model isn't sure of this joint. */
function dim(pose: Float32Array, joint: Joint): Float32Array {
  const at = JOINT_INDEX[joint] * KEYPOINT_STRIDE;
  return set(pose, joint, pose[at] ?? NaN, pose[at + 1] ?? NaN, 0.2);
}
