/** What the network worker can be asked, and what it answers. Both ends import this and nothing more of each other. */
import type { BackendChoice, BackendPreference } from '../nets/backends.ts';
import type { Stretch } from '../nets/influence.ts';
import type { ModelManifest } from '../nets/manifest.ts';
import type { ModelSource } from './modelSource.ts';
import type { FrameBatch } from './networkInput.ts';

export interface PrepareOptions {
  model: ModelSource;
  /** Absolute URL of the folder with tfjs's wasm binaries, ending in a slash. */
  wasmUrl: string;
  preference: BackendPreference;
}

/** The network, ready to run. */
export interface NetworkReady {
  manifest: ModelManifest;
  choice: BackendChoice;
}

export interface PushReport {
  /** Frames of this walk that have gone through the network so far. */
  classified: number;
  /** Milliseconds of work on them. */
  workMs: number;
}

export interface NetworkResult {
  /** Cosines [3, parts], classes negative, neutral, positive; null for a walk without a pose. */
  logits: Float32Array | null;
  /** The same without each stretch of the walk: what that stretch did. Frames by their place among those pushed. */
  without: (Stretch & { logits: Float32Array })[];
  /** What the network saw: grey levels [frames, channels, 64, 44] in the order the frames came in. */
  maps: Uint8Array;
  timings: NetworkTimings;
}

/** Milliseconds of work in the worker, waiting left out. */
export interface NetworkTimings {
  mapsMs: number;
  classifyMs: number;
  frames: number;
}

/** For the test that nothing is left behind: tfjs's own count. */
export interface MemoryReport {
  tensors: number;
  bytes: number;
}

export interface NetworkFace {
  /** Loads the model and starts a backend that passes its self-test. `onProgress` hears the share of the files that has come. */
  prepare(options: PrepareOptions, onProgress: (share: number) => void): Promise<NetworkReady>;
  /** Starts a walk, and forgets one that was under way. */
  begin(): void;
  /**
   * Frames in the order of time: draws what the network sees of them and runs it.
   * Resolves when the work is done, so that a caller who waits never gets ahead of the device.
   */
  push(frames: FrameBatch): Promise<PushReport>;
  /** Ends the walk. */
  finish(): Promise<NetworkResult>;
  memory(): MemoryReport;
}
