/**
 * PyTorch's tensors as its checkpoint files describe them: a storage (a typed run of elements in an entry of the zip file) and a
 * view of it (offset, shape, strides). A view that is contiguous stays a view here; any other is copied into C order.
 */
import { decodeElements } from './elements.ts';
import { FormatError } from './errors.ts';
import { elementBytes, elementCount, isShape, type DType, type TypedArray } from './ndarray.ts';
import type { GlobalEntry } from './pickle/allowList.ts';
import { PickledArray } from './pickle/arrays.ts';
import { kindOf, PickleGlobal, PickleObject, type PickleValue, type Spending } from './pickle/values.ts';
import { inCOrder, isContiguous, lastIndex } from './strided.ts';

/** The class of a storage, named but never called: it says the type of the elements. Null where that can't be read here. */
class StorageType extends PickleGlobal {
  constructor(
    name: string,
    readonly dtype: DType | null,
  ) {
    super(`torch.${name}`);
  }
}

class Storage extends PickleObject {
  readonly label = 'a PyTorch storage';
  constructor(
    readonly dtype: DType,
    readonly data: TypedArray,
  ) {
    super();
  }
}

/** Where the bytes of storages come from. */
export interface StorageSource {
  read(key: string): Uint8Array;
  littleEndian: boolean;
}

/** Resolves the persistent ids of a checkpoint: ('storage', class, key, device, elements). Each storage is read once. */
export class StorageShelf {
  private readonly storages = new Map<string, Storage>();

  constructor(private readonly source: StorageSource) {}

  find(id: PickleValue, spending: Spending): Storage {
    const [tag, type, key, , count] = Array.isArray(id) ? id : [];
    if (tag !== 'storage' || !(type instanceof StorageType) || typeof key !== 'string' || typeof count !== 'number') {
      throw new FormatError('damaged', 'This checkpoint refers to something that is not a PyTorch storage: it is damaged.');
    }
    if (type.dtype === null) {
      throw new FormatError(
        'unsupported',
        `This checkpoint holds a ${type.label}, which can't be read. Save its tensors as float32.`,
      );
    }
    const name = `${type.dtype} ${key}`;
    const storage = this.storages.get(name) ?? this.load(type.dtype, key, spending);
    this.storages.set(name, storage);
    if (storage.data.length !== count) {
      throw new FormatError(
        'damaged',
        `This checkpoint announces a storage of ${count} ${type.dtype} elements and holds ${storage.data.length}: it is damaged.`,
      );
    }
    return storage;
  }

  private load(dtype: DType, key: string, spending: Spending): Storage {
    const bytes = this.source.read(key);
    spending.spend(bytes.length);
    return new Storage(dtype, decodeElements(bytes, dtype, this.source.littleEndian));
  }
}

/** `_rebuild_tensor_v2(storage, offset, shape, strides, …)`. What follows concerns gradients. */
function rebuildTensor([storage, offset, shape, strides]: PickleValue[], spending: Spending): PickleValue {
  if (
    !(storage instanceof Storage) ||
    !isIndex(offset) ||
    !isShape(shape) ||
    !isShape(strides) ||
    shape.length !== strides.length
  ) {
    throw new FormatError('damaged', 'This checkpoint describes a tensor whose parts do not fit together: it is damaged.');
  }
  const layout = { shape, strides, offset };
  const last = lastIndex(layout);
  if (last >= storage.data.length || (last < 0 && layout.offset > storage.data.length)) {
    throw new FormatError(
      'damaged',
      `This checkpoint describes a tensor of shape [${shape.join(', ')}] that reaches beyond its storage: it is damaged.`,
    );
  }
  if (!isContiguous(layout)) spending.spend(elementCount(shape) * elementBytes(storage.dtype));
  return new PickledArray({ shape: [...shape], dtype: storage.dtype, data: inCOrder(storage.data, storage.dtype, layout) });
}

function isIndex(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
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

const STORAGE_TYPES: readonly (readonly [name: string, dtype: DType | null])[] = [
  ['BoolStorage', 'bool'],
  ['ByteStorage', 'uint8'],
  ['CharStorage', 'int8'],
  ['ShortStorage', 'int16'],
  ['IntStorage', 'int32'],
  ['LongStorage', 'int64'],
  ['HalfStorage', 'float16'],
  ['FloatStorage', 'float32'],
  ['DoubleStorage', 'float64'],
  ['BFloat16Storage', null],
  ['ComplexFloatStorage', null],
  ['ComplexDoubleStorage', null],
];

/** PyTorch's part of the allow-list. */
export const TORCH_GLOBALS: readonly GlobalEntry[] = [
  ...STORAGE_TYPES.map(([name, dtype]): GlobalEntry => ['torch', name, new StorageType(name, dtype)]),
  ['torch._utils', '_rebuild_tensor', new PickleGlobal('torch._utils._rebuild_tensor', rebuildTensor)],
  ['torch._utils', '_rebuild_tensor_v2', new PickleGlobal('torch._utils._rebuild_tensor_v2', rebuildTensor)],
  ['torch._utils', '_rebuild_parameter', new PickleGlobal('torch._utils._rebuild_parameter', rebuildParameter)],
  ['torch', 'Size', new PickleGlobal('torch.Size', size)],
  ['torch', 'device', new PickleGlobal('torch.device', device)],
];
