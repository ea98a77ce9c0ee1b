import { describe, expect, it } from 'vitest';
import { zipSync, type Zippable } from 'fflate';
import type { PickledArray } from '../../../src/formats/pickle/arrays.ts';
import type { PickleValue } from '../../../src/formats/pickle/values.ts';
import { readTorchCheckpoint } from '../../../src/formats/torch.ts';
import { readFixture } from '../../fixtures.ts';
import { bytesOf, concat, expectFormatError, numbers, ramp } from './support.ts';

const torch = (name: string): Promise<Uint8Array> => readFixture(`formats/torch/${name}.pt`);

/** A checkpoint with this pickle, and a storage called 0 of four float32 (0, 1, 2, 3). */
function checkpoint(pickle: string, more: Zippable = {}): Uint8Array {
  const storage = new Uint8Array(Float32Array.of(0, 1, 2, 3).buffer);
  return zipSync({ 'x/data.pkl': bytesOf(pickle), 'x/data/0': storage, ...more }, { level: 0 });
}

/** A state dict with one tensor: the storage's class, key and length, then offset, shape and strides as pickle instructions. */
function tensor(view: string, storage: Parameters<typeof storageId>[0] = {}): string {
  return `}U\x01wctorch._utils\n_rebuild_tensor_v2\n(${storageId(storage)}${view}\x89}tRs.`;
}

function storageId({ type = 'torch\nFloatStorage', key = '0', count = 'K\x04', more = '' }): string {
  return `(U\x07storagec${type}\nU${String.fromCharCode(key.length)}${key}U\x03cpu${count}${more}tQ`;
}

/** The state dict above for a storage of four elements: all of them. */
const ALL = 'K\x00K\x04\x85K\x01\x85';

/** Four float32 as files before 1.6 hold them, behind how many they are. */
const FOUR = concat(new Uint8Array(BigUint64Array.of(4n).buffer), new Uint8Array(Float32Array.of(0, 1, 2, 3).buffer));
/** The list of storages: one, called 0. */
const KEY = '](U\x010e.';

/** A state dict of two tensors of four elements each, in these storages. */
function twoTensors(...ids: [string, string]): string {
  return `}(${ids.map((id, i) => `U\x01${i}ctorch._utils\n_rebuild_tensor_v2\n(${id}${ALL}\x89}tR`).join('')}u.`;
}

/** A file as before 1.6: magic number and version, nothing about the system, the value, the list of storages, the storages. */
function legacy(value: string, keys: string, ...storages: Uint8Array[]): Uint8Array {
  const magic = '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.';
  return concat(bytesOf(`${magic}\x80\x02M\xe9\x03.}.${value}${keys}`), ...storages);
}

