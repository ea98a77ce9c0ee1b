import { describe, expect, it } from 'vitest';
import { judgeFrame, judgeWalk, type QualityFinding } from '../../../src/gait/quality.ts';
import { WALK_RULES } from '../../../src/gait/quality/walkRules.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { body, move, PICTURE, walk } from './syntheticWalk.ts';

const judge = (frames: PoseFrame[]) =>
  judgeWalk(
    frames,
    frames.map((frame) => judgeFrame(frame, PICTURE)),
    PICTURE,
  );
const failed = (findings: QualityFinding[], severity: QualityFinding['severity']) =>
  findings.filter((finding) => !finding.passed && finding.severity === severity).map(({ rule }) => rule);
const blocking = (frames: PoseFrame[]) => failed(judge(frames), 'blocks');
const warning = (frames: PoseFrame[]) => failed(judge(frames), 'warns');
const finding = (frames: PoseFrame[], rule: string) => judge(frames).find((each) => each.rule === rule);

/** Numbers between 0 and 1 that look random and are the same every time. */
const noise = (seed: number) => {
  const value = Math.sin(seed * 12.9898) * 43758.5453;
  return value - Math.floor(value);
};

describe('judgeWalk', () => {
  it('lets a good walk pass every rule, and says so', () => {
    const findings = judge(walk());
    expect(findings.filter(({ passed }) => !passed)).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toEqual(WALK_RULES.map(({ rule }) => rule));
  });

  it('lets somebody pass who comes nearer all the time', () => {
    const frames = walk({ pose: (time, _index, usual) => body({ ...usual, torso: 110 + 25 * time }) });
    expect(judge(frames).filter(({ passed }) => !passed)).toEqual([]);
  });

  it('lets somebody pass who walks up, turns and walks away', () => {
    const turned = (time: number) => Math.min(180, Math.max(0, (time - 3) * 180));
    const frames = walk({ seconds: 8, pose: (time, _index, usual) => body({ ...usual, turned: turned(time) }) });
    expect(blocking(frames)).toEqual([]);
  });

  it('blocks an empty room', () => {
    const frames = walk({ pose: () => null });
    expect(blocking(frames)).toEqual(['person-found', 'usable-frames']);
    expect(finding(frames, 'person-found')).toMatchObject({ value: 0, facts: { sampled: frames.length } });
  });

  it('blocks a clip without any frame', () => {
    expect(blocking([])).toEqual(['clip-length', 'person-found', 'usable-frames']);
  });

  it('blocks a clip under a second', () => {
    expect(blocking(walk({ seconds: 0.8 }))).toEqual(['clip-length', 'person-found', 'usable-frames']);
  });

  it.each([
    { frames: 14, expected: ['usable-frames'] },
    { frames: 15, expected: [] },
  ])('needs 15 usable frames: $frames', ({ frames, expected }) => {
    // The feet leave the picture after so many frames; half of the frames at least show the whole body.
    const clip = walk({
      seconds: 28 / 15,
      pose: (_time, index, usual) => body({ ...usual, at: { x: 360, y: index < frames ? 880 : 960 } }),
    });
    expect(blocking(clip)).toEqual(expected);
  });

  it('names the reason of most frames where too few can be used', () => {
    const clip = walk({
      seconds: 28 / 15,
      pose: (_time, index, usual) => body({ ...usual, at: { x: 360, y: index < 14 ? 880 : 960 } }),
    });
    expect(finding(clip, 'usable-frames')?.facts).toEqual({ sampled: clip.length, mostly: 'outside-picture' });
  });

  it('blocks legs cut off by the edge, first of all for that', () => {
    const frames = walk({ pose: (_time, _index, usual) => body({ ...usual, at: { x: 360, y: 1050 }, confidence: 0.3 }) });
    expect(blocking(frames)[0]).toBe('whole-body');
    expect(finding(frames, 'whole-body')).toMatchObject({ passed: false, value: 0, threshold: 0.5, severity: 'blocks' });
  });

  it('blocks what is no body at all', () => {
    const frames = walk({ pose: (_time, _index, usual) => move(body(usual), 'nose', 0, 150) });
    expect(blocking(frames)[0]).toBe('plausible-body');
  });

  it('blocks a person far away', () => {
    expect(blocking(walk({ pose: (_time, _index, usual) => body({ ...usual, torso: 60 }) }))[0]).toBe('size-in-picture');
  });

  it.each([
    { turned: 90, mostly: 'from-the-side' },
    { turned: 180, mostly: 'from-behind' },
  ])('blocks a walk seen $mostly, and says it', ({ turned, mostly }) => {
    const frames = walk({ pose: (_time, _index, usual) => body({ ...usual, turned }) });
    expect(blocking(frames)[0]).toBe('front-view');
    expect(finding(frames, 'front-view')?.facts).toEqual({ mostly });
  });

  it('blocks unclear joints', () => {
    expect(blocking(walk({ pose: (_time, _index, usual) => body({ ...usual, confidence: 0.3 }) }))[0]).toBe('clear-joints');
  });

  it('blocks a person who flickers', () => {
    const frames = walk({ pose: (_time, index, usual) => (index % 2 === 0 ? body(usual) : null) });
    expect(blocking(frames)).toEqual(['found-throughout']);
  });

  it('does not hold it against anybody that they come late and leave early', () => {
    const frames = walk({ pose: (time, _index, usual) => (time > 1.5 && time < 5 ? body(usual) : null) });
    expect(judge(frames).filter(({ passed }) => !passed)).toEqual([]);
  });

  it('warns where the person was missing for most of the clip', () => {
    const frames = walk({ seconds: 12, pose: (time, _index, usual) => (time > 7.5 ? body(usual) : null) });
    expect(blocking(frames)).toEqual([]);
    expect(warning(frames)).toEqual(['found-mostly']);
  });

  it('blocks two people mixed up', () => {
    const frames = walk({
      pose: (_time, index, usual) => body({ ...usual, torso: 130, at: { x: index % 10 < 5 ? 180 : 540, y: 620 } }),
    });
    expect(blocking(frames)).toEqual(['same-person']);
  });

  it('blocks a body that changes size from frame to frame', () => {
    const frames = walk({ pose: (_time, index, usual) => body({ ...usual, torso: index % 10 < 5 ? 100 : 200 }) });
    expect(blocking(frames)).toContain('same-person');
  });

  it('blocks left and right changing places', () => {
    const frames = walk({ pose: (_time, index, usual) => body({ ...usual, turned: index % 10 < 8 ? 0 : 180 }) });
    expect(blocking(frames)).toEqual(['left-and-right']);
  });

  it('lets one odd frame pass', () => {
    const frames = walk({ seconds: 10, pose: (_time, index, usual) => body({ ...usual, turned: index === 70 ? 180 : 0 }) });
    expect(blocking(frames)).toEqual([]);
  });

  it('blocks a body that shakes, and not one that trembles', () => {
    const shaken = (amount: number) =>
      walk({
        pose: (_time, index, usual) => {
          const pose = body(usual);
          for (let at = 0; at < pose.length; at++) {
            if (at % 3 < 2) pose[at] = (pose[at] ?? 0) + (noise(index * 51 + at) - 0.5) * 2 * amount * 220;
          }
          return pose;
        },
      });
    expect(blocking(shaken(0.05))).toEqual([]);
    expect(blocking(shaken(0.35))).toContain('steady-body');
  });

  it('compares only frames that follow each other', () => {
    // A hole of a second, with the person elsewhere and larger after it.
    const frames = walk({ seconds: 8 })
      .filter(({ time }) => time < 3 || time > 4)
      .map((frame) => (frame.time < 3.5 ? frame : { ...frame, keypoints: body({ phase: frame.time * 0.95, torso: 100 }) }));
    expect(blocking(frames)).toEqual([]);
  });

  it('warns of a second person who stays, not of one who passes', () => {
    expect(warning(walk({ people: () => 2 }))).toEqual(['one-person']);
    expect(warning(walk({ people: (index) => (index < 5 ? 2 : 1) }))).toEqual([]);
  });

  it('warns of somebody who stands still', () => {
    const frames = walk({ strides: 0 });
    expect(blocking(frames)).toEqual([]);
    expect(warning(frames)).toEqual(['steps', 'strides']);
  });

  it('counts steps: two a stride', () => {
    for (const framesPerSecond of [8, 15, 30]) {
      const steps = 10 * (finding(walk({ seconds: 10, framesPerSecond }), 'steps')?.value ?? NaN);
      expect(Math.abs(steps - 19)).toBeLessThanOrEqual(1.5);
    }
  });

  it('warns of a short walk and of a low frame rate', () => {
    expect(warning(walk({ seconds: 2 }))).toEqual(['long-enough', 'strides']);
    expect(warning(walk({ framesPerSecond: 7, seconds: 10 }))).toEqual(['frame-rate']);
  });

  it('leaves a rule out that has too little to judge by', () => {
    const rules = judge(walk({ pose: () => null })).map(({ rule }) => rule);
    expect(rules).not.toContain('front-view');
    expect(rules).not.toContain('steady-body');
  });

  it('has a reason for every limit', () => {
    for (const { why } of WALK_RULES) expect(why.length).toBeGreaterThan(15);
  });
});
