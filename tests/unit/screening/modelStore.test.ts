import { beforeEach, describe, expect, it } from 'vitest';
import { ModelStore } from '../../../src/screening/modelStore.ts';
import { MemoryFolder, memoryWriter } from './memoryFolder.ts';

const text = (value: string) => new TextEncoder().encode(value);
const files = new Map([
  ['weights.safetensors', text('weights')],
  ['model.json', text('{}')],
]);

const model = (id: string) => ({ manifest: { id }, files });

let root: MemoryFolder;
let store: ModelStore;
beforeEach(() => {
  root = new MemoryFolder();
  store = new ModelStore({
    root: async () => root as unknown as FileSystemDirectoryHandle,
    alone: (work) => work(),
  });
});

const models = async () => root.getDirectoryHandle('models');

describe('the store of imported models', () => {
  it('keeps a model, reads it back within the limit, and removes it', async () => {
    expect(await store.list()).toEqual([]);
    await store.save(() => model('b'), memoryWriter());
    const saved = await store.save((taken) => model(taken.includes('b') ? 'a' : 'c'), memoryWriter());
    expect(saved.manifest.id).toBe('a');
    expect(await store.list()).toEqual(['a', 'b']);
    const told: number[] = [];
    const read = await store.loader('a')('weights.safetensors', 7, (bytes) => told.push(bytes));
    expect(new TextDecoder().decode(read)).toBe('weights');
    expect(told).toEqual([7]);
    await expect(store.loader('a')('weights.safetensors', 6)).rejects.toThrow('longer than 6 bytes');
    await store.remove('a');
    expect(await store.list()).toEqual(['b']);
  });

  it('clears away what an import that was cut off has left', async () => {
    await store.save(() => model('whole'), memoryWriter());
    const cut = await (await models()).getDirectoryHandle('cut', { create: true });
    cut.files.set('weights.safetensors', text('half'));
    const cutLater = await (await models()).getDirectoryHandle('cut-later', { create: true });
    cutLater.files.set('model.json', new Uint8Array());
    (await models()).files.set('stray', text('x'));
    expect(await store.list()).toEqual(['whole']);
    expect([...(await models()).folders.keys()]).toEqual(['whole']);
    expect((await models()).files.size).toBe(0);
  });

  it('says that there is no room, keeps nothing of that model and everything before it', async () => {
    await store.save(() => model('before'), memoryWriter());
    const saving = store.save(() => model('after'), memoryWriter(8));
    await expect(saving).rejects.toMatchObject({ name: 'ScreeningError', code: 'storage-full' });
    await expect(saving).rejects.toThrow(/no room.*1 MB.*Everything saved before is still there/);
    expect(await store.list()).toEqual(['before']);
    expect([...(await models()).folders.keys()]).toEqual(['before']);
  });

  it('passes on an error that has nothing to do with room, and keeps nothing then either', async () => {
    const failing = async () => {
      throw new DOMException('Locked.', 'NoModificationAllowedError');
    };
    await expect(store.save(() => model('a'), failing)).rejects.toThrow('Locked.');
    expect(await store.list()).toEqual([]);
  });

  it('is empty, and says why nothing can be saved, where the browser keeps no files', async () => {
    const refused = new ModelStore({
      root: () => Promise.reject(new DOMException('No.', 'SecurityError')),
      alone: (work) => work(),
    });
    expect(await refused.list()).toEqual([]);
    await expect(refused.save(() => model('a'), memoryWriter())).rejects.toMatchObject({ code: 'storage-refused' });
  });
});