describe('checkpoints of PyTorch 2.13', () => {
  it.each(['views', 'deflated', 'big_endian', 'no_checksums', 'legacy'])('keep views as they were: %s', async (name) => {
    const { parameters, iteration, optimizer } = readTorchCheckpoint(await torch(name));
    const read = (key: string): [number[], number[]] => [parameters.get(key)!.shape, numbers(parameters.get(key)!)];
    expect(read('plain')).toEqual([[2, 3, 4], ramp(24)]);
    expect(read('transposed')).toEqual([
      [2, 3, 4],
      ramp(24).map((i) => (i % 4) * 6 + (Math.floor(i / 4) % 3) * 2 + Math.floor(i / 12)),
    ]);
    expect(read('row')).toEqual([[4], [20, 21, 22, 23]]);
    expect(read('column')).toEqual([[2], [5, 17]]);
    expect(read('expanded')).toEqual([
      [3, 2],
      [3, 3, 3, 3, 3, 3],
    ]);
    expect(read('scalar')).toEqual([[], [7]]);
    expect(read('empty')).toEqual([[0, 3], []]);
    expect(read('parameter')).toEqual([[3, 4], ramp(12)]);
    expect(read('every-second')).toEqual([[12], ramp(12).map((i) => 2 * i)]);
    expect([iteration, optimizer]).toEqual([null, null]);
    expect([...parameters.keys()][0]).toBe('plain');
  });

  it('have tensors of every type', async () => {
    const { parameters } = readTorchCheckpoint(await torch('types'));
    for (const [name, array] of parameters) {
      expect(array).toMatchObject({ shape: [2, 3], dtype: name });
      expect(numbers(array)).toEqual(name === 'bool' ? [0, 1, 1, 1, 1, 1] : ramp(6));
    }
    expect(parameters.size).toBe(9);
  });

  it('come with optimiser, schedule and iteration', async () => {
    const { parameters, iteration, optimizer, scheduler } = readTorchCheckpoint(await torch('training'));
    expect([...parameters.keys()]).toEqual([
      ...['0.weight', '0.bias', '1.weight', '1.bias'],
      ...['1.running_mean', '1.running_var', '1.num_batches_tracked'],
    ]);
    expect(parameters.get('1.num_batches_tracked')).toEqual({ shape: [], dtype: 'int64', data: BigInt64Array.of(1n) });
    expect(iteration).toBe(1);
    expect((scheduler as Map<string, PickleValue>).get('T_max')).toBe(80);
    const state = (optimizer as Map<string, Map<number, Map<string, PickledArray>>>).get('state')!;
    expect(state.get(0)!.get('exp_avg')!.array.shape).toEqual([2, 3]);
  });

  it('may call the weights state_dict', async () => {
    const { parameters, iteration } = readTorchCheckpoint(await torch('state_dict'));
    expect([parameters.size, iteration]).toEqual([7, null]);
  });
});

describe('files that are no checkpoints', () => {
  it.each([
    ['torchscript', 'unsupported', 'TorchScript'],
    ['bfloat16', 'unsupported', 'torch.BFloat16Storage'],
    ['lone_tensor', 'unsupported', 'an array, not weights'],
    ['whole_module', 'refused', '"torch.nn.modules.container.Sequential"'],
  ] as const)('say what they are: %s', async (name, code, message) => {
    const bytes = await torch(name);
    expectFormatError(() => readTorchCheckpoint(bytes), code, message);
  });

  it('say so too where they are something else', () => {
    expectFormatError(() => readTorchCheckpoint(new Uint8Array(0)), 'not-recognised');
    expectFormatError(() => readTorchCheckpoint(bytesOf('GIF89a')), 'not-recognised');
    expectFormatError(() => readTorchCheckpoint(zipSync({ 'word/document.xml': bytesOf('<a/>') })), 'not-recognised', 'data.pkl');
    expectFormatError(() => readTorchCheckpoint(checkpoint('}.')), 'unsupported', 'no weights');
    expectFormatError(() => readTorchCheckpoint(checkpoint('}U\x05epochK\x03s.')), 'unsupported', 'a number under "epoch"');
    expectFormatError(() => readTorchCheckpoint(checkpoint('}.', { 'y/data.pkl': bytesOf('}.') })), 'not-recognised');
  });
});

