/** A page with nothing but the screener on it, for tests that hold it against a real browser without the interface. */
import { proxy } from 'comlink';
import { WorkerBridge } from '../../../src/screening/bridge.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import type { PoseModel } from '../../../src/pose/landmarker.ts';
import type { Extraction, PoseFace } from '../../../src/pose/poseFace.ts';
import type { KeypointWalk } from '../../../src/screening/poseSource.ts';
import { loadSampleWalk } from '../../../src/screening/sampleWalk.ts';
import { Screener } from '../../../src/screening/screener.ts';

declare global {
  interface Window {
    Screener: typeof Screener;
    sampleFrames: typeof sampleFrames;
    poseAlone: typeof poseAlone;
  }
}

/** The first frames of the sample walk. */
async function sampleFrames(count: number): Promise<KeypointWalk> {
  const { picture, frames } = await loadSampleWalk(document.baseURI);
  return { picture, frames: frames.slice(0, count) };
}

/** The pose worker by itself, warm, on one clip, with the model the screener uses: what a screening is measured against. */
async function poseAlone(
  file: File,
  model: PoseModel = 'full',
): Promise<{ frames: PoseFrame[]; extraction: Extraction; ms: number }> {
  const base = new URL('.', document.baseURI).href;
  const bridge = new WorkerBridge<PoseFace, void>({
    name: 'pose',
    start: () => new Worker(new URL('../../../src/screening/pose.worker.ts', import.meta.url), { type: 'module', name: 'pose' }),
    setUp: ({ face }) => face.prepare({ model, base }),
    graceMs: 0,
    idleMs: 60_000,
    silenceMs: 600_000,
  });
  try {
    return await bridge.run(async ({ face }) => {
      const frames: PoseFrame[] = [];
      const started = performance.now();
      const extraction = await face.extract(
        file,
        { model, base, framesPerSecond: 15, maxFrames: 720, outlines: false },
        proxy((batch: { frames: PoseFrame[] }) => void frames.push(...batch.frames)),
      );
      return { frames, extraction, ms: performance.now() - started };
    });
  } finally {
    bridge.close();
  }
}

window.Screener = Screener;
window.sampleFrames = sampleFrames;
window.poseAlone = poseAlone;
