/**
 * The pose model without a download: reads the models out of the installed npm package `@mediapipe/pose`, checks that they are
 * the ones MediaPipe names in its own build files, and assembles the bundle. Runs in Node at build time only.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BundleError } from './errors.ts';
import { assembleTaskBundle } from './taskBundle.ts';

export type PoseModelKind = 'lite' | 'full';

interface Source {
  file: string;
  sha256: string;
}

/** The packed assets of the package are exactly one file: the detector. */
const DETECTOR: Source = {
  file: 'pose_solution_packed_assets.data',
  sha256: 'a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85',
};

const LANDMARKS: Record<PoseModelKind, Source> = {
  lite: { file: 'pose_landmark_lite.tflite', sha256: 'f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61' },
  full: { file: 'pose_landmark_full.tflite', sha256: 'e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f' },
};

/**
 * The bytes of `pose_landmarker_<kind>.task`. `folder` is where the package lies; by default where Node finds it.
 * Throws {@link BundleError} `source-missing` or `source-changed`.
 */
export async function poseBundle(kind: PoseModelKind, folder: string = packageFolder()): Promise<Uint8Array> {
  const [detector, landmarks] = await Promise.all([readSource(folder, DETECTOR), readSource(folder, LANDMARKS[kind])]);
  try {
    return assembleTaskBundle(detector, landmarks);
  } catch (cause) {
    throw new BundleError('source-damaged', `The pose model (${kind}) can't be assembled from ${folder}.`, { cause });
  }
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('@mediapipe/pose/package.json'));
  } catch (cause) {
    throw new BundleError('source-missing', 'The npm package @mediapipe/pose is not installed. Run npm ci.', { cause });
  }
}

async function readSource(folder: string, { file, sha256 }: Source): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(folder, file));
  } catch (cause) {
    throw new BundleError('source-missing', `${file} of the npm package @mediapipe/pose can't be read. Run npm ci again.`, {
      cause,
    });
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new BundleError(
      'source-changed',
      `${file} of the npm package @mediapipe/pose is not the expected file (SHA-256 ${found} instead of ${sha256}). ` +
        'Install the version that package.json pins; a newer one has to be checked by hand first.',
    );
  }
  return bytes;
}
