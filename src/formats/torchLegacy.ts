/**
 * The container that `torch.save` wrote before PyTorch 1.6, and still writes when told so: pickles one after the other (a magic number, the
 * layout's version, the writer's system, the value itself, the keys of its storages), then the storages in the order of the keys,
 * each as its number of elements and their bytes, little-endian on every machine. Written against torch/serialization.py of PyTorch.
 */
import { ByteReader } from './bytes.ts';
import { decodeElements } from './elements.ts';
import { FormatError, quoteName } from './errors.ts';
import { elementBytes } from './ndarray.ts';
import type { AllowList } from './pickle/allowList.ts';
import type { PickleHost } from './pickle/machine.ts';
import { unpickleFirst } from './pickle/unpickle.ts';
import type { PickleValue, Spending } from './pickle/values.ts';
import { parseStorageId, Storage } from './torchStorages.ts';

/** The first pickle, protocol 2: the magic number 0x1950a86a20f9469cfc6c. */
const START = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const VERSION = 1001;

export function looksLikeTorchLegacy(bytes: Uint8Array): boolean {
  return START.every((byte, i) => bytes[i] === byte);
}

/** The value that was saved, with all its tensors. Throws {@link FormatError}. */
export function readTorchLegacy(bytes: Uint8Array, globals: AllowList): PickleValue {
  const shelf = new Shelf();
  const host: PickleHost = {
    findGlobal: (module, name) => globals.findGlobal(module, name),
    findPersistent: (id, spending) => shelf.find(id, spending),
  };
  let position = START.length;
  const next = (): PickleValue => {
    const { value, end } = unpickleFirst(bytes.subarray(position), host);
    position += end;
    return value;
  };
  const version = next();
  if (version !== VERSION) {
    throw new FormatError(
      'unsupported',
      "This checkpoint has a layout that can't be read. Save it again with a current PyTorch.",
    );
  }
  next(); // The writer's byte order and sizes of integers; the file is the same whatever they were.
  const value = next();
  const keys = next();
  shelf.fill(keys, new ByteReader(bytes, 'The checkpoint', position));
  return value;
}

/** The storages that the value refers to. Their elements come behind the pickles. */
class Shelf {
  private readonly storages = new Map<string, Storage>();

  find(id: PickleValue, spending: Spending): Storage {
    const { dtype, key, count } = parseStorageId(id);
    const storage = this.storages.get(key) ?? new Storage(dtype, count);
    if (storage.dtype !== dtype || storage.length !== count) throw misfit(`describes storage ${quoteName(key)} in two ways`);
    if (!this.storages.has(key)) spending.spend(count * elementBytes(dtype));
    this.storages.set(key, storage);
    return storage;
  }

  /** Reads every storage's elements, of which there must be as many as the value announced. */
  fill(keys: PickleValue, reader: ByteReader): void {
    for (const key of Array.isArray(keys) ? keys : []) {
      const storage = typeof key === 'string' ? this.storages.get(key) : undefined;
      if (!storage || storage.isFilled) throw misfit('lists a storage that nothing refers to, or one twice');
      const count = reader.uint64();
      if (count !== storage.length) {
        throw misfit(`announces a storage of ${storage.length} ${storage.dtype} elements and holds ${count}`);
      }
      storage.fill(decodeElements(reader.take(count * elementBytes(storage.dtype)), storage.dtype));
    }
    if ([...this.storages.values()].some((storage) => !storage.isFilled)) throw misfit('lacks a storage that it refers to');
    if (reader.remaining > 0) throw misfit(`is followed by ${reader.remaining} bytes that do not belong to it`);
  }
}

function misfit(what: string): FormatError {
  return new FormatError('damaged', `This checkpoint ${what}: it is damaged.`);
}