describe('tensors that do not fit their storage', () => {
  it('are fine where they do', () => {
    const { parameters } = readTorchCheckpoint(checkpoint(tensor('K\x01K\x03\x85K\x01\x85')));
    expect(numbers(parameters.get('w')!)).toEqual([1, 2, 3]);
  });

  it.each([
    ['a shape beyond the end', tensor('K\x00K\x05\x85K\x01\x85')],
    ['an offset beyond the end', tensor('K\x02K\x03\x85K\x01\x85')],
    ['an empty shape at an offset beyond the end', tensor('K\x05K\x00\x85K\x01\x85')],
    ['strides beyond the end', tensor('K\x00K\x02\x85K\x04\x85')],
    ['a negative stride', tensor('K\x03K\x02\x85J\xff\xff\xff\xff\x85')],
    ['a negative offset', tensor('J\xff\xff\xff\xffK\x02\x85K\x01\x85')],
    ['fewer strides than axes', tensor('K\x00K\x02K\x02\x86K\x01\x85')],
    ['a storage longer than its entry', tensor('K\x00K\x01\x85K\x01\x85', { count: 'K\x05' })],
    ['a storage shorter than its entry', tensor('K\x00K\x01\x85K\x01\x85', { count: 'K\x03' })],
    ['a storage that is not there', tensor('K\x00K\x01\x85K\x01\x85', { key: '1' })],
    ['a way out of the folder', tensor('K\x00K\x01\x85K\x01\x85', { key: '../data.pkl' })],
    [
      'a storage of no whole number of elements',
      tensor('K\x00K\x01\x85K\x01\x85', { type: 'torch\nDoubleStorage', count: 'K\x02', key: 'odd' }),
    ],
    ['a type of more bytes than the entry holds', tensor(ALL, { type: 'torch\nDoubleStorage' })],
    ['a type of fewer bytes than the entry holds', tensor(ALL, { type: 'torch\nHalfStorage' })],
    ['a type that is none', tensor(ALL, { type: 'collections\nOrderedDict' })],
    ['a count that is no whole number', tensor(ALL, { count: 'G\x40\x10\0\0\0\0\0\x01' })],
    ['a number for a storage', '}U\x01wctorch._utils\n_rebuild_tensor_v2\n(K\x01K\x00)))tRs.'],
    ['another persistent id', 'K\x01Q.'],
    ['a parameter that is none', 'ctorch._utils\n_rebuild_parameter\n(K\x01\x89}tR.'],
  ])('are refused: %s', (_, pickle) => {
    expectFormatError(() => readTorchCheckpoint(checkpoint(pickle, { 'x/data/odd': new Uint8Array(9) })), 'damaged');
  });

  it('are refused by what they ask for: a type that PyTorch keeps for other machines', () => {
    const quantised = checkpoint(tensor(ALL, { type: 'torch\nQInt8Storage' }));
    expectFormatError(() => readTorchCheckpoint(quantised), 'refused', '"torch.QInt8Storage"');
  });

  it('cannot grow out of one element', () => {
    const huge = tensor('K\x00J\0\0\0\x40\x85K\x00\x85');
    expectFormatError(() => readTorchCheckpoint(checkpoint(huge)), 'too-large', 'far more memory');
    const beyond = tensor('K\x00J\0\0\0\x40J\0\0\0\x40\x86K\x00K\x00\x86');
    expectFormatError(() => readTorchCheckpoint(checkpoint(beyond)), 'too-large');
  });
});

describe('damaged checkpoints', () => {
  it('are told by their end, wherever they were cut off', async () => {
    const bytes = await torch('views');
    for (let length = 4; length < bytes.length; length += 7) {
      expectFormatError(() => readTorchCheckpoint(bytes.subarray(0, length)), 'truncated');
    }
  });

  it('are told by their checksums', async () => {
    const bytes = await torch('views');
    const ramp = Buffer.from(bytes).indexOf(Buffer.from(Float32Array.of(22, 23).buffer));
    expectFormatError(() => readTorchCheckpoint(bytes.with(ramp, 1)), 'damaged', 'checksum');
  });

  it.each([
    ['lies about its size', 16, 'damaged'],
    ['admits its size', 20_000_000, 'damaged'],
    ['is beyond all bounds', 2 ** 31 - 1, 'too-large'],
  ] as const)('may hold a bomb that %s', (_, announced, code) => {
    const bomb = zipSync({ 'x/data.pkl': bytesOf(tensor(ALL)), 'x/data/0': new Uint8Array(20_000_000) }, { level: 9 });
    // The size unpacked stands 24 bytes into the last entry of the zip's directory.
    new DataView(bomb.buffer).setUint32(Buffer.from(bomb).lastIndexOf('PK\x01\x02') + 24, announced, true);
    expectFormatError(() => readTorchCheckpoint(bomb), code);
  });
});

