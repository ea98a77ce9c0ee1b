import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POSE_LENGTH } from '../../../src/gait/keypoint.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import { swapSides } from '../../../src/gait/sides.ts';
import type { BackendChoice } from '../../../src/nets/backends.ts';
import { NetError } from '../../../src/nets/errors.ts';
import { parseManifest } from '../../../src/nets/manifest.ts';
import { WorkerBridge } from '../../../src/screening/bridge.ts';
import type { NetworkFace, NetworkReady, NetworkResult, PushReport } from '../../../src/screening/networkFace.ts';
import type { FrameBatch } from '../../../src/screening/networkInput.ts';
import { againSource, sequenceSource, type PoseSource } from '../../../src/screening/poseSource.ts';
import { screenWalk, type ScreenTools } from '../../../src/screening/screen.ts';
import type { Progress } from '../../../src/screening/screening.ts';
import { makeTinyModel } from '../../tinyModel.ts';
import { makeSampleWalk } from '../../../trainer/simulate/sampleWalk.ts';
import { parseSampleWalk } from '../../../src/screening/sampleWalk.ts';
import { FakeWorker } from './fakeWorker.ts';

const sample = parseSampleWalk(makeSampleWalk());
const manifest = parseManifest((await makeTinyModel()).manifest);
const cadence = manifest.cadence;
const choice: BackendChoice = {
  name: 'webgpu',
  threads: 1,
  adapter: null,
  reason: 'Passed.',
  frameMs: 1,
  error: 0,
  attempts: [],
};

const pause = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A network whose logits say how many poses it saw, and that can be told to misbehave. */
class FakeNetwork {
  poses = 0;
  begun = 0;
  onPush: (() => Promise<void>) | null = null;

  begin(): void {
    this.begun += 1;
    this.poses = 0;
  }

  async push({ poses }: FrameBatch): Promise<PushReport> {
    await this.onPush?.();
    this.poses += poses.length / POSE_LENGTH;
    return { classified: this.poses, workMs: this.poses };
  }

  finish(): NetworkResult {
    const logits = this.poses > 0 ? Float32Array.from({ length: 48 }, (_, at) => (at < 32 ? 0 : 0.5)) : null;
    const maps = new Uint8Array(this.poses);
    return { logits, without: [], maps, timings: { mapsMs: 1, classifyMs: 2, frames: this.poses } };
  }
}

let networks: FakeNetwork[] = [];
let workers: FakeWorker[] = [];
let losses: Error[] = [];
let tools: ScreenTools;
/** What every new network does. */
let onPush: ((network: FakeNetwork) => Promise<void>) | null = null;

beforeEach(() => {
  networks = [];
  workers = [];
  losses = [];
  onPush = null;
  const network = new WorkerBridge<NetworkFace, NetworkReady>({
    name: 'network',
    start: () => {
      const fake = new FakeNetwork();
      fake.onPush = async () => onPush?.(fake);
      networks.push(fake);
      const worker = new FakeWorker(fake);
      workers.push(worker);
      return worker;
    },
    setUp: () => Promise.resolve({ manifest, choice: { ...choice, name: networks.length === 1 ? 'webgpu' : 'wasm' } }),
    graceMs: 150,
    idleMs: 60_000,
    silenceMs: 60_000,
  });
  const onDeviceLost = (error: Error) => {
    losses.push(error);
    network.restart(error);
  };
  tools = { network, onDeviceLost, manifest, expectedFrameMs: null, appVersion: '1.2.3' };
});

afterEach(() => tools.network.close());

const walk = () => sequenceSource(sample, cadence);

/** The sample walk as a video would give it: batch by batch, with a gate before each. */
function gatedSource(gate: (batch: number) => Promise<void>, size = 16, frames = sample.frames): PoseSource {
  return {
    poseModel: 'lite',
    async watch(listener, signal) {
      listener.opened({ picture: sample.picture, expectedFrames: frames.length });
      for (let at = 0; at < frames.length; at += size) {
        await gate(at / size);
        signal.throwIfAborted();
        await listener.frames(frames.slice(at, at + size));
      }
      return { duration: 5, workMs: 100, findings: [] };
    },
  };
}

