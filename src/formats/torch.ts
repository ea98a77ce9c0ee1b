/**
 * A PyTorch checkpoint (.pt, .pth) as `torch.save` has written it since version 1.6: a zip file with one pickle and one entry per
 * storage. Either what OpenGait saves (a dict of model, optimizer, scheduler, iteration) or the bare weights.
 */
import { decodeLatin1 } from './bytes.ts';
import { FormatError, quoteName } from './errors.ts';
import type { NdArray } from './ndarray.ts';
import { AllowList } from './pickle/allowList.ts';
import { NUMPY_GLOBALS, PickledArray } from './pickle/arrays.ts';
import { BUILTIN_GLOBALS } from './pickle/builtins.ts';
import { PICKLE_LIMITS } from './pickle/limits.ts';
import type { PickleHost } from './pickle/machine.ts';
import { unpickle } from './pickle/unpickle.ts';
import { kindOf, type PickleKey, type PickleValue } from './pickle/values.ts';
import { StorageShelf, TORCH_GLOBALS } from './torchTensors.ts';
import { looksLikeZip, ZipArchive } from './zip.ts';

export interface TorchCheckpoint {
  /** The model's tensors under PyTorch's names, in the file's order. Their elements may be views into the file's bytes. */
  parameters: Map<string, NdArray>;
  /** Training steps taken, where the checkpoint says so. */
  iteration: number | null;
  /** State of the optimiser and of the schedule as saved; tensors in them are {@link PickledArray}. Null where there is none. */
  optimizer: PickleValue;
  scheduler: PickleValue;
}

const ALLOWED = new AllowList([...BUILTIN_GLOBALS, ...NUMPY_GLOBALS, ...TORCH_GLOBALS]);

/** How files of PyTorch before 1.6 begin: a pickle (protocol 2) of their magic number. */
const LEGACY_START = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

/** Keys under which training programs put the weights. */
const MODEL_KEYS = ['model', 'state_dict'];

/** Reads a checkpoint. Throws {@link FormatError}, whatever the bytes are; `refused` names what the file asked for. */
export function readTorchCheckpoint(bytes: Uint8Array): TorchCheckpoint {
  const content = unpack(bytes);
  if (!(content instanceof Map)) {
    throw new FormatError(
      'unsupported',
      `This file holds ${kindOf(content)}, not weights. Save model.state_dict() with torch.save.`,
    );
  }
  const model = MODEL_KEYS.map((key) => content.get(key)).find((value) => value instanceof Map);
  const iteration = content.get('iteration');
  return {
    parameters: tensorsOf(model instanceof Map ? model : content),
    iteration: model !== undefined && typeof iteration === 'number' ? iteration : null,
    optimizer: model === undefined ? null : (content.get('optimizer') ?? null),
    scheduler: model === undefined ? null : (content.get('scheduler') ?? null),
  };
}

function unpack(bytes: Uint8Array): PickleValue {
  if (!looksLikeZip(bytes)) throw notZip(bytes);
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
  const shelf = new StorageShelf({
    read: (key) => archive.read(`${root}data/${key}`),
    littleEndian: !archive.has(`${root}byteorder`) || decodeLatin1(archive.read(`${root}byteorder`)).trim() !== 'big',
  });
  const host: PickleHost = {
    findGlobal: (module, name) => ALLOWED.findGlobal(module, name),
    findPersistent: (id, spending) => shelf.find(id, spending),
  };
  // The pickle itself is small; what it may spend goes by the tensors beside it (each read once, or copied into C order).
  return unpickle(archive.read(`${root}data.pkl`), host, { ...PICKLE_LIMITS, memory: PICKLE_LIMITS.memory + 4 * archive.size });
}

function notZip(bytes: Uint8Array): FormatError {
  if (LEGACY_START.every((byte, i) => bytes[i] === byte)) {
    return new FormatError(
      'unsupported',
      'This checkpoint is in the format of PyTorch before 1.6: load it in a current PyTorch and save it again with torch.save.',
    );
  }
  return new FormatError('not-recognised', 'This is not a PyTorch checkpoint: it is not the zip file that torch.save writes.');
}

function tensorsOf(state: ReadonlyMap<PickleKey, PickleValue>): Map<string, NdArray> {
  const tensors = new Map<string, NdArray>();
  for (const [name, value] of state) {
    if (typeof name !== 'string' || !(value instanceof PickledArray)) {
      throw new FormatError(
        'unsupported',
        `The weights hold ${kindOf(value)} under ${quoteName(String(name))} where a tensor is expected. Save model.state_dict() with torch.save.`,
      );
    }
    tensors.set(name, value.array);
  }
  if (tensors.size === 0)
    throw new FormatError('unsupported', 'This checkpoint holds no weights. Save model.state_dict() with torch.save.');
  return tensors;
}
