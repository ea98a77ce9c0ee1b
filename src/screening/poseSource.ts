/** Where a walk's poses come from: a video through the pose worker, or keypoints that are there already. */
import { CadencePicker } from '../gait/cadence.ts';
import type { QualityFinding } from '../gait/quality.ts';
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import type { PoseModelName } from './screening.ts';

/** What is known of a clip before its first frame. */
export interface ClipFacts {
  picture: PictureSize;
  /** Frames that will be looked at, as far as is known. */
  expectedFrames: number;
}

export interface PoseListener {
  /** Once, before the first frames. */
  opened(facts: ClipFacts): void;
  /** Frames in the order of time. The source waits for the promise before it goes on. */
  frames(frames: readonly PoseFrame[]): Promise<void>;
}

/** How the watching ended. */
export interface WatchEnd {
  /** Seconds from the first frame to the end of the last one. */
  duration: number;
  /** Decoding and pose, with whatever waiting the listener caused. Milliseconds. */
  workMs: number;
  /** What the source itself has to say about the clip, beside the rules of the walk. */
  findings: QualityFinding[];
  /** Frames whose left and right had been put right before they came. */
  sidesSettled?: number;
}

export interface PoseSource {
  poseModel: PoseModelName;
  /** Rejects with the signal's reason when aborted. */
  watch(listener: PoseListener, signal: AbortSignal): Promise<WatchEnd>;
}

/** A walk whose keypoints are known. */
export interface KeypointWalk {
  picture: PictureSize;
  frames: readonly PoseFrame[];
}

/** A walk without a picture: the sample, or a file of poses. Frames are picked by time, as from a video. */
export function sequenceSource(walk: KeypointWalk, cadence: { framesPerSecond: number; maxFrames: number }): PoseSource {
  const batch = 15;
  return {
    poseModel: 'none',
    async watch(listener, signal) {
      const picker = new CadencePicker(cadence.framesPerSecond, cadence.maxFrames);
      const frames = walk.frames.filter(({ time }) => picker.take(time));
      listener.opened({ picture: walk.picture, expectedFrames: frames.length });
      for (let at = 0; at < frames.length; at += batch) {
        signal.throwIfAborted();
        await listener.frames(frames.slice(at, at + batch));
      }
      signal.throwIfAborted();
      const last = frames[frames.length - 1];
      return { duration: last ? last.time + 1 / cadence.framesPerSecond : 0, workMs: 0, findings: [] };
    },
  };
}

/** A walk that was watched already: a screening, or what was kept of one. */
export interface WatchedWalk {
  picture: PictureSize;
  frames: readonly PoseFrame[];
  poseModel: PoseModelName;
  /** Seconds. */
  duration: number;
  findings: readonly QualityFinding[];
  counts: { sidesSettled: number };
}

/** Its frames as they were watched, sides settled, without running pose again. */
export function againSource({ picture, frames, poseModel, duration, findings, counts }: WatchedWalk): PoseSource {
  return {
    poseModel,
    async watch(listener, signal) {
      listener.opened({ picture, expectedFrames: frames.length });
      signal.throwIfAborted();
      await listener.frames(frames);
      const ofSource = findings.filter(({ rule }) => rule === 'file-complete');
      return { duration, workMs: 0, findings: ofSource, sidesSettled: counts.sidesSettled };
    },
  };
}
