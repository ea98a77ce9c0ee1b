/** The two seconds that show whether a place is right: a walk that is watched and not screened. */
import { CadencePicker, CLASSIFIER_RATE } from '../../gait/cadence.ts';
import { WalkWatcher, type LiveState } from '../../gait/live.ts';
import { judgeFrame } from '../../gait/quality.ts';
import type { Glance } from '../../screening/liveView.ts';
import { TEST_WALK_FRAMES } from './placeCheck.ts';

export class TestWalk {
  readonly #picker = new CadencePicker(CLASSIFIER_RATE, Infinity);
  #watcher: WalkWatcher | null = null;
  #usable: number | null = null;

  /** Usable frames of the latest walk that has ended; null before one has. */
  get usable(): number | null {
    return this.#usable;
  }

  get state(): LiveState | null {
    return this.#watcher?.state ?? null;
  }

  /** What the camera showed, in the order of time. After a walk the next one is waited for. */
  see({ frame, picture, light }: Glance): void {
    if (!this.#picker.take(frame.time)) return;
    this.#watcher ??= new WalkWatcher({ picture, wanted: TEST_WALK_FRAMES });
    this.#watcher.add(frame, judgeFrame(frame, picture), light);
    const { phase, usable } = this.#watcher.state;
    if (phase !== 'ended') return;
    this.#usable = usable;
    this.#watcher = null;
  }
}
