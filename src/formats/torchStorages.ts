/**
 * PyTorch's storages: typed runs of elements that lie outside of a checkpoint's pickle and that it refers to by persistent id. Where
 * they come before the pickle (in a zip file) they are filled when asked for, where they come after it, later.
 */
import { FormatError } from './errors.ts';
import type { DType, TypedArray } from './ndarray.ts';
import type { GlobalEntry } from './pickle/allowList.ts';
import { PickleGlobal, PickleObject, type PickleValue } from './pickle/values.ts';

/** The class of a storage, named but never called: it says the type of the elements. Null where that can't be read here. */
class StorageType extends PickleGlobal {
  constructor(
    name: string,
    readonly dtype: DType | null,
  ) {
    super(`torch.${name}`);
  }
}

const CLASSES: readonly (readonly [name: string, dtype: DType | null])[] = [
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

/** The storages' part of the allow-list. */
export const STORAGE_GLOBALS: readonly GlobalEntry[] = CLASSES.map(([name, dtype]) => [
  'torch',
  name,
  new StorageType(name, dtype),
]);

/** The name, in module `torch`, of the class for elements of this type; undefined where PyTorch has none. */
export function storageClass(dtype: DType): string | undefined {
  return CLASSES.find(([, type]) => type === dtype)?.[0];
}

export class Storage extends PickleObject {
  readonly label = 'a PyTorch storage';
  private data: TypedArray | null = null;
  private readonly waiting: ((data: TypedArray) => void)[] = [];

  constructor(
    readonly dtype: DType,
    /** Number of elements. */
    readonly length: number,
  ) {
    super();
  }

  get isFilled(): boolean {
    return this.data !== null;
  }

  /** Gives the storage its elements, `length` of them. */
  fill(data: TypedArray): void {
    this.data = data;
    for (const take of this.waiting.splice(0)) take(data);
  }

  /** Hands the elements over: now where they are there, else once they are. */
  whenFilled(take: (data: TypedArray) => void): void {
    if (this.data) take(this.data);
    else this.waiting.push(take);
  }
}

/** What a persistent id says of a storage. */
export interface StorageId {
  dtype: DType;
  key: string;
  /** Number of elements. */
  count: number;
}

/**
 * Reads a persistent id: ('storage', class, key, device, elements), and None behind it in files from before PyTorch 1.6.
 * Throws {@link FormatError}.
 */
export function parseStorageId(id: PickleValue): StorageId {
  const [tag, type, key, , count, view = null] = Array.isArray(id) ? id : [];
  if (tag !== 'storage' || !(type instanceof StorageType) || typeof key !== 'string' || !isCount(count)) {
    throw new FormatError('damaged', 'This checkpoint refers to something that is not a PyTorch storage: it is damaged.');
  }
  if (type.dtype === null) {
    throw new FormatError(
      'unsupported',
      `This checkpoint holds a ${type.label}, which can't be read. Save its tensors as float32.`,
    );
  }
  if (view !== null) {
    throw new FormatError(
      'unsupported',
      'This checkpoint holds storages inside storages, as PyTorch before 0.4 wrote them. Save it again with a current PyTorch.',
    );
  }
  return { dtype: type.dtype, key, count };
}

/** Is this a number of elements, or a place among them? */
export function isCount(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
