/**
 * A webcam. The whole picture is asked for: a browser that crops to the wished-for shape cuts off the legs (`resizeMode: 'none'`). Nothing
 * is recorded here; what becomes of the pictures is for others to say.
 */
import { cameraProblem, lostCamera, noCameras } from './cameraProblem.ts';
import type { CaptureError } from '../errors.ts';
import type { PictureSize } from '../../gait/sequence.ts';

export interface CameraChoice {
  id: string;
  /** Empty until the browser has been allowed to use a camera once. */
  label: string;
}

/** What of the browser a camera needs: its `mediaDevices`, undefined where the page isn't served securely. */
export type CameraDevices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> | undefined;

/** The cameras there are. Throws {@link CaptureError} `camera-unsupported`. */
export async function listCameras(devices: CameraDevices): Promise<CameraChoice[]> {
  if (!devices) throw noCameras();
  const all = await devices.enumerateDevices();
  return all.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }));
}

export class Camera {
  #onLost: ((error: CaptureError) => void) | null = null;
  #lost: CaptureError | null = null;

  private constructor(
    readonly stream: MediaStream,
    readonly track: MediaStreamTrack,
  ) {
    // Only an end that isn't our own `stop` makes this event.
    track.addEventListener('ended', () => {
      this.#lost = lostCamera();
      this.#onLost?.(this.#lost);
    });
  }

  /**
   * Opens a camera, the one with this id or any; asks for permission where that wasn't given. Throws {@link CaptureError}
   * `camera-unsupported`, `camera-refused`, `camera-missing`, `camera-busy` or `camera-failed`.
   */
  static async open(devices: CameraDevices, id: string | null = null): Promise<Camera> {
    if (!devices) throw noCameras();
    const video = {
      ...(id !== null && { deviceId: { exact: id } }),
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30 },
      resizeMode: { ideal: 'none' },
    };
    try {
      const stream = await devices.getUserMedia({ audio: false, video });
      const [track] = stream.getVideoTracks();
      if (!track) throw noCameras();
      return new Camera(stream, track);
    } catch (cause) {
      throw cameraProblem(cause);
    }
  }

  /** Of the camera itself, for the next time. */
  get choice(): CameraChoice {
    return { id: this.track.getSettings().deviceId ?? '', label: this.track.label };
  }

  /** As the camera says; the pictures themselves are what counts. */
  get picture(): PictureSize {
    const { width = 0, height = 0 } = this.track.getSettings();
    return { width, height };
  }

  /** Frames a second, as the camera says; null where it doesn't. */
  get frameRate(): number | null {
    return this.track.getSettings().frameRate ?? null;
  }

  /** Called once, when the camera is unplugged, or taken away by the person or the system; at once where that has happened already. */
  onLost(listener: (error: CaptureError) => void): void {
    this.#onLost = listener;
    if (this.#lost) listener(this.#lost);
  }

  /** Turns the camera off. */
  close(): void {
    this.#onLost = null;
    for (const track of this.stream.getTracks()) track.stop();
  }
}
