import { describe, expect, it } from 'vitest';
import { JOINT_INDEX, KEYPOINT_STRIDE } from '../../../src/gait/keypoint.ts';
import { judgeFrame, judgeWalk } from '../../../src/gait/quality.ts';
import { RECIPES } from '../../../src/gait/recipes.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { settleSides, swapSides } from '../../../src/gait/sides.ts';
import { renderSkeletonMaps } from '../../../src/gait/skeletonMap.ts';
import { body, PICTURE, set, walk, type BodyOptions } from '../quality/syntheticWalk.ts';

/** The walk with some of its bodies swapped. */
const swapWhere = (frames: readonly PoseFrame[], where: (index: number, time: number) => boolean): PoseFrame[] =>
  frames.map((frame, index) =>
    frame.keypoints && where(index, frame.time) ? { ...frame, keypoints: swapSides(frame.keypoints) } : frame,
  );

const blockedBy = (frames: readonly PoseFrame[]) =>
  judgeWalk(
    frames,
    frames.map((frame) => judgeFrame(frame, PICTURE)),
    PICTURE,
  )
    .filter(({ passed, severity }) => !passed && severity === 'blocks')
    .map(({ rule }) => rule);

/** Numbers between -1 and 1 that look random and are the same every time. */
const noise = (seed: number) => {
  const value = Math.sin(seed * 12.9898) * 43758.5453;
  return 2 * (value - Math.floor(value)) - 1;
};

/** A body whose joints tremble, the further from the hips the more the person turns, too. */
const trembling = (index: number, usual: BodyOptions): Float32Array =>
  body(usual).map((value, at) => (at % KEYPOINT_STRIDE < 2 ? value + 10 * noise(index * 51 + at) : value));

const toward = () => walk({ pose: (_time, index, usual) => trembling(index, usual) });
const away = () => walk({ pose: (_time, index, usual) => trembling(index, { ...usual, turned: 180 }) });

/** Toward the camera, then a turn at so many degrees a second, then away. */
const turning = (speed: number, framesPerSecond: number, clockwise = true) =>
  walk({
    seconds: 6,
    framesPerSecond,
    pose: (time, index, usual) => {
      const turned = Math.min(180, Math.max(0, (time - 3) * speed));
      return trembling(index, { ...usual, turned: clockwise ? turned : -turned });
    },
  });

describe('swapSides', () => {
  it('exchanges every left joint with the right one, with its confidence, and leaves the nose', () => {
    const pose = set(body(), 'leftWrist', 1, 2, 0.25);
    const swapped = swapSides(pose);
    const joint = (from: Float32Array, name: keyof typeof JOINT_INDEX) => {
      const at = JOINT_INDEX[name] * KEYPOINT_STRIDE;
      return [...from.subarray(at, at + KEYPOINT_STRIDE)];
    };
    expect(joint(swapped, 'rightWrist')).toEqual([1, 2, 0.25]);
    expect(joint(swapped, 'leftWrist')).toEqual(joint(pose, 'rightWrist'));
    expect(joint(swapped, 'leftEar')).toEqual(joint(pose, 'rightEar'));
    expect(joint(swapped, 'nose')).toEqual(joint(pose, 'nose'));
    expect(swapSides(swapped)).toEqual(pose);
  });

  it.each(Object.keys(RECIPES))('leaves the skeleton map as it is: %s', (name) => {
    const recipe = RECIPES[name]!;
    const pose = body({ phase: 0.2, turned: 20 });
    const map = renderSkeletonMaps(pose, recipe);
    const swapped = renderSkeletonMaps(swapSides(pose), recipe);
    expect(Math.max(...map)).toBeGreaterThan(100);
    expect(Math.max(...map.map((value, at) => Math.abs(value - swapped[at]!)))).toBe(0);
  });
});

