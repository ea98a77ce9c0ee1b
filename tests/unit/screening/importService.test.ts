import { activateBackend } from '../../../src/nets/backendsActivate.ts';
import '@tensorflow/tfjs-backend-cpu';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/nets/modelFiles.ts';
import { ImportService } from '../../../src/screening/importService.ts';
import { ModelStore } from '../../../src/screening/modelStore.ts';
import { readFixture } from '../../fixtures.ts';
import { MemoryFolder, memoryWriter } from './memoryFolder.ts';

const CHECKPOINT = await readFixture('sconet-tiny-skeleton/ScoNet-00100.pt');

/** A file that counts how often it is read. */
class CountedFile extends File {
  reads = 0;
  override async arrayBuffer(): Promise<ArrayBuffer> {
    this.reads++;
    return super.arrayBuffer();
  }
}

const fileOf = (bytes: Uint8Array, name = 'ScoNet-00100.pt') =>
  new CountedFile([bytes as Uint8Array<ArrayBuffer>], name, { lastModified: 1 });

let root: MemoryFolder;
let store: ModelStore;
let service: ImportService;
beforeEach(() => {
  root = new MemoryFolder();
  store = new ModelStore({ root: async () => root as unknown as FileSystemDirectoryHandle, alone: (work) => work() });
  service = new ImportService({
    startEngine: () => activateBackend('cpu'),
    store,
    writeFile: memoryWriter(),
    today: () => '2026-01-31',
  });
  service.prepare({ wasmUrl: 'none:' });
});

const ignore = () => undefined;

describe('the import service', () => {
  it('recognises a checkpoint and says what is to be asked', async () => {
    const { architecture, ...summary } = await service.recognise(fileOf(CHECKPOINT));
    expect(architecture).toMatchObject({ network: 'sconet', inChannels: 2, widths: [8, 16, 32, 64] });
    expect(summary).toEqual({
      file: 'ScoNet-00100.pt',
      bytes: CHECKPOINT.length,
      format: 'pytorch',
      iterations: 100,
      tensors: { used: expect.any(Number), leftOver: expect.any(Number) },
      open: { input: true, classOrder: true, asymmetryRange: false },
    });
  });

  it('imports it without reading it again, into a model that can be loaded', async () => {
    const file = fileOf(CHECKPOINT);
    await service.recognise(file);
    const stages: string[] = [];
    const { manifest, report } = await service.import(file, { preset: 'opengait-skeleton' }, (stage) => stages.push(stage));
    expect(file.reads).toBe(1);
    expect(stages).toEqual(['reading', 'recognising', 'checking', 'writing', 'saving']);
    expect(report.used.length).toBeGreaterThan(10);
    expect(await store.list()).toEqual([manifest.id]);
    const model = await loadModel(store.loader(manifest.id));
    expect(model.manifest).toEqual(manifest);
    expect(manifest.origin).toMatchObject({ kind: 'imported', file: 'ScoNet-00100.pt', imported: '2026-01-31' });
  });

  it('gives a second import of the same file an id of its own, and leaves the first as it is', async () => {
    const first = await service.import(fileOf(CHECKPOINT), { preset: 'opengait-skeleton' }, ignore);
    const second = await service.import(fileOf(CHECKPOINT), { preset: 'bodyonly-112' }, ignore);
    expect(second.manifest.id).toBe(`${first.manifest.id}-2`);
    expect((await loadModel(store.loader(first.manifest.id))).manifest).toEqual(first.manifest);
    expect((await loadModel(store.loader(second.manifest.id))).manifest).toEqual(second.manifest);
  });

  it('asks for what is missing, and takes the next file after one that is none', async () => {
    await expect(service.import(fileOf(CHECKPOINT), {}, ignore)).rejects.toMatchObject({ code: 'import-incomplete' });
    await expect(service.recognise(fileOf(CHECKPOINT.subarray(0, 5_000), 'cut.pt'))).rejects.toMatchObject({
      name: 'FormatError',
    });
    expect(await store.list()).toEqual([]);
    expect((await service.recognise(fileOf(CHECKPOINT))).format).toBe('pytorch');
  });

  it('refuses a file that is far too large before it reads it, and one that can’t be read', async () => {
    const film = Object.defineProperty(fileOf(new Uint8Array(1), 'film.mp4'), 'size', { value: 3e9 });
    await expect(service.recognise(film)).rejects.toMatchObject({
      code: 'not-a-checkpoint',
      message: expect.stringMatching('3000 MB'),
    });
    expect(film.reads).toBe(0);
    const moved = Object.assign(fileOf(CHECKPOINT), { arrayBuffer: () => Promise.reject(new Error('moved')) });
    await expect(service.recognise(moved)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
