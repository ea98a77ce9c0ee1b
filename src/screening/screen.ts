/**
 * One screening from end to end. Poses come from their source, each frame is judged as it comes, and the usable ones go on to the
 * network while the source still runs. When the last frame is in, left and right are settled over the whole walk, which then is
 * judged; where that makes other frames usable than those on their way, the network starts over. Then the answer is put together.
 */
import { rawAsymmetry } from '../gait/asymmetry.ts';
import { measureClinically } from '../gait/clinical.ts';
import { judgeFrame, judgeWalk, type FrameVerdict, type QualityFinding } from '../gait/quality.ts';
import { toSequence, type PictureSize, type PoseFrame } from '../gait/sequence.ts';
import { settleSides } from '../gait/sides.ts';
import { inputName, type ModelManifest } from '../nets/manifest.ts';
import type { WorkerBridge } from './bridge.ts';
import { classifyFeed, type Classified } from './classifyFeed.ts';
import type { NetworkFace, NetworkReady, NetworkResult } from './networkFace.ts';
import { FrameFeed } from './frameFeed.ts';
import type { UsableFrame } from './networkInput.ts';
import type { PoseSource } from './poseSource.ts';
import { ProgressMeter } from './progress.ts';
import { decideOutcome, isBlocked, toProbabilities } from './result.ts';
import type { Probabilities, Progress, Screening, StretchInfluence } from './screening.ts';
import { thresholdsOf } from './thresholds.ts';

/** Frames that may wait for the network: 16 seconds of walking. */
const FEED_LIMIT = 240;
/** What wasm on one thread needs a frame, for the first forecast. Milliseconds. */
const USUAL_FRAME_MS = 100;

export interface ScreenOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Each frame as it was judged when it came, for a live picture. */
  onFrame?: (frame: PoseFrame, verdict: FrameVerdict) => void;
  /** Frames that somebody left out, by their place in the walk: as if a rule had. */
  excluded?: ReadonlySet<number>;
}

/** What a screening works with. */
export interface ScreenTools {
  network: WorkerBridge<NetworkFace, NetworkReady>;
  /** Told when the graphics device is gone; the network worker it leads to must not use it again. */
  onDeviceLost(error: Error): void;
  manifest: ModelManifest;
  /** What the network needs a frame, where that is known already. Milliseconds. */
  expectedFrameMs: number | null;
  appVersion: string;
}

interface Watched {
  picture: PictureSize;
  /** Left and right settled. */
  frames: PoseFrame[];
  /** In how many of them they had been exchanged. */
  sidesSettled: number;
  verdicts: FrameVerdict[];
  findings: QualityFinding[];
  duration: number;
  poseMs: number;
}

/**
 * Screens one walk. Rejects with the source's error, the network's, or the signal's reason; whatever happens, the workers are free
 * for the next walk afterwards.
 */
export async function screenWalk(tools: ScreenTools, source: PoseSource, options: ScreenOptions = {}): Promise<Screening> {
  const started = performance.now();
  options.signal?.throwIfAborted();
  options.onProgress?.({ stage: 'preparing', share: 0, secondsLeft: null, sampled: 0 });
  const feed = new FrameFeed<UsableFrame>(FEED_LIMIT);
  const needsOutline = tools.manifest.input.kind === 'silhouette';
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const meter = new ProgressMeter({ networkFrameMs: tools.expectedFrameMs ?? USUAL_FRAME_MS });
  const progress = () => {
    if (!signal.aborted) options.onProgress?.(meter.report());
  };
  try {
    const watching = watch(source, feed, { meter, progress, signal, options, needsOutline }).then((watched) => {
      meter.watchedAll(feed.length);
      progress();
      feed.end();
      return watched;
    });
    const classifying = classifyFeed(tools, feed, {
      signal,
      onClassified: (frames, workMs) => {
        meter.classified(frames, workMs);
        progress();
      },
    });
    const [watched, classified] = await Promise.all([watching, classifying]);
    return assemble(tools, source, watched, classified, performance.now() - started);
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    feed.end();
  }
}

interface WatchContext {
  meter: ProgressMeter;
  progress: () => void;
  signal: AbortSignal;
  options: ScreenOptions;
  /** The model looks at outlines: a frame without one is of no use. */
  needsOutline: boolean;
}

