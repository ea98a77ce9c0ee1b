/**
 * One walk in front of a camera, from the first glance to its result. Glances are thinned to the cadence of the network, judged, and
 * watched; as soon as the walk begins its frames go to the network, which works while the person walks, so that little is left to do when
 * the last frame is in.
 */
import { interrupted } from '../capture/camera/cameraProblem.ts';
import { CadencePicker } from '../gait/cadence.ts';
import { WalkWatcher, type LiveState } from '../gait/live.ts';
import { judgeFrame } from '../gait/quality.ts';
import type { PictureSize, PoseFrame } from '../gait/sequence.ts';
import type { Glance } from './liveView.ts';
import { LiveSource } from './liveSource.ts';
import type { PoseSource } from './poseSource.ts';
import type { PoseModelName, Screening } from './screening.ts';

export interface LiveWalkOptions {
  poseModel: PoseModelName;
  framesPerSecond: number;
  /** Usable frames after which the walk is enough. */
  wanted: number;
  /** Whether the network looks at outlines. */
  needsOutline: boolean;
  /** Screens what comes from the source; called once, when the walk begins. */
  screen: (source: PoseSource) => Promise<Screening>;
  /** Told of every change. */
  onState: (state: LiveState) => void;
}

/** No picture for so long, in the middle of a walk, is a walk with a hole: the page was hidden, or the camera hung. Seconds. */
const LONGEST_PAUSE = 1;

export class LiveWalk {
  /** Resolves when the walk has ended and was screened; rejects with what went wrong. */
  readonly result: Promise<Screening>;
  readonly #options: LiveWalkOptions;
  readonly #picker: CadencePicker;
  #resolve!: (screening: Promise<Screening>) => void;
  #reject!: (error: Error) => void;
  #picture: PictureSize | null = null;
  #watcher: WalkWatcher | null = null;
  #source: LiveSource | null = null;
  #lastTime: number | null = null;
  #over = false;

  constructor(options: LiveWalkOptions) {
    this.#options = options;
    // Waiting for a walk may take long: no limit on how many frames go by.
    this.#picker = new CadencePicker(options.framesPerSecond, Infinity);
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever cancels may not be waiting for it any more.
    this.result.catch(() => undefined);
  }

  /** What the camera showed, in the order of time. */
  see({ frame, picture, light }: Glance): void {
    if (this.#over || !this.#picker.take(frame.time)) return;
    const watcher = this.#watcherFor(picture);
    if (!watcher) return;
    const pause = frame.time - (this.#lastTime ?? frame.time);
    this.#lastTime = frame.time;
    if (watcher.state.phase === 'walking' && pause > LONGEST_PAUSE) {
      this.fail(interrupted(pause));
      return;
    }
    const verdict = judgeFrame(frame, picture, { needsOutline: this.#options.needsOutline });
    this.#pass(watcher.add(frame, verdict, light).map((watched) => watched.frame));
    this.#tell(watcher);
  }

  /** Begins at once, without waiting for a step. Before the first picture nothing can begin. */
  begin(): void {
    if (!this.#watcher || this.#over) return;
    this.#watcher.begin();
    this.#tell(this.#watcher);
  }

  /** Ends the walk and screens what there is. Before a walk began it changes nothing. */
  finish(): void {
    if (!this.#watcher || this.#over || this.#watcher.state.phase !== 'walking') return;
    this.#watcher.finish();
    this.#pass([]);
    this.#tell(this.#watcher);
  }

  /** Ends it without a result: the camera is gone, or somebody cancelled. */
  fail(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#source?.fail(error);
    this.#reject(error);
  }

  /** A turned camera has another picture: then the watching starts over, and a walk under way is cut off; null where that ends it. */
  #watcherFor(picture: PictureSize): WalkWatcher | null {
    const same = this.#picture?.width === picture.width && this.#picture.height === picture.height;
    if (this.#watcher && same) return this.#watcher;
    if (this.#watcher?.state.phase === 'walking') {
      this.finish();
      return null;
    }
    this.#picture = picture;
    this.#watcher = new WalkWatcher({ picture, wanted: this.#options.wanted });
    return this.#watcher;
  }

  /** Frames that belong to the walk go on to the network; the first of them start it. */
  #pass(frames: readonly PoseFrame[]): void {
    if (!this.#watcher || !this.#picture || this.#over) return;
    const { phase } = this.#watcher.state;
    if (!this.#source && (frames.length > 0 || phase === 'ended')) this.#source = this.#start(this.#picture);
    this.#source?.add(frames);
    if (phase !== 'ended') return;
    this.#over = true;
    this.#source?.end();
  }

  #start(picture: PictureSize): LiveSource {
    const { poseModel, wanted: expectedFrames, framesPerSecond, screen } = this.#options;
    const source = new LiveSource({ picture, poseModel, expectedFrames, framesPerSecond });
    this.#resolve(screen(source));
    return source;
  }

  #tell(watcher: WalkWatcher): void {
    this.#options.onState(watcher.state);
  }
}
