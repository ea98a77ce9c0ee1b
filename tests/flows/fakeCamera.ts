/** Chromium's fake camera: it is allowed without asking, and plays a video over and over. */
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.ts';
import { mediaAbsence, mediaPath } from './media.ts';

/** A real person, as the fake camera plays it (MJPEG or Y4M). */
const CLIP = 'webcam_juggle_640x360.mjpeg';

/** Why flows that need a person before the camera are skipped; empty where they aren't. */
export const personAbsence = mediaAbsence(CLIP);

/** For `test.use`: a camera that plays this file; without one, Chromium's own test picture, a clock and a moving shape. */
export function fakeCamera(video: string | null = null) {
  const plays = video === null ? [] : [`--use-file-for-fake-video-capture=${video}`];
  const args = [...CHROMIUM_FLAGS, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', ...plays];
  return { launchOptions: { executablePath: ensureChromium(), args } };
}

/** A camera before which somebody walks; where the clip is missing, nobody does. */
export function personCamera() {
  return fakeCamera(mediaPath(CLIP));
}