describe('checkpoints from before PyTorch 1.6', () => {
  it('are refused wherever they break off, and where something follows', async () => {
    const whole = await torch('legacy');
    // The first bytes alone are too few to tell what it would have been.
    for (let length = 15; length < whole.length; length += 7) {
      expectFormatError(() => readTorchCheckpoint(whole.subarray(0, length)), 'truncated');
    }
    expectFormatError(() => readTorchCheckpoint(Uint8Array.of(...whole, 0)), 'damaged', 'do not belong to it');
  });

  it('are refused where a storage has another length than was announced', async () => {
    const bytes = (await torch('legacy')).slice();
    const view = new DataView(bytes.buffer);
    // Behind the pickles every storage begins with its length; the last is a run of 12 float32, 0 to 11.
    const start = bytes.length - 12 * 4 - 8;
    expect(view.getBigUint64(start, true)).toBe(12n);
    view.setBigUint64(start, 2n ** 40n, true);
    expectFormatError(() => readTorchCheckpoint(bytes), 'damaged', 'announces a storage of 12 float32');
  });

  it('are read where all is in order', () => {
    const { parameters } = readTorchCheckpoint(legacy(tensor(ALL), KEY, FOUR));
    expect(numbers(parameters.get('w')!)).toEqual([0, 1, 2, 3]);
  });

  it.each<[string, Uint8Array, 'damaged' | 'truncated' | 'too-large' | 'unsupported']>([
    ['a shape beyond the end of its storage', legacy(tensor('K\x00K\x05\x85K\x01\x85'), KEY, FOUR), 'damaged'],
    ['more elements announced than there are', legacy(tensor(ALL, { count: 'K\x05' }), KEY, FOUR), 'damaged'],
    [
      'fewer elements announced than there are',
      legacy(tensor('K\x00K\x03\x85K\x01\x85', { count: 'K\x03' }), KEY, FOUR),
      'damaged',
    ],
    ['a storage beyond the end', legacy(tensor(ALL), KEY, FOUR.subarray(0, -1)), 'truncated'],
    ['a storage beyond all bounds', legacy(tensor(ALL, { count: 'J\xff\xff\xff\x7f' }), KEY, FOUR), 'too-large'],
    ['a type of more bytes than there are', legacy(tensor(ALL, { type: 'torch\nDoubleStorage' }), KEY, FOUR), 'truncated'],
    ['a type of fewer bytes than there are', legacy(tensor(ALL, { type: 'torch\nHalfStorage' }), KEY, FOUR), 'damaged'],
    ['a count beyond counting', legacy(tensor(ALL), KEY, new Uint8Array(24).fill(255)), 'damaged'],
    [
      'one storage of two types',
      legacy(twoTensors(storageId({}), storageId({ type: 'torch\nIntStorage' })), KEY, FOUR),
      'damaged',
    ],
    ['one storage of two lengths', legacy(twoTensors(storageId({}), storageId({ count: 'K\x05' })), KEY, FOUR), 'damaged'],
    ['a storage that is not listed', legacy(tensor(ALL), '].'), 'damaged'],
    ['a storage that is listed twice', legacy(tensor(ALL), '](U\x010U\x010e.', FOUR, FOUR), 'damaged'],
    ['a storage that nothing refers to', legacy(tensor(ALL), '](U\x010U\x011e.', FOUR, FOUR), 'damaged'],
    ['a list of storages that is none', legacy(tensor(ALL), 'N.', FOUR), 'damaged'],
    ['a storage inside another', legacy(tensor(ALL, { more: '(U\x011K\x00K\x02t' }), KEY, FOUR), 'unsupported'],
    ['another version of the layout', legacy(tensor(ALL), KEY, FOUR).with(18, 4), 'unsupported'],
  ])('are refused with %s', (_, bytes, code) => {
    expectFormatError(() => readTorchCheckpoint(bytes), code);
  });
});
