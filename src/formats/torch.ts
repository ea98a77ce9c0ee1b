/**
 * A PyTorch checkpoint (.pt, .pth) as `torch.save` writes it: a pickle and the storages of its tensors, in one of two containers. Either
 * what OpenGait saves (a dict of model, optimizer, scheduler, iteration) or the bare weights.
 */
import { FormatError, quoteName } from './errors.ts';
import type { NdArray } from './ndarray.ts';
import { AllowList } from './pickle/allowList.ts';
import { NUMPY_GLOBALS, PickledArray } from './pickle/arrays.ts';
import { BUILTIN_GLOBALS } from './pickle/builtins.ts';
import { kindOf, type PickleKey, type PickleValue } from './pickle/values.ts';
import { looksLikeTorchLegacy, readTorchLegacy } from './torchLegacy.ts';
import { TORCH_GLOBALS } from './torchTensors.ts';
import { readTorchZip } from './torchZip.ts';
import { looksLikeZip } from './zip.ts';

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
  if (looksLikeZip(bytes)) return readTorchZip(bytes, ALLOWED);
  if (looksLikeTorchLegacy(bytes)) return readTorchLegacy(bytes, ALLOWED);
  throw new FormatError(
    'not-recognised',
    'This is not a PyTorch checkpoint: it does not begin as the files of torch.save do. Choose a .pt or .safetensors file.',
  );
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