const LEFT_OUT_BY_HAND: FrameVerdict = { usable: false, reason: 'by-hand' };

async function watch(source: PoseSource, feed: FrameFeed<UsableFrame>, context: WatchContext): Promise<Watched> {
  const { meter, progress, signal, options, needsOutline } = context;
  const judge = (frame: PoseFrame, index: number): FrameVerdict =>
    options.excluded?.has(index) ? LEFT_OUT_BY_HAND : judgeFrame(frame, picture, { needsOutline });
  const frames: PoseFrame[] = [];
  const verdicts: FrameVerdict[] = [];
  let picture: PictureSize = { width: 0, height: 0 };
  let waitedMs = 0;
  const end = await source.watch(
    {
      opened(facts) {
        picture = facts.picture;
        meter.expect(facts.expectedFrames);
        progress();
      },
      async frames(batch) {
        const usable: UsableFrame[] = [];
        for (const frame of batch) {
          const verdict = judge(frame, frames.length);
          frames.push(frame);
          verdicts.push(verdict);
          usable.push(...usableFrame(frame, verdict));
          options.onFrame?.(frame, verdict);
        }
        meter.watched(frames.length, feed.length + usable.length);
        progress();
        const waitFrom = performance.now();
        await feed.add(usable);
        waitedMs += performance.now() - waitFrom;
      },
    },
    signal,
  );
  const settled = settleSides(frames);
  const settledVerdicts = settled.map(judge);
  const sidesSettled = (end.sidesSettled ?? 0) + settled.filter((frame, index) => frame !== frames[index]).length;
  const findings = [...end.findings, ...judgeWalk(settled, settledVerdicts, picture)];
  if (settledVerdicts.some(({ usable }, index) => usable !== verdicts[index]?.usable)) {
    feed.replace(settled.flatMap((frame, index) => usableFrame(frame, settledVerdicts[index])));
  }
  const poseMs = Math.max(0, end.workMs - waitedMs);
  return { picture, frames: settled, sidesSettled, verdicts: settledVerdicts, findings, duration: end.duration, poseMs };
}

function influenceOf(without: NetworkResult['without'], { positive }: Probabilities, scale: number): StretchInfluence[] {
  return without.map(({ from, to, logits }) => ({ from, to, shift: positive - toProbabilities(logits, scale).positive }));
}

function usableFrame({ keypoints, silhouette }: PoseFrame, verdict: FrameVerdict | undefined): UsableFrame[] {
  return keypoints && verdict?.usable ? [{ keypoints, silhouette: silhouette ?? null }] : [];
}

function assemble(
  { manifest, appVersion }: ScreenTools,
  source: PoseSource,
  watched: Watched,
  { result, choice }: Classified,
  totalMs: number,
): Screening {
  const { picture, frames, sidesSettled, verdicts, findings, duration, poseMs } = watched;
  const { logits } = result;
  const { scale } = manifest.probability;
  const probabilities = logits && !isBlocked(findings) ? toProbabilities(logits, scale) : null;
  const usable = toSequence(
    frames,
    picture,
    verdicts.map((verdict) => verdict.usable),
  );
  const thresholds = thresholdsOf(manifest);
  const { mapsMs, classifyMs } = result.timings;
  return {
    outcome: decideOutcome(probabilities, findings, thresholds),
    probabilities,
    thresholds,
    logits,
    influence: probabilities ? influenceOf(result.without, probabilities, scale) : [],
    findings,
    measures: measureClinically(usable),
    asymmetry: usable.times.length > 0 ? rawAsymmetry(usable.keypoints) : null,
    counts: {
      sampled: frames.length,
      posed: frames.filter(({ keypoints }) => keypoints !== null).length,
      usable: verdicts.filter(({ usable }) => usable).length,
      sidesSettled,
    },
    duration,
    picture,
    frames,
    verdicts,
    maps: result.maps,
    model: {
      id: manifest.id,
      name: manifest.name,
      sha256: manifest.weights.sha256,
      trainedOn: manifest.training.data,
      simulated: manifest.training.simulated,
      calibrated: manifest.probability.calibrated,
    },
    backend: choice,
    poseModel: source.poseModel,
    input: inputName(manifest),
    framesPerSecond: manifest.cadence.framesPerSecond,
    appVersion,
    timings: { poseMs, classifyMs: classifyMs + mapsMs, mapsMs, totalMs },
  };
}
