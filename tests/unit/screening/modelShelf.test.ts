import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileLoader } from '../../../src/nets/modelFiles.ts';
import { ModelShelf } from '../../../src/screening/modelShelf.ts';
import type { ModelSource } from '../../../src/screening/modelSource.ts';
import { makeTinyModel, modelTree, TINIEST, type ModelFolder } from '../../tinyModel.ts';

let folder: ModelFolder;
beforeAll(async () => {
  folder = await makeTinyModel({ architecture: TINIEST });
});

const BASE = 'http://localhost/app/';

let stored: string[];
let shelf: ModelShelf;
beforeEach(() => {
  stored = ['mine', 'broken'];
  const tree = modelTree({ first: folder, second: folder });
  const read =
    (below: string): FileLoader =>
    async (file) => {
      const bytes = tree.get(`${below}${file}`);
      if (!bytes) throw new Error('the server answered 404');
      return bytes;
    };
  const loader = (source: ModelSource): FileLoader => {
    if (source.place === 'served') return read(source.url.slice(`${BASE}models/`.length));
    return source.id === 'mine' ? read('first/') : async () => new TextEncoder().encode('{}');
  };
  shelf = new ModelShelf(BASE, {
    store: {
      list: async () => stored,
      remove: async (id) => {
        stored = stored.filter((other) => other !== id);
      },
    },
    loader,
    index: () => read(''),
  });
});

describe('the shelf of models', () => {
  it('holds the served models and the imported ones, and says which can’t be read', async () => {
    const models = await shelf.list();
    expect(models.map(({ id, source }) => [id, source.place])).toEqual([
      ['first', 'served'],
      ['second', 'served'],
      ['mine', 'stored'],
      ['broken', 'stored'],
    ]);
    expect(models[2]!.manifest?.id).toBe('tiny');
    expect(models[3]).toMatchObject({ manifest: null, error: { code: 'manifest-invalid' } });
  });

  it('finds a model by its id, wherever it is, and nothing under an id that is gone', async () => {
    expect((await shelf.find('second'))?.source).toEqual({ place: 'served', url: `${BASE}models/second/` });
    expect((await shelf.find('mine'))?.source).toEqual({ place: 'stored', id: 'mine' });
    expect(await shelf.find('gone')).toBeNull();
    await expect(shelf.find('broken')).rejects.toMatchObject({ code: 'manifest-invalid' });
    expect((await shelf.standard()).source).toMatchObject({ url: `${BASE}models/first/` });
  });

  it('lets imported models go, and keeps the served ones', async () => {
    await shelf.remove('mine');
    expect(await shelf.find('mine')).toBeNull();
    await expect(shelf.remove('first')).rejects.toMatchObject({ code: 'model-served' });
  });
});
