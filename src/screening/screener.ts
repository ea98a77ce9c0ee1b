/**
 * What the interface holds: one object that owns both workers, knows whether they are ready and on what they run, and screens
 * one walk after another. Everything below it (workers, bridges, networks) stays below it.
 */
import type { LiveState } from '../gait/live.ts';
import type { BackendAttempt, BackendChoice, BackendPreference } from '../nets/backends.ts';
import type { ModelManifest } from '../nets/manifest.ts';
import type { PoseFace } from '../pose/poseFace.ts';
import { rejectOnAbort } from './abort.ts';
import { WorkerBridge, type Guarded } from './bridge.ts';
import { isAbort, ScreeningError } from './errors.ts';
import { hear } from './hear.ts';
import { LiveView } from './liveView.ts';
import { LiveWalk } from './liveWalk.ts';
import { ModelShelf, type LocatedModel } from './modelShelf.ts';
import type { MemoryReport, NetworkFace, NetworkReady } from './networkFace.ts';
import { againSource, sequenceSource, type KeypointWalk, type PoseSource, type WatchedWalk } from './poseSource.ts';
import { loadSampleWalk, type SampleWalk } from './sampleWalk.ts';
import { screenWalk, type ScreenOptions } from './screen.ts';
import type { PoseModelName, Screening } from './screening.ts';
import { Turns } from './turns.ts';
import { videoSource } from './videoSource.ts';

export interface ScreenerOptions {
  /** The app's folder: `document.baseURI`. Models, pose model and binaries are below it. */
  base: string;
  appVersion: string;
  /** The model's id; the standard one where left out, and where there is no such model any more. */
  model?: string;
  /** `full` where left out: a file can wait for the more accurate model. */
  poseModel?: Exclude<PoseModelName, 'none'>;
  backend?: BackendPreference;
  /** Told of every change of `state`. */
  onState?: (state: ScreenerState) => void;
}

export type ScreenerState =
  | { status: 'new' }
  /** `share` of the model's files that has come, 0..1. */
  | { status: 'preparing'; share: number }
  | { status: 'ready'; manifest: ModelManifest; backend: BackendChoice }
  /** `prepare` or the next screening tries again. */
  | { status: 'failed'; error: Error };

/** A worker that nobody needs for five minutes gives its memory back; the model comes from the browser's cache next time. */
const IDLE_MS = 5 * 60_000;
/** How long an aborted walk may take to end by itself; the promise is that a cancel takes at most 300 ms. */
const GRACE_MS = 250;
/** A chunk on the plainest backend, or the download of an engine over a slow line, takes a minute or two without a sign. */
const SILENCE_MS = 4 * 60_000;

/** A camera can't wait: the quick model, at a small loss of accuracy. */
const LIVE_POSE_MODEL = 'lite';
/** Ten seconds hold about eight strides; a longer walk changes the result by less than another walk would. */
const LIVE_WALK_SECONDS = 10;

export interface LiveScreenOptions extends ScreenOptions {
  /** Told of every change of the walk: what to say to the person, and how far it is. */
  onState: (state: LiveState) => void;
}

export class Screener {
  /** The models there are to choose from. */
  readonly shelf: ModelShelf;
  readonly #base: string;
  readonly #appVersion: string;
  readonly #poseModel: Exclude<PoseModelName, 'none'>;
  readonly #wantedModel: string | undefined;
  readonly #onState: ((state: ScreenerState) => void) | undefined;
  readonly #network: WorkerBridge<NetworkFace, NetworkReady>;
  readonly #pose: WorkerBridge<PoseFace, void>;
  readonly #turns = new Turns();
  #backend: BackendPreference;
  /** Why the graphics device is out of the game, once it is. */
  #deviceLoss: string | null = null;
  #model: Promise<LocatedModel> | null = null;
  #sample: SampleWalk | null = null;
  #state: ScreenerState = { status: 'new' };
  #closed = false;

