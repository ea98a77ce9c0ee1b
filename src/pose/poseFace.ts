/** What the pose worker can be asked, and what it answers: shared by the worker and by its caller, free of any engine. */
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import type { PoseModel } from './landmarker.ts';

export interface ExtractOptions {
  model: PoseModel;
  /** Absolute URL of the app's folder, ending in a slash: the worker's own file lies elsewhere. */
  base: string;
  /** Frames a second to sample, by time. */
  framesPerSecond: number;
  /** Samples no more than this. */
  maxFrames: number;
  /** Whether each frame's person is cut out of the picture as well. */
  outlines: boolean;
}

/** A few frames at a time, in the order of time. */
export interface PoseBatch {
  frames: PoseFrame[];
  /** The size of the upright picture: what the keypoints are measured in. */
  picture: PictureSize;
  /** Length of the clip as the file says, in seconds: for progress. */
  duration: number;
}

/** The whole clip, once it has been read. */
export interface Extraction {
  picture: PictureSize;
  /** Seconds, as the file says. */
  duration: number;
  /** Seconds from the first frame to the end of the last one that could be read. */
  readUntil: number;
  /** The file broke off at `readUntil`. */
  truncated: boolean;
  /** As WebCodecs' families are called: avc, vp9, … */
  codec: string;
  /** Frames sampled, and those of them in which the person was found. */
  sampled: number;
  posed: number;
  timings: {
    /** Loading and starting the model; 0 where it was ready. */
    startMs: number;
    /** Inside the pose model, all frames together. */
    poseMs: number;
    /** From the file to the last pose: with waiting for the decoder and for the receiver. */
    totalMs: number;
  };
}

export interface PoseFace {
  /** Loads the model ahead of the first clip. */
  prepare(options: Pick<ExtractOptions, 'model' | 'base'>): Promise<void>;
  /**
   * Finds the walking person in every sampled frame of a video. `onBatch` gets frames as they come; at most one call is
   * outstanding, so a receiver that takes its time slows the extraction down instead of piling up frames.
   */
  extract(file: Blob, options: ExtractOptions, onBatch: (batch: PoseBatch) => void | Promise<void>): Promise<Extraction>;
}
