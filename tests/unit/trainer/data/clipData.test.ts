import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../../../src/formats/npy.ts';
import type { ClassName } from '../../../../src/gait/labels.ts';
import { readClipData, readClipPoses } from '../../../../trainer/data/clipData.ts';
import { openDataset, type ClipEntry } from '../../../../trainer/data/dataset.ts';
import { absence, fixturePath, readFixture } from '../../../fixtures.ts';
import { expectDataError, maps, poses, put, silhouettes, temporaryFolder, vectors, VIEW } from './madeUpDataset.ts';

const at = temporaryFolder();
type Arrays = Record<string, ReturnType<typeof maps>>;

let next = 0;
/** A dataset of one clip with these files. */
async function clipOf(files: Arrays, className: ClassName = 'neutral'): Promise<ClipEntry> {
  const root = at(String(next++));
  for (const [file, array] of Object.entries(files)) await put(root, '00001', className, file, array);
  return (await openDataset(root)).clips[0]!;
}

/** A dataset of one clip whose file is a copy of a fixture. */
async function clipOfFixture(fixture: string): Promise<ClipEntry> {
  const folder = at(String(next++), '00001', 'neutral', VIEW);
  await mkdir(folder, { recursive: true });
  await copyFile(fixturePath(fixture)!, `${folder}/a.pkl`);
  return { id: '00001', label: 1, view: VIEW, folder, files: ['a.pkl'], subject: null };
}

describe('readClipData', () => {
  it('gives maps with their columns cut, limbs first, and the vector beside them', async () => {
    const clip = await clipOf({ '0_heatmap.pkl': maps(3), '1_pav.pkl': vectors(3) });
    const { frames, count, channels, asymmetry } = await readClipData(clip, 'skeleton-map');
    expect([frames.length, count, channels]).toEqual([3 * 2 * 64 * 44, 3, 2]);
    expect([0, 1, 2, 3, 4, 5].map((plane) => frames[plane * 64 * 44 + 777])).toEqual([1, 2, 11, 12, 21, 22]);
    expect(asymmetry).toEqual(vectors(1).data);
  });

  it('gives silhouettes', async () => {
    const { frames, channels, asymmetry } = await readClipData(await clipOf({ 'a.pkl': silhouettes(2) }), 'silhouette');
    expect([...frames.subarray(0, 44)]).toEqual(Array.from({ length: 44 }, (_, column) => column + 10));
    expect([frames.length, channels, asymmetry]).toEqual([2 * 64 * 44, 1, null]);
  });

  it('stops after so many frames, and averages the vectors over those', async () => {
    const drifting = vectors(4);
    drifting.data.forEach((_, index) => (drifting.data[index] = Math.floor(index / 24)));
    const clip = await clipOf({ '0_heatmap.pkl': maps(4), '1_pav.pkl': drifting });
    const first = await readClipData(clip, 'skeleton-map', 3);
    expect([first.count, first.frames.length]).toEqual([3, 3 * 2 * 64 * 44]);
    expect(first.asymmetry).toEqual(new Float32Array(24).fill(1));
    expect((await readClipData(clip, 'skeleton-map', 99)).count).toBe(4);
  });

  it('tells files apart by their shape, whatever they are called', async () => {
    const clip = await clipOf({ 'a.pkl': vectors(2), 'b.pkl': silhouettes(2), 'c.pkl': poses(2), 'd.pkl': maps(2) });
    expect((await readClipData(clip, 'skeleton-map')).frames[0]).toBe(1);
    expect((await readClipData(clip, 'silhouette')).frames[0]).toBe(10);
    expect(await readClipPoses(clip)).toEqual(poses(2).data);
  });

  it('says what a clip holds where the network wants something else', async () => {
    const outline = await clipOf({ 'a.pkl': silhouettes(2) });
    await expectDataError(
      readClipData(outline, 'skeleton-map'),
      'modality',
      outline.folder,
      'no skeleton maps',
      'it holds silhouettes',
    );
    const map = await clipOf({ 'a.pkl': maps(2) });
    await expectDataError(readClipData(map, 'silhouette'), 'modality', map.folder, 'no silhouettes', 'it holds skeleton maps');
    await expectDataError(readClipPoses(map), 'modality', map.folder, 'no poses');
  });

  it('finds what is wrong with the files of a clip', async () => {
    const reading = async (files: Arrays): Promise<unknown> => readClipData(await clipOf(files), 'skeleton-map');
    await expectDataError(reading({ 'a.pkl': maps(3), 'b.pkl': vectors(4) }), 'length', 'a.pkl has 3 frames', 'b.pkl has 4');
    await expectDataError(reading({ 'a.pkl': maps(0) }), 'empty', 'a.pkl holds no frame');
    await expectDataError(
      reading({ 'a.pkl': maps(2), 'b.pkl': maps(2) }),
      'modality',
      'a.pkl',
      'b.pkl',
      'both hold skeleton maps',
    );
    const flat = { ...poses(2), shape: [2, 51] };
    await expectDataError(reading({ 'a.pkl': flat }), 'modality', 'a.pkl holds float32 [2, 51]');
    const shares = { ...maps(1), dtype: 'float32' as const, data: new Float32Array(8192) };
    await expectDataError(reading({ 'a.pkl': shares }), 'modality', 'float32 [1, 2, 64, 64]', 'uint8 [frames, 2, 64, 64]');
    const broken = vectors(1);
    broken.data[5] = NaN;
    await expectDataError(reading({ 'a.pkl': maps(1), 'b.pkl': broken }), 'modality', 'b.pkl', 'not numbers');
    const nowhere = await clipOf({ 'a.pkl': poses(1) });
    await expectDataError(readClipPoses({ ...nowhere, files: ['b.pkl'] }), 'unreadable', 'b.pkl', 'no such file');
  });

  it('names the file that asks for anything but arrays, and a damaged one', async () => {
    const evil = await clipOfFixture('pickle/malicious_os_system.pkl');
    await expectDataError(readClipData(evil, 'skeleton-map'), 'unreadable', `${evil.folder}/a.pkl`, '"posix.system"');
    const cut = await clipOf({ 'a.pkl': maps(3) });
    const bytes = await readFile(`${cut.folder}/a.pkl`);
    await writeFile(`${cut.folder}/a.pkl`, bytes.subarray(0, 9000));
    await expectDataError(readClipData(cut, 'skeleton-map'), 'unreadable', `${cut.folder}/a.pkl`, 'ends too early');
  });
});