  constructor(options: ScreenerOptions) {
    this.#base = new URL('.', options.base).href;
    this.shelf = new ModelShelf(this.#base);
    this.#appVersion = options.appVersion;
    this.#wantedModel = options.model;
    this.#poseModel = options.poseModel ?? 'full';
    this.#backend = options.backend ?? 'auto';
    this.#onState = options.onState;
    this.#network = new WorkerBridge<NetworkFace, NetworkReady>({
      name: 'network',
      start: () => new Worker(new URL('./network.worker.ts', import.meta.url), { type: 'module', name: 'network' }),
      setUp: ({ face, alive }) => this.#setUpNetwork(face, alive),
      graceMs: GRACE_MS,
      idleMs: IDLE_MS,
      silenceMs: SILENCE_MS,
    });
    this.#pose = new WorkerBridge<PoseFace, void>({
      name: 'pose',
      start: () => new Worker(new URL('./pose.worker.ts', import.meta.url), { type: 'module', name: 'pose' }),
      setUp: ({ face }) => face.prepare({ model: this.#poseModel, base: this.#base }),
      graceMs: 0,
      idleMs: IDLE_MS,
      silenceMs: SILENCE_MS,
    });
  }

  get state(): ScreenerState {
    return this.#state;
  }

  /** Loads the model and starts both workers ahead of the first walk. Safe to call at any time; rejects as `screen` would. */
  async prepare(signal?: AbortSignal): Promise<void> {
    const ready = () => Promise.resolve();
    const both = () => Promise.all([this.#network.run(ready, signal), this.#pose.run(ready, signal)]);
    try {
      await this.#turns.share(both, signal);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /**
   * Takes another model, as soon as the walks under way have ended: the network worker starts anew with it and tests it. Where it can't
   * be used this rejects with the reason, and the former model is in use again.
   */
  useModel(id: string): Promise<void> {
    return this.#turns.alone(async () => {
      const next = await this.shelf.find(id);
      if (!next) throw new ScreeningError('model-missing', `There is no model "${id}" on this device. Choose another one.`);
      const former = this.#model;
      this.#model = Promise.resolve(next);
      this.#network.restart();
      try {
        await this.#network.run(() => Promise.resolve());
      } catch (error) {
        this.#model = former;
        this.#network.restart();
        this.prepare().catch(() => undefined);
        throw error;
      }
    });
  }

  /** Screens the walk in a video file. Rejects with CaptureError, PoseError, NetError or ScreeningError by name and code. */
  screen(file: Blob, options: ScreenOptions = {}): Promise<Screening> {
    return this.#screen(async ({ cadence, input }) => {
      const { framesPerSecond, maxFrames } = cadence;
      const outlines = input.kind === 'silhouette';
      const extraction = { model: this.#poseModel, base: this.#base, framesPerSecond, maxFrames, outlines };
      return videoSource(this.#pose, file, extraction);
    }, options);
  }

  /** Screens a walk whose keypoints are known already. */
  screenSequence(walk: KeypointWalk, options: ScreenOptions = {}): Promise<Screening> {
    return this.#screen((manifest) => Promise.resolve(keypointSource(walk, manifest)), options);
  }

  /** Screens a walk again without the frames that were left out by hand; pose isn't run again. */
  screenAgain(walk: WatchedWalk, excluded: ReadonlySet<number>, options: ScreenOptions = {}): Promise<Screening> {
    return this.#screen(() => Promise.resolve(againSource(walk)), { ...options, excluded });
  }

  /** Screens the built-in sample walk: keypoints, no video. */
  screenSample(options: ScreenOptions = {}): Promise<Screening> {
    return this.#screen(async (manifest) => {
      this.#sample ??= await loadSampleWalk(this.#base);
      return keypointSource(this.#sample, manifest);
    }, options);
  }

  /**
   * Eyes for a camera: run it with the camera's frames. It holds the pose worker while it runs, so a file has to wait until it is stopped.
   * Rejects where there is no model.
   */
  async liveView(): Promise<LiveView> {
    const { manifest } = await this.#loadModel();
    return new LiveView(this.#pose, { model: LIVE_POSE_MODEL, base: this.#base, outlines: manifest.input.kind === 'silhouette' });
  }

  /** A walk in front of that camera: hand it each glance. Its result is a screening like any other. */
  async liveWalk(options: LiveScreenOptions): Promise<LiveWalk> {
    const { manifest } = await this.#loadModel();
    const { onState, ...rest } = options;
    return new LiveWalk({
      poseModel: LIVE_POSE_MODEL,
      framesPerSecond: manifest.cadence.framesPerSecond,
      wanted: Math.min(LIVE_WALK_SECONDS * manifest.cadence.framesPerSecond, manifest.cadence.maxFrames),
      needsOutline: manifest.input.kind === 'silhouette',
      screen: (source) => this.#screen(() => Promise.resolve(source), rest),
      onState,
    });
  }

  /** tfjs's count in the network worker, for the test that nothing is left behind. */
  memory(): Promise<MemoryReport> {
    return this.#network.run(({ face }) => face.memory());
  }

  /** Ends both workers for good. */
  dispose(): void {
    this.#closed = true;
    this.#network.close();
    this.#pose.close();
  }

  #screen(makeSource: (manifest: ModelManifest) => Promise<PoseSource>, options: ScreenOptions): Promise<Screening> {
    return this.#turns.share(() => this.#screenNow(makeSource, options), options.signal);
  }

  async #screenNow(makeSource: (manifest: ModelManifest) => Promise<PoseSource>, options: ScreenOptions): Promise<Screening> {
    const { signal } = options;
    signal?.throwIfAborted();
    try {
      const { manifest } = await rejectOnAbort(this.#loadModel(), signal);
      const source = await rejectOnAbort(makeSource(manifest), signal);
      return await screenWalk(
        {
          network: this.#network,
          onDeviceLost: (error) => this.#giveUpDevice(error),
          manifest,
          expectedFrameMs: this.#state.status === 'ready' ? this.#state.backend.frameMs : null,
          appVersion: this.#appVersion,
        },
        source,
        options,
      );
    } finally {
      // An abort may have ended the workers: have them ready again before the next walk asks.
      if (signal?.aborted) this.prepare().catch(() => undefined);
    }
  }

  /** The manifest is wanted on the page as well: it says how many frames a second the pose worker samples. */
  async #loadModel(): Promise<LocatedModel> {
    this.#model ??= this.#locateModel();
    try {
      return await this.#model;
    } catch (error) {
      this.#model = null;
      throw this.#fail(error);
    }
  }

  async #locateModel(): Promise<LocatedModel> {
    const wanted = this.#wantedModel === undefined ? null : await this.shelf.find(this.#wantedModel);
    return wanted ?? this.shelf.standard();
  }

  async #setUpNetwork(face: Guarded<NetworkFace>, alive: () => void): Promise<NetworkReady> {
    this.#setState({ status: 'preparing', share: 0 });
    try {
      const { source, manifest } = await this.#loadModel();
      const onProgress = (share: number) => {
        alive();
        this.#setState({ status: 'preparing', share });
      };
      const options = { model: source, wasmUrl: new URL('tfjs/', this.#base).href, preference: this.#backend };
      const { choice } = await hear(onProgress, (heard) => face.prepare(options, heard));
      const backend = this.#deviceLoss ? withLoss(choice, this.#deviceLoss) : choice;
      this.#setState({ status: 'ready', manifest, backend });
      return { manifest, choice: backend };
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** From now on without the GPU: a device that went once goes again. */
  #giveUpDevice(error: Error): void {
    this.#deviceLoss = error.message;
    this.#backend = 'wasm';
    this.#network.restart(error);
  }

  #fail(error: unknown): Error {
    const known = error instanceof Error ? error : new Error(String(error));
    this.#setState(isAbort(known) ? { status: 'new' } : { status: 'failed', error: known });
    return known;
  }

  #setState(state: ScreenerState): void {
    if (this.#closed) return;
    this.#state = state;
    this.#onState?.(state);
  }
}

/** A walk without a picture has no outlines. */
function keypointSource(walk: KeypointWalk, { input, cadence }: ModelManifest): PoseSource {
  if (input.kind === 'skeleton-map') return sequenceSource(walk, cadence);
  throw new ScreeningError(
    'no-outlines',
    'The model in use looks at the outline of the body, and this walk is made of keypoints alone. Choose a video, or another model.',
  );
}

function withLoss(choice: BackendChoice, loss: string): BackendChoice {
  const lost: BackendAttempt = { name: 'webgpu', chosen: false, reason: loss, frameMs: null };
  return { ...choice, reason: `${loss} ${choice.reason}`, attempts: [lost, ...choice.attempts] };
}
