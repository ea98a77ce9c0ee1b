/** The sentences for what can be wrong with a camera, in one place so that they sound alike. */
import { CaptureError } from '../errors.ts';

export function noCameras(): CaptureError {
  return new CaptureError(
    'camera-unsupported',
    'This browser gives the page no camera. Open the page over https or from this computer itself, in an up-to-date browser.',
  );
}

export function lostCamera(): CaptureError {
  return new CaptureError(
    'camera-lost',
    'The camera is gone: unplugged, or switched off. Plug it in again and start it once more.',
  );
}

/** It is there and gives no picture: some systems tell so little of one that was unplugged, or taken by another program. */
export function silentCamera(): CaptureError {
  return new CaptureError(
    'camera-lost',
    'The camera gives no picture any more. Close other programs that use it, or plug it in again, and start it once more.',
  );
}

/** `seconds` without a picture in the middle of a walk. */
export function interrupted(seconds: number): CaptureError {
  return new CaptureError(
    'camera-interrupted',
    `No picture came for ${seconds.toFixed(1)} s during the walk. Keep this page in front, close other programs, and repeat the walk.`,
  );
}

/** What `getUserMedia` rejects with, by the names that the Media Capture specification gives its exceptions. */
export function cameraProblem(cause: unknown): CaptureError {
  if (cause instanceof CaptureError) return cause;
  switch (cause instanceof Error ? cause.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return new CaptureError(
        'camera-refused',
        'The camera was refused. Allow it for this page, at the camera sign in the address bar or in the system’s settings, and try again.',
        { cause },
      );
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new CaptureError('camera-missing', 'The camera was not found. Plug it in, or choose another one.', { cause });
    case 'NotReadableError':
    case 'AbortError':
      return new CaptureError(
        'camera-busy',
        'The camera is in use by another program. Close video calls and other camera programs, and try again.',
        { cause },
      );
    default:
      return new CaptureError('camera-failed', 'The camera could not be started. Plug it in again, or choose another one.', {
        cause,
      });
  }
}
