/** A camera on the page: which one, whether it runs, and what it shows at this moment. Nothing of it is kept. */
import { Camera, listCameras, type CameraChoice } from '../../capture/camera/camera.ts';
import { CameraFrames } from '../../capture/camera/cameraFrames.ts';
import type { Glance, LiveView } from '../../screening/liveView.ts';
import type { Screener } from '../../screening/screener.ts';

/** Over how many glances their rate is measured. */
const RATE_OVER = 20;

export class CameraView {
  status = $state<'off' | 'starting' | 'on'>('off');
  /** What went wrong; null where nothing did. */
  problem = $state.raw<unknown>(null);
  cameras = $state.raw<CameraChoice[]>([]);
  camera = $state.raw<Camera | null>(null);
  /** The camera that was on last. */
  lastId: string | null = null;
  glance = $state.raw<Glance | null>(null);
  /** Glances a second, of late; null before it is known. */
  rate = $state<number | null>(null);
  /** The camera is on, and nobody looks at what it shows. */
  resting = false;
  /** Told of every glance. */
  onGlance: ((glance: Glance) => void) | null = null;
  /** Told when the camera is gone or can't be watched any more. */
  onFailure: ((error: Error) => void) | null = null;
  readonly #screener: Screener;
  readonly #times: number[] = [];
  #view: LiveView | null = null;
  #element: HTMLVideoElement | null = null;
  /** Counts starts and stops: what comes of an earlier one is none of this one's business. */
  #turn = 0;

  constructor(screener: Screener) {
    this.#screener = screener;
  }

  /** For the `<video>` that shows it: attached while the element lives, and anew with every camera, as an attachment runs as an effect. */
  readonly video = (element: HTMLVideoElement): (() => void) => {
    this.#element = element;
    if (this.camera) void this.#watch(this.camera, element, this.#turn);
    return () => {
      this.#element = null;
      this.#view?.stop();
    };
  };

  /** Starts the camera with this id, or any where that one is gone. */
  async start(id: string | null): Promise<void> {
    this.stop();
    const turn = ++this.#turn;
    this.status = 'starting';
    this.problem = null;
    try {
      const camera = await this.#open(id);
      if (turn !== this.#turn) {
        camera.close();
        return;
      }
      camera.onLost((error) => this.#fail(error, turn));
      this.camera = camera;
      this.lastId = camera.choice.id;
      this.cameras = await listCameras(navigator.mediaDevices);
    } catch (error) {
      this.#fail(error, turn);
    }
  }

  /** Looks no more, and leaves the camera on: what comes next needs the processor for itself. */
  rest(): void {
    this.#view?.stop();
    this.resting = true;
  }

  stop(): void {
    this.#turn += 1;
    this.#view?.stop();
    this.camera?.close();
    this.camera = null;
    this.glance = null;
    this.rate = null;
    this.#times.length = 0;
    this.status = 'off';
    this.resting = false;
  }

  /** From now on the person at this point of the picture is followed, in pixels. */
  follow(x: number, y: number): void {
    this.#view?.follow(x, y);
  }

  async #open(id: string | null): Promise<Camera> {
    if (id !== null) {
      const known = await listCameras(navigator.mediaDevices);
      if (known.some((camera) => camera.id === id)) return Camera.open(navigator.mediaDevices, id);
    }
    return Camera.open(navigator.mediaDevices);
  }

  async #watch(camera: Camera, element: HTMLVideoElement, turn: number): Promise<void> {
    try {
      element.srcObject = camera.stream;
      const view = await this.#screener.liveView();
      if (turn !== this.#turn || this.#element !== element) return;
      this.#view = view;
      // One that gives no picture never plays: that is for the frames to notice.
      const looking = view.run(new CameraFrames(element, isShown), (glance) => this.#see(glance, turn));
      await Promise.all([element.play(), looking]);
    } catch (error) {
      // An element that was taken away stops playing with an error.
      if (this.#element === element) this.#fail(error, turn);
    }
  }

  #see(glance: Glance, turn: number): void {
    if (turn !== this.#turn) return;
    this.status = 'on';
    this.glance = glance;
    this.#times.push(glance.frame.time);
    if (this.#times.length > RATE_OVER) this.#times.shift();
    const [first, last] = [this.#times[0], this.#times.at(-1)];
    if (first !== undefined && last !== undefined && last > first) this.rate = (this.#times.length - 1) / (last - first);
    this.onGlance?.(glance);
  }

  #fail(error: unknown, turn: number): void {
    if (turn !== this.#turn) return;
    this.stop();
    this.problem = error;
    this.onFailure?.(error instanceof Error ? error : new Error(String(error)));
  }
}

function isShown(): boolean {
  return document.visibilityState === 'visible';
}
