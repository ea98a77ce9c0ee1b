/**
 * PyTorch's tensors as its checkpoint files describe them: a storage and a view of it (offset, shape, strides). A view that is
 * contiguous stays a view here; any other is copied into C order.
 */
import { FormatError } from './errors.ts';
import { elementBytes, elementCount, isShape } from './ndarray.ts';
import type { GlobalEntry } from './pickle/allowList.ts';
import { PickledArray } from './pickle/arrays.ts';
import { kindOf, PickleGlobal, type PickleValue, type Spending } from './pickle/values.ts';
import { inCOrder, isContiguous, lastIndex } from './strided.ts';
import { isCount, Storage, STORAGE_GLOBALS } from './torchStorages.ts';

/** `_rebuild_tensor_v2(storage, offset, shape, strides, …)`. What follows concerns gradients. */
function rebuildTensor([storage, offset, shape, strides]: PickleValue[], spending: Spending): PickleValue {
  if (
    !(storage instanceof Storage) ||
    !isCount(offset) ||
    !isShape(shape) ||
    !isShape(strides) ||
    shape.length !== strides.length
  ) {
    throw new FormatError('damaged', 'This checkpoint describes a tensor whose parts do not fit together: it is damaged.');
  }
  const { dtype } = storage;
  const layout = { shape: [...shape], strides: [...strides], offset };
  const last = lastIndex(layout);
  if (last >= storage.length || (last < 0 && layout.offset > storage.length)) {
    throw new FormatError(
      'damaged',
      `This checkpoint describes a tensor of shape [${shape.join(', ')}] that reaches beyond its storage: it is damaged.`,
    );
  }
  if (!isContiguous(layout)) spending.spend(elementCount(shape) * elementBytes(dtype));
  const tensor = new PickledArray();
  storage.whenFilled((data) => {
    tensor.array = { shape: layout.shape, dtype, data: inCOrder(data, dtype, layout) };
  });
  return tensor;
}

/** `_rebuild_parameter(tensor, requires_grad, hooks)`: a parameter is its tensor. */
function rebuildParameter([tensor]: PickleValue[]): PickleValue {
  if (tensor instanceof PickledArray) return tensor;
  throw new FormatError('damaged', `This checkpoint makes a parameter of ${kindOf(tensor)}: it is damaged.`);
}

/** `torch.Size((2, 3))`: a tuple. */
function size([axes]: PickleValue[]): PickleValue {
  if (isShape(axes)) return axes;
  throw new FormatError('damaged', `This checkpoint makes a size of ${kindOf(axes)}: it is damaged.`);
}

/** `torch.device('cuda', 0)`: its name. */
function device([name]: PickleValue[]): PickleValue {
  return typeof name === 'string' ? name : null;
}

/** PyTorch's part of the allow-list. */
export const TORCH_GLOBALS: readonly GlobalEntry[] = [
  ...STORAGE_GLOBALS,
  ['torch._utils', '_rebuild_tensor', new PickleGlobal('torch._utils._rebuild_tensor', rebuildTensor)],
  ['torch._utils', '_rebuild_tensor_v2', new PickleGlobal('torch._utils._rebuild_tensor_v2', rebuildTensor)],
  ['torch._utils', '_rebuild_parameter', new PickleGlobal('torch._utils._rebuild_parameter', rebuildParameter)],
  ['torch', 'Size', new PickleGlobal('torch.Size', size)],
  ['torch', 'device', new PickleGlobal('torch.device', device)],
];