describe('settleSides', () => {
  it('hands a walk without swaps on as it is', () => {
    for (const frames of [toward(), away()]) expect(settleSides(frames)).toEqual(frames);
    expect(settleSides([])).toEqual([]);
  });

  it.each([
    { defect: 'single frames', where: (index: number) => index % 7 === 3 },
    { defect: 'several frames in a row', where: (index: number) => index % 20 > 14 },
    { defect: 'the first frames', where: (index: number) => index < 12 },
    { defect: 'the last second', where: (index: number) => index >= 75 },
    { defect: 'frames at random', where: (index: number) => noise(index) > 0.6 },
  ])('puts swaps right in a walk toward the camera: $defect', ({ where }) => {
    const frames = toward();
    const spoiled = swapWhere(frames, where);
    expect(spoiled).not.toEqual(frames);
    expect(settleSides(spoiled)).toEqual(frames);
  });

  it('makes a walk assessable that swaps would block', () => {
    const spoiled = swapWhere(toward(), (index) => index % 5 === 0);
    expect(blockedBy(spoiled)).toEqual(['left-and-right']);
    expect(blockedBy(settleSides(spoiled))).toEqual([]);
  });

  it('lets a walk from behind be one, also where some frames seem to show the front', () => {
    const frames = away();
    const spoiled = swapWhere(frames, (index) => index % 5 === 0);
    expect(settleSides(spoiled)).toEqual(frames);
    expect(blockedBy(settleSides(spoiled))).toContain('front-view');
  });

  it.each([
    { share: 'half', where: (index: number) => index % 2 === 0 },
    { share: 'half, in long runs', where: (index: number) => index % 30 < 15 },
    { share: '60 %', where: (index: number) => index % 5 < 3 },
    { share: '38 %', where: (index: number) => index % 8 < 3 },
  ])('changes nothing without a clear majority, so that the rule still blocks: $share swapped', ({ where }) => {
    const spoiled = swapWhere(toward(), where);
    expect(settleSides(spoiled)).toEqual(spoiled);
    expect(blockedBy(settleSides(spoiled))).toContain('left-and-right');
  });

  describe('somebody who turns and walks away', () => {
    const speeds = [90, 120, 180, 240, 360, 500];
    const turns = speeds.flatMap((speed) =>
      [15, 8].flatMap((rate) => [true, false].map((clockwise) => [speed, rate, clockwise])),
    );

    it.each(turns as [number, number, boolean][])('stays turned: %s° a second, %s frames a second, clockwise %s', (...turn) => {
      const frames = turning(...turn);
      expect(settleSides(frames)).toEqual(frames);
    });

    it('has swaps put right before the turn and after it', () => {
      const frames = turning(180, 15);
      // The turn itself, from 3 to 4 s, is left alone: a side view has no clear order to put right.
      const spoiled = swapWhere(frames, (index, time) => index % 6 === 2 && (time < 3 || time > 4));
      expect(settleSides(spoiled)).toEqual(frames);
    });

    it('stays turned when the way back is the shorter part by far', () => {
      const frames = turning(180, 15).filter(({ time }) => time < 4.8);
      expect(settleSides(frames)).toEqual(frames);
    });

    it('stays turned when the turn itself was not seen', () => {
      const frames = turning(180, 15).map((frame) =>
        frame.time > 3.1 && frame.time < 3.9 ? { ...frame, people: 0, keypoints: null } : frame,
      );
      expect(settleSides(frames)).toEqual(frames);
    });
  });

  it('leaves a side view alone, whatever its order', () => {
    const frames = walk({ pose: (_time, index, usual) => trembling(index, { ...usual, turned: 90 }) });
    const spoiled = swapWhere(frames, (index) => index % 5 === 0);
    expect(settleSides(spoiled)).toEqual(spoiled);
  });

  it('looks across a few frames without a person or with an unclear one', () => {
    const frames = toward().map((frame, index) => (index % 9 === 4 ? { ...frame, people: 0, keypoints: null } : frame));
    const sideways = frames.map((frame, index) => (index % 9 === 7 ? { ...frame, keypoints: body({ turned: 90 }) } : frame));
    const spoiled = swapWhere(sideways, (index) => index % 9 === 5 || index % 9 === 6);
    expect(settleSides(spoiled)).toEqual(sideways);
  });

  it('lets each part of a walk speak for itself where a gap lies between', () => {
    const part = (turned: number) => walk({ seconds: 2, pose: (_time, index, usual) => trembling(index, { ...usual, turned }) });
    const later = part(180).map((frame) => ({ ...frame, time: frame.time + 2.6 }));
    const frames = [...part(0), ...later];
    const spoiled = swapWhere(frames, (index) => index % 6 === 1);
    expect(settleSides(spoiled)).toEqual(frames);
  });

  it('does not turn one person into another who stands elsewhere', () => {
    const frames = walk({
      pose: (time, index, usual) =>
        trembling(
          index,
          time < 4.5
            ? { ...usual, torso: 130, at: { x: 160, y: 620 } }
            : { ...usual, torso: 130, at: { x: 560, y: 620 }, turned: 180 },
        ),
    });
    expect(settleSides(frames)).toEqual(frames);
  });

  it('does not let an odd pose decide about those after it', () => {
    // Swapped and narrower: about as near to the frames around it one way as the other.
    const narrowed = (pose: Float32Array, width: number) =>
      pose.map((value, at) => (at % KEYPOINT_STRIDE === 0 ? 360 + (value - 360) * width : value));
    const frames = toward();
    const isOdd = (index: number) => index % 10 === 4;
    const others = (all: readonly PoseFrame[]) => all.filter((_, index) => !isOdd(index));
    for (let width = 0.55; width < 0.75; width += 0.005) {
      const spoiled = swapWhere(frames, isOdd).map((frame, index) =>
        isOdd(index) ? { ...frame, keypoints: narrowed(frame.keypoints!, width) } : frame,
      );
      expect(others(settleSides(spoiled)), `${width} as wide`).toEqual(others(frames));
    }
  });

  it('has no opinion on a handful of frames', () => {
    const spoiled = swapWhere(toward().slice(0, 7), (index) => index === 3);
    expect(settleSides(spoiled)).toEqual(spoiled);
  });

  it('leaves poses with missing or senseless numbers as they are', () => {
    const frames = toward().map((frame, index) => {
      if (index % 10 === 5) return { ...frame, keypoints: set(body(), 'leftHip', NaN, NaN, 0) };
      return index % 10 === 6 ? { ...frame, keypoints: new Float32Array(51) } : frame;
    });
    expect(settleSides(frames)).toEqual(frames);
  });

  it('does not write to the poses it was given', () => {
    const spoiled = swapWhere(toward(), (index) => index % 5 === 0);
    const before = spoiled.map(({ keypoints }) => [...keypoints!]);
    settleSides(spoiled);
    expect(spoiled.map(({ keypoints }) => [...keypoints!])).toEqual(before);
  });
});
