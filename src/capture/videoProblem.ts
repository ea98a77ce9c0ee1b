/** The sentences for what can be wrong with a video file, in one place so that they sound alike. */
import { CaptureError } from './errors.ts';

/** A clip shorter than this holds no stride. Seconds. */
export const SHORTEST_CLIP = 1;

/** Containers count in milliseconds or coarser: a clip of one second may come out a little shorter. */
const ROUNDING = 0.01;

export function isTooShort(duration: number): boolean {
  return duration < SHORTEST_CLIP - ROUNDING;
}

const seconds = (value: number): string => `${value.toFixed(1)} s`;

export function emptyFile(): CaptureError {
  return new CaptureError(
    'empty-file',
    'The file is empty: it holds no bytes. Copy it from the camera again, or choose another.',
  );
}

export function unreadableFile(cause: unknown): CaptureError {
  return new CaptureError(
    'unreadable',
    'The file can no longer be read. It may have been moved, changed or unplugged since it was chosen: choose it again.',
    { cause },
  );
}

/** `kind` is what the first bytes say it is instead ("a picture"); null where they say nothing. */
export function notAVideo(kind: string | null, cause?: unknown): CaptureError {
  const what =
    kind === null ? 'This file is not a video that can be opened.' : `This file is ${kind}, which can't be opened here.`;
  return new CaptureError('not-a-video', `${what} Choose a video in MP4, MOV, WebM or MKV.`, { cause });
}

export function noVideoTrack(): CaptureError {
  return new CaptureError('no-video-track', 'This file has sound but no picture. Choose the video of the walk.');
}

/** `codec` as the container names it, e.g. "hevc"; null where unknown. */
export function undecodable(codec: string | null): CaptureError {
  if (codec === 'hevc') {
    return new CaptureError(
      'codec-unsupported',
      "This video is recorded as HEVC (H.265), which this browser can't decode. On an iPhone, set Settings › Camera › Formats to " +
        '"Most Compatible" and record the walk again, or convert the video to H.264 (MP4).',
    );
  }
  const name =
    codec === null ? 'in a format unknown to this browser' : `as ${codec.toUpperCase()}, which this browser can't decode`;
  return new CaptureError('codec-unsupported', `This video is recorded ${name}. Convert it to H.264 (MP4) and try again.`);
}

/** `read` seconds of a clip of `duration` seconds were decoded before the end, and that is too little. */
export function damaged(read: number, duration: number | null, cause?: unknown): CaptureError {
  const whole = duration === null ? '' : ` of ${seconds(duration)}`;
  const much = read > 0 ? `Only ${seconds(read)}${whole} could be read` : 'No picture could be read';
  return new CaptureError(
    'damaged',
    `This video is damaged or was cut off while being saved or copied. ${much}. Copy it from the camera again, or repeat the walk.`,
    { cause },
  );
}

export function tooShort(duration: number): CaptureError {
  // Never up: 0.97 s must not be called 1.0 s and refused.
  const roundedDown = Math.floor(duration * 10) / 10;
  return new CaptureError(
    'too-short',
    `This clip is ${seconds(roundedDown)} long. A screening needs at least ${seconds(SHORTEST_CLIP)} of walking; ten seconds are better. ` +
      'Record the walk again, or choose a longer clip.',
  );
}

export function noWebCodecs(): CaptureError {
  return new CaptureError(
    'browser-unsupported',
    "This browser can't decode videos for a page (it has no WebCodecs). Use a current Chrome, Edge, Firefox or Safari.",
  );
}
