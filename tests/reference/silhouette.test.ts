/**
 * Silhouettes against what OpenGait's own pretreatment (OpenCV 4.6) made of the same masks: every grey level the same.
 *
 * `small_masks` are those masks at half size and cut to the person, with `fixtures/silhouette/make.py`, which also says how their results
 * came about; the large ones lie beside the project.
 */
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/formats/npy.ts';
import { alignSilhouettes } from '../../src/gait/silhouette.ts';
import { absence, readFixture } from '../fixtures.ts';

const fileOf = (name: string) => `silhouette/${name}.npy`;

async function stackOf(name: string): Promise<{ shape: readonly number[]; data: Uint8Array }> {
  const { shape, data } = readNpy(await readFixture(fileOf(name)));
  if (!(data instanceof Uint8Array)) throw new TypeError(`${name} should be uint8`);
  return { shape, data };
}

describe.each([
  ['masks', 'aligned', 7],
  ['small_masks', 'small_aligned', 5],
])('%s', (masks, aligned, kept) => {
  const missing = absence(fileOf(masks), fileOf(aligned));
  it.skipIf(missing)(`are aligned as upstream does, to the last grey level${missing}`, async () => {
    const { shape, data } = await stackOf(masks);
    const wanted = await stackOf(aligned);
    expect(wanted.shape).toEqual([kept, 64, 64]);
    const got = alignSilhouettes(data, shape[2]!, shape[1]!);
    expect(Buffer.compare(got, wanted.data)).toBe(0);
  });
});