describe('readClipPoses', () => {
  it.each(['pose_big_endian', 'pose_fortran_order', 'pose_numpy1_protocol2', 'pose_numpy2_protocol5', 'list_of_arrays'])(
    'reads %s as NumPy would',
    async (name) => {
      const { data } = readNpy(await readFixture('pickle/pose.npy'));
      const read = await readClipPoses(await clipOfFixture(`pickle/${name}.pkl`));
      expect(read.length).toBeGreaterThanOrEqual(5 * 51);
      expect(read).toEqual(data.slice(0, read.length));
    },
  );

  it('keeps doubles as they are, and refuses values that are none', async () => {
    const data = Float64Array.from({ length: 51 }, (_, index) => index + 0.1);
    expect(await readClipPoses(await clipOf({ 'a.pkl': { dtype: 'float64', shape: [1, 17, 3], data } }))).toEqual(data);
    const infinite = poses(1);
    infinite.data[0] = Infinity;
    await expectDataError(readClipPoses(await clipOf({ 'a.pkl': infinite })), 'modality', 'a.pkl', 'not numbers');
  });

  it(`reads every clip of the fixture, protocols 2, 4 and 5${absence('dataset-pose-pkl')}`, async ({ skip }) => {
    const root = fixturePath('dataset-pose-pkl');
    skip(root === null);
    for (const clip of (await openDataset(root!)).clips) expect((await readClipPoses(clip)).length).toBe(20 * 51);
  });
});
