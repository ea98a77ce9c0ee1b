/** A page with nothing but the screener and the importer on it, for tests that hold it against a real browser without the interface. */
import { proxy } from 'comlink';
import { WorkerBridge } from '../../../src/screening/bridge.ts';
import type { PoseFrame } from '../../../src/gait/sequence.ts';
import type { PoseModel } from '../../../src/pose/landmarker.ts';
import type { Extraction, PoseFace } from '../../../src/pose/poseFace.ts';
import type { KeypointWalk } from '../../../src/screening/poseSource.ts';
import { Importer } from '../../../src/screening/importer.ts';
import { loadSampleWalk } from '../../../src/screening/sampleWalk.ts';
import { Screener } from '../../../src/screening/screener.ts';

declare global {
  interface Window {
    Screener: typeof Screener;
    Importer: typeof Importer;
    timeImport: typeof timeImport;
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

/** One import from the file to the store: what recognising took, what each stage after it took, and all of it, in milliseconds. */
async function timeImport(file: File, importer: Importer): Promise<ImportTimes> {
  const started = performance.now();
  const { architecture } = await importer.recognise(file);
  const recognised = performance.now();
  const begun: { stage: string; at: number }[] = [];
  const preset = architecture.network === 'drf' ? 'drf-authors-118' : 'opengait-skeleton';
  const onStage = (stage: string) => void begun.push({ stage, at: performance.now() });
  await importer.import(file, { preset }, { onStage });
  const ended = performance.now();
  const stages = begun.map(({ stage, at }, index) => ({ stage, ms: (begun[index + 1]?.at ?? ended) - at }));
  return { recogniseMs: recognised - started, stages, totalMs: ended - started };
}

interface ImportTimes {
  recogniseMs: number;
  stages: { stage: string; ms: number }[];
  totalMs: number;
}

window.Screener = Screener;
window.Importer = Importer;
window.timeImport = timeImport;
window.sampleFrames = sampleFrames;
window.poseAlone = poseAlone;
