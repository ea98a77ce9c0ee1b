/**
 * Writes a checkpoint as `torch.save` does since PyTorch 1.6: a zip file of stored entries, a pickle that describes the tensors and one
 * entry for the elements of each. What OpenGait loads: a dict with the state dict under `model`, and the iteration. There is no optimizer and
 * no scheduler in it: OpenGait goes on without where they are absent, and stops at an empty one.
 */
import { zipSync, type Zippable } from 'fflate';
import { encodeElements } from './elements.ts';
import { FormatError, quoteName } from './errors.ts';
import { ndArray, type NdArray } from './ndarray.ts';
import { PickleWriter } from './pickle/writer.ts';
import { cStrides } from './strided.ts';
import { storageClass } from './torchStorages.ts';

/** The folder inside the zip; PyTorch takes the file's name, and reads any. */
const ROOT = 'archive';
/** Of the container, as PyTorch has written it since 1.6. */
const VERSION = '3\n';
/** PyTorch begins every storage on a multiple of this, so that files can be mapped into memory. */
const ALIGNMENT = 64;
/** What PyTorch calls the field of a zip entry that fills the gap. */
const PADDING_FIELD = 0x4246;
const LOCAL_HEADER = 30;
const FIELD_HEADER = 4;
/** The earliest that a zip file can say, so that the same tensors always give the same bytes. */
const LONG_AGO = new Date(1980, 0, 1);

/**
 * @param parameters in the order of the state dict. Throws {@link FormatError} `invalid-value` for types that PyTorch hasn't got, and for
 * an iteration that is no whole number.
 */
export function writeTorchCheckpoint(parameters: ReadonlyMap<string, NdArray>, { iteration }: { iteration: number }): Uint8Array {
  const tensors = [...parameters].map(([name, { dtype, shape, data }], index) => ({
    name,
    array: ndArray(dtype, shape, data),
    key: String(index),
    storage: storageOf(name, dtype),
  }));
  const pickle = new PickleWriter();
  pickle.dict([
    [
      'model',
      () =>
        pickle.orderedDict(
          tensors.map(({ name, array, key, storage }) => [name, () => writeTensor(pickle, array, key, storage)]),
        ),
    ],
    ['iteration', () => pickle.integer(iteration)],
  ]);
  const entries: [string, Uint8Array][] = [
    ['data.pkl', pickle.finish()],
    ['byteorder', new TextEncoder().encode('little')],
    ...tensors.map(({ key, array }): [string, Uint8Array] => [`data/${key}`, encodeElements(array.data)]),
    ['version', new TextEncoder().encode(VERSION)],
  ];
  return storedZip(entries.map(([name, bytes]) => [`${ROOT}/${name}`, bytes]));
}

function storageOf(name: string, dtype: NdArray['dtype']): string {
  const storage = storageClass(dtype);
  if (!storage) throw new FormatError('invalid-value', `PyTorch has no tensors of type ${dtype}, which ${quoteName(name)} is.`);
  return storage;
}

/** `_rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)`, the storage by its persistent id. */
function writeTensor(pickle: PickleWriter, { shape, data }: NdArray, key: string, storage: string): void {
  pickle.call('torch._utils', '_rebuild_tensor_v2', [
    () =>
      pickle.persistent([
        () => pickle.text('storage'),
        () => pickle.global('torch', storage),
        () => pickle.text(key),
        () => pickle.text('cpu'),
        () => pickle.integer(data.length),
      ]),
    () => pickle.integer(0),
    () => pickle.integers(shape),
    () => pickle.integers(cStrides(shape)),
    () => pickle.boolean(false),
    () => pickle.orderedDict([]),
  ]);
}

/** Entries as they are, each beginning on a multiple of 64 bytes. */
function storedZip(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const zippable: Zippable = {};
  let at = 0;
  for (const [name, bytes] of entries) {
    const start = at + LOCAL_HEADER + name.length + FIELD_HEADER;
    const padding = (ALIGNMENT - (start % ALIGNMENT)) % ALIGNMENT;
    zippable[name] = [bytes, { level: 0, mtime: LONG_AGO, extra: { [PADDING_FIELD]: new Uint8Array(padding) } }];
    at = start + padding + bytes.length;
  }
  return zipSync(zippable);
}
