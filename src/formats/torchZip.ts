/**
 * The container that `torch.save` has written since PyTorch 1.6: a zip file with one folder, in it a pickle and an entry for the bytes of
 * each storage.
 */
import { decodeLatin1 } from './bytes.ts';
import { decodeElements } from './elements.ts';
import { FormatError } from './errors.ts';
import type { DType } from './ndarray.ts';
import type { AllowList } from './pickle/allowList.ts';
import { PICKLE_LIMITS } from './pickle/limits.ts';
import type { PickleHost } from './pickle/machine.ts';
import { unpickle } from './pickle/unpickle.ts';
import type { PickleValue, Spending } from './pickle/values.ts';
import { parseStorageId, Storage } from './torchStorages.ts';
import { ZipArchive } from './zip.ts';

/** The value that was saved, with all its tensors. Throws {@link FormatError}. */
export function readTorchZip(bytes: Uint8Array, globals: AllowList): PickleValue {
  const archive = new ZipArchive(bytes);
  const { names } = archive;
  const pickles = names.filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const root = pickles[0]?.slice(0, -'data.pkl'.length);
  if (root === undefined || pickles.length > 1) {
    throw new FormatError('not-recognised', 'This zip file is not a PyTorch checkpoint: it has no data.pkl in its folder.');
  }
  if (names.includes(`${root}constants.pkl`)) {
    throw new FormatError(
      'unsupported',
      'This is a TorchScript program, not a checkpoint. Save model.state_dict() with torch.save.',
    );
  }
  const shelf = new Shelf({
    read: (key) => archive.read(`${root}data/${key}`),
    littleEndian: !archive.has(`${root}byteorder`) || decodeLatin1(archive.read(`${root}byteorder`)).trim() !== 'big',
  });
  const host: PickleHost = {
    findGlobal: (module, name) => globals.findGlobal(module, name),
    findPersistent: (id, spending) => shelf.find(id, spending),
  };
  // The pickle itself is small; what it may spend goes by the tensors beside it (each read once, or copied into C order).
  return unpickle(archive.read(`${root}data.pkl`), host, { ...PICKLE_LIMITS, memory: PICKLE_LIMITS.memory + 4 * archive.size });
}

interface StorageSource {
  read(key: string): Uint8Array;
  littleEndian: boolean;
}

/** The storages of the archive. Each is read once, when the pickle first refers to it. */
class Shelf {
  private readonly storages = new Map<string, Storage>();

  constructor(private readonly source: StorageSource) {}

  find(id: PickleValue, spending: Spending): Storage {
    const { dtype, key, count } = parseStorageId(id);
    const name = `${dtype} ${key}`;
    const storage = this.storages.get(name) ?? this.load(dtype, key, spending);
    this.storages.set(name, storage);
    if (storage.length !== count) {
      throw new FormatError(
        'damaged',
        `This checkpoint announces a storage of ${count} ${dtype} elements and holds ${storage.length}: it is damaged.`,
      );
    }
    return storage;
  }

  private load(dtype: DType, key: string, spending: Spending): Storage {
    const bytes = this.source.read(key);
    spending.spend(bytes.length);
    const elements = decodeElements(bytes, dtype, this.source.littleEndian);
    const storage = new Storage(dtype, elements.length);
    storage.fill(elements);
    return storage;
  }
}
