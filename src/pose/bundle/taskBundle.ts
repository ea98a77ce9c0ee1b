/**
 * A MediaPipe `.task` bundle for the pose landmarker: a stored zip of the person detector and the landmark model, each with
 * its input metadata. Deterministic: the same models give the same bytes, on any day and in any time zone.
 */
import { zipSync } from 'fflate';
import { withInputMetadata, type Normalisation } from './modelMetadata.ts';

/** The names MediaPipe looks for inside the bundle. */
export const DETECTOR_ENTRY = 'pose_detector.tflite';
export const LANDMARKS_ENTRY = 'pose_landmarks_detector.tflite';

/** The detector reads pixels as −1..1, the landmark model as 0..1 (MediaPipe's own graphs). */
const DETECTOR_INPUT: Normalisation = { mean: 127.5, std: 127.5 };
const LANDMARKS_INPUT: Normalisation = { mean: 0, std: 255 };

/** Puts a bundle together from the two models as `@mediapipe/pose` ships them. */
export function assembleTaskBundle(detector: Uint8Array, landmarks: Uint8Array): Uint8Array {
  const entries = {
    [DETECTOR_ENTRY]: withInputMetadata(detector, DETECTOR_INPUT),
    [LANDMARKS_ENTRY]: withInputMetadata(landmarks, LANDMARKS_INPUT),
  };
  // Level 0 = stored: MediaPipe maps the entries in place and refuses compressed ones.
  // A zip holds local time: zip's own epoch, made of local fields, is the same bytes in every time zone.
  return zipSync(entries, { level: 0, mtime: new Date(1980, 0, 1) });
}
