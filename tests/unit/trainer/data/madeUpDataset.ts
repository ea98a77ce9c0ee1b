/** Datasets in a temporary folder, as small as they can be. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { NdArray } from '../../../../src/formats/ndarray.ts';
import type { ClassName } from '../../../../src/gait/labels.ts';
import { DataError, type DataErrorCode } from '../../../../trainer/files/errors.ts';
import { writeClipFile } from '../../../../trainer/data/writeClip.ts';
import { simulateClip } from '../../../../trainer/simulate/clip.ts';
import { simulatePeople } from '../../../../trainer/simulate/population.ts';

export const VIEW = '000_180';

/** A folder for the tests of a file; gives paths inside it. */
export function temporaryFolder(): (...names: string[]) => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return (...names) => join(folder, ...names);
}

/** Writes one file of one clip. */
export function put(root: string, id: string, className: ClassName, file: string, array: NdArray): Promise<void> {
  return writeClipFile(root, { id, className, view: VIEW }, file, array);
}

const [person] = simulatePeople({ people: 1, seed: 3 });
const WALK = simulateClip(person!, 0).sequence.keypoints;

/** Poses of a simulated walk, its first frames. */
export function poses(frames: number): NdArray {
  return { dtype: 'float32', shape: [frames, 17, 3], data: WALK.slice(0, frames * 51) };
}

/** Maps whose grey levels say where they are: 1 on the limb channel, 2 on the joint channel, plus 10 for each frame. */
export function maps(frames: number): NdArray {
  const data = Uint8Array.from(
    { length: frames * 8192 },
    (_, at) => 1 + (Math.floor(at / 4096) % 2) + 10 * Math.floor(at / 8192),
  );
  return { dtype: 'uint8', shape: [frames, 2, 64, 64], data };
}

/** Silhouettes whose grey levels are their column's number. */
export function silhouettes(frames: number): NdArray {
  const data = Uint8Array.from({ length: frames * 4096 }, (_, at) => at % 64);
  return { dtype: 'uint8', shape: [frames, 64, 64], data };
}

/** The vector 0, 0.1, 0.2, … repeated. */
export function vectors(frames: number): NdArray {
  const data = Float32Array.from({ length: frames * 24 }, (_, at) => (at % 24) / 10);
  return { dtype: 'float32', shape: [frames, 8, 3], data };
}

/** Expects a {@link DataError} of this code and a message, of one line and a full stop, that says all of it. */
export async function expectDataError(action: Promise<unknown>, code: DataErrorCode, ...says: string[]): Promise<void> {
  const error: unknown = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  const { code: found, message } = error as DataError;
  for (const part of says) expect(message).toContain(part);
  expect(message).toMatch(/^[^\n]+[.)]$/);
  expect(found).toBe(code);
}
