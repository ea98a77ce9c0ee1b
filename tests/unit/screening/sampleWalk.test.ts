import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JOINT_COUNT, keypointAt, POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import { sequenceSource } from '../../../src/screening/poseSource.ts';
import { parseSampleWalk } from '../../../src/screening/sampleWalk.ts';
import { makeSampleWalk } from '../../../trainer/simulate/sampleWalk.ts';

const file = (changes: Record<string, unknown> = {}) => ({
  schema: 1,
  about: 'A walk.',
  picture: { width: 720, height: 1280 },
  times: Array.from({ length: 90 }, (_, frame) => frame / 30),
  poses: Array.from({ length: 90 }, (_, frame) => Array.from({ length: POSE_LENGTH }, () => frame)),
  ...changes,
});

describe('the sample walk in the app', () => {
  const shipped: unknown = JSON.parse(readFileSync(new URL('../../../public/sample/walk.json', import.meta.url), 'utf8'));

  it('is the one that its script writes', () => {
    expect(shipped).toEqual(makeSampleWalk());
  });

  it('can be read, is at least four seconds long and stays in the picture', () => {
    const { frames, picture } = parseSampleWalk(shipped);
    expect(frames.at(-1)!.time).toBeGreaterThan(4);
    for (const { keypoints } of frames) {
      for (let joint = 0; joint < JOINT_COUNT; joint++) {
        const { x, y, confidence } = keypointAt(keypoints!, joint);
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(picture.width);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(picture.height);
        expect(confidence).toBeGreaterThan(0.3);
      }
    }
  });
});

describe('sample walk', () => {
  it('gives frames with their times', () => {
    const { frames, picture } = parseSampleWalk(file());
    expect(picture).toEqual({ width: 720, height: 1280 });
    expect(frames).toHaveLength(90);
    expect(frames[15]).toMatchObject({ time: 0.5, people: 1 });
    expect(frames[15]!.keypoints).toEqual(new Float32Array(POSE_LENGTH).fill(15));
  });

  it.each([
    ['a pose of another length', { poses: [[1, 2, 3]] }, /poses\.0/],
    ['a value that is no number', { poses: [Array.from({ length: POSE_LENGTH }, () => null)] }, /poses\.0\.0/],
    ['a pose without a time', { times: [0] }, /90 poses have 1 times/],
    ['no pose', { poses: [] }, /poses/],
    ['a version it does not know', { schema: 2 }, /schema/],
  ])('refuses %s and says where', (_, changes, message) => {
    expect(() => parseSampleWalk(file(changes))).toThrow(message);
    expect(() => parseSampleWalk(file(changes))).toThrow(expect.objectContaining({ code: 'sample-damaged' }));
  });

  it('is watched at the cadence of the model, in the order of time', async () => {
    const seen: number[] = [];
    let expected = 0;
    const source = sequenceSource(parseSampleWalk(file()), { framesPerSecond: 15, maxFrames: 40 });
    const end = await source.watch(
      {
        opened: ({ expectedFrames }) => void (expected = expectedFrames),
        frames: async (frames) => void seen.push(...frames.map(({ time }) => time)),
      },
      new AbortController().signal,
    );
    expect(seen).toHaveLength(40);
    expect(expected).toBe(40);
    expect(seen.slice(0, 3)).toEqual([0, 2 / 30, 4 / 30]);
    expect(end.duration).toBeCloseTo(40 / 15);
  });
});
