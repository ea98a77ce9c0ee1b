import { describe, expect, it } from 'vitest';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { LiveSource } from '../../../src/screening/liveSource.ts';
import type { ClipFacts } from '../../../src/screening/poseSource.ts';

const at = (...times: number[]): PoseFrame[] => times.map((time) => ({ time, people: 1, keypoints: null }));

function begin() {
  const source = new LiveSource({
    picture: { width: 640, height: 360 },
    poseModel: 'lite',
    expectedFrames: 150,
    framesPerSecond: 10,
  });
  const opened: ClipFacts[] = [];
  const times: number[] = [];
  const abort = new AbortController();
  const listener = {
    opened: (facts: ClipFacts) => void opened.push(facts),
    frames: async (frames: readonly PoseFrame[]) => void times.push(...frames.map(({ time }) => time)),
  };
  const watching = source.watch(listener, abort.signal);
  watching.catch(() => undefined);
  return { source, watching, opened, times, abort };
}

describe('a walk in front of a camera, as a source', () => {
  it('begins at 0, whatever the camera’s clock shows, and is as long as its frames', async () => {
    const { source, watching, opened, times } = begin();
    const first = at(1000, 1000.5);
    source.add(first);
    source.add(at(1001.25));
    source.end();
    expect(await watching).toEqual({ duration: 1.25 + 0.1, workMs: 0, findings: [] });
    expect(times).toEqual([0, 0.5, 1.25]);
    expect(opened).toEqual([{ picture: { width: 640, height: 360 }, expectedFrames: 150 }]);
    // The frames are still those of the camera.
    expect(first[0]!.time).toBe(1000);
  });

  it('gives frames while the walk goes on', async () => {
    const { source, watching, times } = begin();
    source.add([]);
    source.add(at(5));
    await new Promise((resolve) => setTimeout(resolve));
    expect(times).toEqual([0]);
    source.add(at(6));
    source.end();
    await watching;
    expect(times).toEqual([0, 1]);
  });

  it('without a frame has no length', async () => {
    const { source, watching } = begin();
    source.end();
    expect((await watching).duration).toBe(0);
  });

  it('that can’t go on ends with its error, and not with what comes after it', async () => {
    const { source, watching } = begin();
    source.add(at(5));
    source.fail(new Error('gone'));
    source.end();
    await expect(watching).rejects.toThrow('gone');
  });

  it('is watched no longer than somebody wants to', async () => {
    const { watching, abort } = begin();
    abort.abort(new Error('enough'));
    await expect(watching).rejects.toThrow('enough');
  });
});
