/** What the pose worker can be asked, and what it answers: shared by the worker and by its caller, free of any engine. */
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import type { PoseModel } from './landmarker.ts';
import type { PicturePoint } from './people.ts';

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

/** How a camera is looked at. */
export type LiveOptions = Pick<ExtractOptions, 'model' | 'base' | 'outlines'>;

/** What one picture of a camera showed. */
export interface Glance {
  frame: PoseFrame;
  /** Everybody found, 17×3 each, the person followed among them. */
  found: Float32Array[];
  /** The size of the picture: what keypoints are measured in. */
  picture: PictureSize;
  /** Mean brightness, 0 black to 1 white. */
  light: number;
}

export interface PoseFace {
  /** Loads the model ahead of the first clip. */
  prepare(options: Pick<ExtractOptions, 'model' | 'base'>): Promise<void>;
  /**
   * Finds the walking person in every sampled frame of a video. `onBatch` gets frames as they come; at most one call is
   * outstanding, so a receiver that takes its time slows the extraction down instead of piling up frames.
   */
  extract(file: Blob, options: ExtractOptions, onBatch: (batch: PoseBatch) => void | Promise<void>): Promise<Extraction>;
  /** Begins to look at a camera, with no memory of anything before. */
  startLive(options: LiveOptions): Promise<void>;
  /** Looks at the next picture and closes it; `time` in seconds, growing from call to call. Rejects before `startLive`. */
  look(image: VideoFrame, time: number): Promise<Glance>;
  /** From now on the person nearest to this point of the picture is followed, in pixels. */
  follow(point: PicturePoint): Promise<void>;
}
