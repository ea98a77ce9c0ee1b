import { describe, expect, it } from 'vitest';
import type { OpenBackend } from '../../../src/nets/backends.ts';
import type { ScoNetClassifier } from '../../../src/nets/classifier.ts';
import { checkGolden, largestDifference, runSelfTest } from '../../../src/nets/selfTest.ts';
import { TINY } from '../../tinyModel.ts';

const RIGHT = Float32Array.of(0.1, -0.2, 0.3);
const FRAME = 4;
const CHUNK = 8;

/** What the walks of a pretended classifier saw. */
interface Seen {
  frames: number[];
  cancelled: number;
}

/** A classifier that is right about walks of one chunk, and answers `later` to longer ones. */
function pretend(later: Float32Array): { classifier: ScoNetClassifier; seen: Seen } {
  const seen: Seen = { frames: [], cancelled: 0 };
  const disposable = { dispose: () => undefined };
  const classifier = {
    chunkFrames: CHUNK,
    frameLength: FRAME,
    chunkFeatures: () => disposable,
    walkLogits: () => disposable,
    begin: () => {
      let frames = 0;
      return {
        push: (maps: Uint8Array) => void (frames += maps.length / FRAME),
        finish: () => {
          seen.frames.push(frames);
          return Promise.resolve(frames > CHUNK ? later : RIGHT);
        },
        cancel: () => void (seen.cancelled += 1),
      };
    },
  };
  return { classifier: classifier as unknown as ScoNetClassifier, seen };
}

const backend: OpenBackend = {
  threads: 1,
  adapter: null,
  note: '',
  lost: null,
  activate: () => Promise.resolve(),
  compile: async (run) => run(),
  settle: () => Promise.resolve(),
  close: () => undefined,
};

const golden = (frames: number) => ({
  golden: { maps: new Uint8Array(frames * FRAME), asymmetry: null, logits: RIGHT },
  tolerance: 1e-3,
});

describe('self-test', () => {
  it.each([1, 3, 8, 9, 20])('runs a sample of %i frames over more than one chunk', async (frames) => {
    const { classifier, seen } = pretend(RIGHT);
    await runSelfTest(classifier, golden(frames), backend, false);
    expect(seen.frames).toHaveLength(1);
    expect(seen.frames[0]).toBeGreaterThan(CHUNK);
    expect(seen.frames[0]! % frames).toBe(0);
  });

  it('refuses an engine that is right about one chunk and wrong about two', async () => {
    const { classifier, seen } = pretend(Float32Array.of(0.1, -0.2, 0.5));
    const failing = runSelfTest(classifier, golden(3), backend, true);
    await expect(failing).rejects.toMatchObject({ code: 'backend-wrong' });
    await expect(failing).rejects.toThrow('its logits are off by 0.20, and 0.001 is allowed');
    expect(seen.cancelled).toBe(1);
  });

  it('refuses logits that are no numbers', async () => {
    const { classifier } = pretend(Float32Array.of(NaN, NaN, NaN));
    await expect(runSelfTest(classifier, golden(3), backend, false)).rejects.toThrow('its logits are no numbers');
  });

  it('takes what is within the tolerance, and says how far off it was', async () => {
    const { classifier } = pretend(Float32Array.of(0.1, -0.2, 0.3005));
    const { error } = await runSelfTest(classifier, golden(3), backend, false);
    expect(error).toBeCloseTo(5e-4, 6);
  });

  it.each([
    ['what seems slow, and takes its second time', true, [0, 9000, 9000, 9160], 2, 10],
    ['what is fast, once', true, [0, 160], 1, 10],
    ['what isn’t chosen for its speed, once', false, [0, 9600], 1, 600],
  ] as const)('times %s', async (_, timed, clock, runs, frameMs) => {
    const { classifier, seen } = pretend(RIGHT);
    const times = [...clock];
    const trial = await runSelfTest(classifier, golden(3), backend, timed, () => times.shift()!);
    expect(seen.frames).toHaveLength(runs);
    expect(trial.frameMs).toBe(frameMs);
  });
});

describe('largest difference', () => {
  it('is infinite for other lengths and for what is no number', () => {
    expect(largestDifference(Float32Array.of(1), Float32Array.of(1, 2))).toBe(Infinity);
    expect(largestDifference(Float32Array.of(1, NaN), Float32Array.of(1, 2))).toBe(Infinity);
  });
});

describe('golden sample', () => {
  it.each([
    ['no frame', 0, 48, null],
    ['half a frame', 2 * 64 * 22, 48, null],
    ['other logits', 2 * 64 * 44, 47, null],
    ['an asymmetry vector no ScoNet has', 2 * 64 * 44, 48, new Float32Array(24)],
  ])('is refused with %s', (_, maps, logits, asymmetry) => {
    const sample = { maps: new Uint8Array(maps), asymmetry, logits: new Float32Array(logits) };
    expect(() => checkGolden(sample, TINY)).toThrow(expect.objectContaining({ code: 'weights-mismatch' }));
  });
});