describe('a screening', () => {
  it('puts together everything the result depends on', async () => {
    const result = await screenWalk(tools, walk());
    const frames = sample.frames.length;
    expect(result).toMatchObject({
      outcome: 'refer',
      counts: { sampled: frames, posed: frames, usable: frames, sidesSettled: 0 },
      picture: sample.picture,
      model: { id: 'tiny', sha256: manifest.weights.sha256, simulated: true, calibrated: false },
      backend: { name: 'webgpu' },
      poseModel: 'none',
      input: 'sigma15_joint8-bodyonly',
      framesPerSecond: 15,
      appVersion: '1.2.3',
      timings: { poseMs: 0, mapsMs: 1, classifyMs: 3 },
    });
    expect(result.frames).toHaveLength(frames);
    expect(result.verdicts).toHaveLength(frames);
    expect(result.maps).toHaveLength(frames);
    expect(result.probabilities!.positive).toBeGreaterThan(0.9);
  });

  it('classifies while the poses are still coming', async () => {
    let seenEarly = 0;
    const source = gatedSource(async (batch) => {
      if (batch !== 2) return;
      await pause(50);
      seenEarly = networks[0]!.poses;
    });
    const { counts } = await screenWalk(tools, source);
    expect(seenEarly).toBe(32);
    expect(counts.usable).toBe(sample.frames.length);
  });

  it('tells each frame with its verdict, and progress that never goes back', async () => {
    const frames: [number, boolean][] = [];
    const progress: Progress[] = [];
    await screenWalk(tools, walk(), {
      onFrame: ({ time }, { usable }) => void frames.push([time, usable]),
      onProgress: (step) => void progress.push(step),
    });
    expect(frames).toEqual(sample.frames.map(({ time }) => [time, true]));
    expect(progress[0]).toMatchObject({ stage: 'preparing', share: 0 });
    expect(progress.at(-1)).toMatchObject({ stage: 'classifying', share: 1, secondsLeft: 0 });
    const shares = progress.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('puts right, and counts, the frames whose left and right were exchanged', async () => {
    const mirrored = [10, 11, 12];
    const frames = sample.frames.map((frame, index) =>
      mirrored.includes(index) && frame.keypoints ? { ...frame, keypoints: swapSides(frame.keypoints) } : frame,
    );
    const result = await screenWalk(tools, sequenceSource({ picture: sample.picture, frames }, cadence));
    expect(result.counts).toMatchObject({ usable: frames.length, sidesSettled: mirrored.length });
    for (const index of mirrored) expect(result.frames[index]!.keypoints).toEqual(sample.frames[index]!.keypoints);
  });

  it('measures the body beside the answer', async () => {
    const { measures, asymmetry } = await screenWalk(tools, walk());
    expect(measures.map(({ name }) => name)).toContain('shoulder-tilt');
    expect(asymmetry).toHaveLength(24);
  });

  it('is made again without the frames that were left out by hand, and with what was known of its source', async () => {
    const mirrored = sample.frames.map((frame, index) =>
      index === 3 && frame.keypoints ? { ...frame, keypoints: swapSides(frame.keypoints) } : frame,
    );
    const first = await screenWalk(tools, sequenceSource({ picture: sample.picture, frames: mirrored }, cadence));
    const brokenOff = {
      rule: 'file-complete',
      passed: false,
      severity: 'warns',
      value: 5,
      threshold: 9,
      unit: 's',
      facts: {},
    } as const;
    const known = { ...first, poseModel: 'full' as const, findings: [...first.findings, brokenOff] };
    const again = await screenWalk(tools, againSource(known), { excluded: new Set([0, 1, 40]) });
    expect(again.counts).toEqual({ ...first.counts, usable: first.counts.usable - 3 });
    expect([0, 1, 2, 40].map((index) => again.verdicts[index]?.reason)).toEqual(['by-hand', 'by-hand', null, 'by-hand']);
    expect(again.maps).toHaveLength(first.counts.usable - 3);
    expect(again).toMatchObject({ poseModel: 'full', duration: first.duration });
    expect(again.findings).toContainEqual(brokenOff);
    const shares = (of: typeof first, rule: string) => of.findings.find((finding) => finding.rule === rule)?.value;
    expect(shares(again, 'front-view')).toBe(shares(first, 'front-view'));

    const back = await screenWalk(tools, againSource(again), { excluded: new Set() });
    expect(back.counts).toEqual(first.counts);
    expect(back.verdicts).toEqual(first.verdicts);
  });

  it('is not assessable where too many frames were left out by hand, and says so', async () => {
    const first = await screenWalk(tools, walk());
    const excluded = new Set(first.frames.map((_, index) => index).slice(10));
    const again = await screenWalk(tools, againSource(first), { excluded });
    expect(again.outcome).toBe('not-assessable');
    expect(again.findings.find(({ rule }) => rule === 'usable-frames')?.facts).toMatchObject({ mostly: 'by-hand' });
  });

  it('is not assessable without a person, and says so instead of answering', async () => {
    const nobody: PoseFrame[] = sample.frames.map(({ time }) => ({ time, people: 0, keypoints: null }));
    const result = await screenWalk(tools, sequenceSource({ picture: sample.picture, frames: nobody }, cadence));
    expect(result).toMatchObject({ outcome: 'not-assessable', probabilities: null, logits: null });
    expect(result.counts).toEqual({ sampled: nobody.length, posed: 0, usable: 0, sidesSettled: 0 });
    expect(result.findings.some(({ passed, severity }) => !passed && severity === 'blocks')).toBe(true);
  });

  describe('when the pose model swaps left and right now and then', () => {
    const isSwapped = (index: number) => index % 5 === 2;
    const swapped = sample.frames.map((frame, index) =>
      isSwapped(index) ? { ...frame, keypoints: swapSides(frame.keypoints!) } : frame,
    );
    // Slow enough for the network to be at work when the last frame comes.
    const source = () => gatedSource(() => pause(15).then(() => undefined), 16, swapped);

    it('settles the sides of the whole walk, and gives the network every frame of it', async () => {
      const seenLive: boolean[] = [];
      const result = await screenWalk(tools, source(), {
        onFrame: (_, { usable }) => void seenLive.push(usable),
      });
      const frames = sample.frames.length;
      expect(seenLive).toEqual(sample.frames.map((_, index) => !isSwapped(index)));
      expect(result).toMatchObject({ outcome: 'refer', counts: { usable: frames } });
      expect(result.frames).toEqual(sample.frames);
      expect(result.maps).toHaveLength(frames);
      expect(networks[0]!).toMatchObject({ begun: 2, poses: frames });
      expect(workers).toHaveLength(1);
    });

    it('survives a device lost on the second way', async () => {
      onPush = (network) =>
        network === networks[0] && network.begun === 2
          ? Promise.reject(new NetError('device-lost', 'The graphics device went away.'))
          : Promise.resolve();
      const result = await screenWalk(tools, source());
      expect(networks[1]!.poses).toBe(sample.frames.length);
      expect(result).toMatchObject({ outcome: 'refer', backend: { name: 'wasm' } });
    });

    it('asks the network once where nothing was swapped', async () => {
      await screenWalk(tools, walk());
      expect(networks[0]!.begun).toBe(1);
    });
  });

  it('keeps the logits of a walk that is not assessable, without an answer', async () => {
    const short = { picture: sample.picture, frames: sample.frames.slice(0, 8) };
    const result = await screenWalk(tools, sequenceSource(short, cadence));
    expect(result).toMatchObject({ outcome: 'not-assessable', probabilities: null });
    expect(result.logits).toHaveLength(48);
  });

  it("fails with the source's error, and the next walk is screened by the same worker", async () => {
    const broken = gatedSource((batch) => {
      if (batch === 2) throw Object.assign(new Error('The file breaks off.'), { code: 'damaged' });
      return Promise.resolve();
    });
    await expect(screenWalk(tools, broken)).rejects.toMatchObject({ code: 'damaged' });
    expect((await screenWalk(tools, walk())).outcome).toBe('refer');
    expect(workers).toHaveLength(1);
  });

  it("fails with the network's error, and stops the source", async () => {
    onPush = () => Promise.reject(new NetError('backend-wrong', 'Wrong.'));
    let reached = 0;
    const source = gatedSource(async (batch) => {
      reached = batch;
      await pause(10);
    }, 4);
    await expect(screenWalk(tools, source)).rejects.toMatchObject({ code: 'backend-wrong' });
    const before = reached;
    await pause(60);
    expect(reached - before).toBeLessThanOrEqual(1);
  });

  it('is cancelled at once, whatever the workers do', async () => {
    const stuck = new Promise<void>((resolve) => {
      onPush = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    const control = new AbortController();
    const cancelled = screenWalk(tools, walk(), { signal: control.signal });
    await stuck;
    const started = performance.now();
    control.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - started).toBeLessThan(300);
    onPush = null;
    expect((await screenWalk(tools, walk())).outcome).toBe('refer');
    expect(workers[0]!.terminated).toBe(true);
  });

  it('keeps the worker of a cancelled walk that comes to its end by itself', async () => {
    const control = new AbortController();
    const cancelled = screenWalk(
      tools,
      gatedSource(() => pause(3) as Promise<void>, 4),
      { signal: control.signal },
    );
    await pause(15);
    control.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    await screenWalk(tools, walk());
    expect(workers).toHaveLength(1);
  });

  it('does not begin when it was cancelled before', async () => {
    await expect(screenWalk(tools, walk(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers).toHaveLength(0);
  });

  it('holds the source back while the network lags', async () => {
    onPush = () => new Promise(() => undefined);
    const long = { picture: sample.picture, frames: repeat(sample.frames, 12) };
    let watched = 0;
    const control = new AbortController();
    const screening = screenWalk(tools, sequenceSource(long, cadence), {
      signal: control.signal,
      onFrame: () => void (watched += 1),
    });
    await pause(80);
    expect(watched).toBeGreaterThanOrEqual(240);
    expect(watched).toBeLessThan(280);
    control.abort();
    await expect(screening).rejects.toMatchObject({ name: 'AbortError' });
  });

  describe('when the graphics device is lost', () => {
    const loseIn = (lost: (network: FakeNetwork) => boolean) => {
      onPush = (network) =>
        lost(network) ? Promise.reject(new NetError('device-lost', 'The graphics device went away.')) : Promise.resolve();
    };

    it('starts over on a new worker with every pose, and says on what it ended', async () => {
      loseIn((network) => network === networks[0] && network.poses >= 24);
      const result = await screenWalk(tools, walk());
      expect(losses).toHaveLength(1);
      expect(networks[1]!.poses).toBe(sample.frames.length);
      expect(result).toMatchObject({ outcome: 'refer', backend: { name: 'wasm' } });
      expect(result.maps).toHaveLength(sample.frames.length);
    });

    it('gives up when the new one is lost as well', async () => {
      loseIn(() => true);
      await expect(screenWalk(tools, walk())).rejects.toMatchObject({ code: 'device-lost' });
      expect(networks).toHaveLength(2);
    });
  });
});

function repeat(frames: readonly PoseFrame[], times: number): PoseFrame[] {
  const length = frames.at(-1)!.time + 1 / 15;
  return Array.from({ length: times }, (_, round) =>
    frames.map((frame) => ({ ...frame, time: frame.time + round * length })),
  ).flat();
}
