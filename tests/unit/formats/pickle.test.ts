import { describe, expect, it } from 'vitest';
import type { PickledArray } from '../../../src/formats/pickle/arrays.ts';
import type { PickleValue } from '../../../src/formats/pickle/values.ts';
import { readNpy } from '../../../src/formats/npy.ts';
import { readPickle, readPickledArrays } from '../../../src/formats/pickle.ts';
import { readFixture } from '../../fixtures.ts';
import { bytesOf, expectFormatError, numbers, ramp } from './support.ts';

const pickle = (name: string): Promise<Uint8Array> => readFixture(`formats/pickle/${name}.pkl`);
/** A pickle written by hand, one character a byte. */
const hand = (text: string): PickleValue => readPickle(bytesOf(text));

describe('plain values', () => {
  it.each([0, 1, 2, 3, 4, 5])('are what Python wrote under protocol %i', async (protocol) => {
    const value = readPickle(await pickle(`plain_protocol${protocol}`)) as Map<string, PickleValue>;
    expect(Object.fromEntries(value)).toEqual({
      none: null,
      flags: [true, false],
      ints: [0, -1, 255, 256, 65536, -(2 ** 31), 2 ** 31, 9007199254740992n, -(2n ** 70n)],
      floats: [0.5, -1e-300, Infinity, -Infinity, NaN],
      text: 'café 你 😀 \\ \n',
      long: 'x'.repeat(300),
      bytes: Uint8Array.of(0, 255, 10),
      empty: new Uint8Array(0),
      bytearray: Uint8Array.of(1, 254),
      tuples: [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]],
      sets: [new Set([1, 2]), new Set(['a'])],
      ordered: new Map([
        ['b', 1],
        ['a', 2],
      ]),
      counter: new Map([
        ['a', 2],
        ['b', 1],
      ]),
      nested: new Map([[1, new Map([[2.5, [[]]]])]]),
      again: new Map([
        ['b', 1],
        ['a', 2],
      ]),
    });
    expect(value.get('again')).toBe(value.get('ordered'));
    expect([...(value.get('ordered') as Map<string, number>).keys()]).toEqual(['b', 'a']);
  });

  it.each([0, 1, 2])('are what Python 2 wrote under protocol %i', async (protocol) => {
    const value = readPickle(await pickle(`python2_protocol${protocol}`)) as Map<string, PickleValue>;
    expect(Object.fromEntries(value)).toEqual({
      text: 'caf\xe9 "quoted" \'both\' \n\\ \0',
      unicode: 'café 你 😀 \\ \n',
      long: 2n ** 70n,
      int: -5,
      flags: [true, false, null],
      float: 0.1,
      tuple: [1, [2], []],
      nested: new Map([[1, [2.5]]]),
    });
  });

  it.each<[string, string, PickleValue]>([
    ['DUP and POP', 'K\x012\x86K\x050.', [1, 1]],
    ['POP of a mark', '((0K\x01t.', [1]],
    ['POP_MARK', 'K\x01(K\x02K\x031.', 1],
    ['LIST and DICT', '(K\x01(K\x02K\x03dl.', [1, new Map([[2, 3]])]],
    ['SETITEM and APPEND', '](}K\x01K\x02s1K\x05a.', [5]],
    ['INST', '(icollections\nOrderedDict\n.', new Map()],
    ['OBJ', '(ccollections\nOrderedDict\no.', new Map()],
    ['NEWOBJ', 'ccollections\nOrderedDict\n)\x81.', new Map()],
    ['NEWOBJ_EX', 'ccollections\nOrderedDict\n)}\x92.', new Map()],
    ['memo of protocol 0', 'K\x07p5\n0g5\n.', 7],
    ['LONG4', '\x8b\x02\0\0\0\xff\xff.', -1],
    ['an empty LONG1', '\x8a\0.', 0],
    ['INT as bool', 'I01\n.', true],
    ['SHORT_BINSTRING', 'U\x02\xe9\0.', '\xe9\0'],
    ['BINUNICODE8', '\x8d\x01\0\0\0\0\0\0\0a.', 'a'],
    ['octal and hexadecimal escapes', "S'\\101\\x42\\t\\q'\n.", 'AB\t\\q'],
  ])('%s', (_, text, expected) => {
    expect(hand(text)).toEqual(expected);
  });
});

describe('NumPy arrays', () => {
  it.each([0, 1, 2, 3, 4, 5])('of every type and order under protocol %i', async (protocol) => {
    const value = readPickle(await pickle(`arrays_protocol${protocol}`)) as Map<string, PickleValue>;
    const array = (name: string): PickledArray['array'] => (value.get(name) as PickledArray).array;
    for (const name of ['float32', 'float16', 'float64', 'int64', 'uint8']) {
      expect(array(name)).toMatchObject({ shape: [2, 3, 4], dtype: name });
      expect(numbers(array(name))).toEqual(ramp(24));
    }
    expect(array('bool').dtype).toBe('bool');
    expect(numbers(array('bool'))).toEqual(ramp(24).map((i) => i % 2));
    expect(numbers(array('fortran'))).toEqual(ramp(24));
    expect(numbers(array('sliced'))).toEqual(ramp(24));
    expect(array('axes').shape).toEqual([2, 3, 4]);
    expect(numbers(array('axes'))).toEqual(ramp(24).map((i) => (i % 12) * 2 + Math.floor(i / 12)));
    expect(array('empty')).toEqual({ shape: [0, 3], dtype: 'float32', data: new Float32Array(0) });
    expect(array('zero-dimensional')).toEqual({ shape: [], dtype: 'float32', data: Float32Array.of(7) });
    expect(value.get('scalars')).toEqual([0.1, 0.5, 1.5, -3, 200, true, 2n ** 62n]);
  });

  const POSES = [
    'numpy1_protocol2',
    'numpy1_protocol4',
    'numpy2_protocol2',
    'numpy2_protocol3',
    'numpy2_protocol4',
    'numpy2_protocol5',
  ];
  it.each([...POSES, 'big_endian'])('the same pose, pickled as %s', async (name) => {
    const expected = readNpy(await readFixture('pickle/pose.npy'));
    expect(readPickledArrays(await readFixture(`pickle/pose_${name}.pkl`))).toEqual([expected]);
  });

  it('in Fortran order, and as a list of frames', async () => {
    const { data } = readNpy(await readFixture('pickle/pose.npy'));
    const [five] = readPickledArrays(await readFixture('pickle/pose_fortran_order.pkl'));
    expect(five).toEqual({ shape: [5, 17, 3], dtype: 'float32', data: data.slice(0, 5 * 51) });
    const frames = readPickledArrays(await readFixture('pickle/list_of_arrays.pkl'));
    expect(frames).toHaveLength(14);
    frames.forEach((frame, i) =>
      expect(frame).toEqual({ shape: [17, 3], dtype: 'float32', data: data.slice(i * 51, (i + 1) * 51) }),
    );
  });

  it.each([
    ['objects', 'O8'],
    ['records', 'V8'],
    ['text_array', 'U2'],
    ['complex', 'c8'],
  ])('refuses %s in a sentence', async (name, message) => {
    const bytes = await pickle(name);
    expectFormatError(() => readPickle(bytes), 'unsupported', message);
  });

  it('refuses buffers outside of the file', async () => {
    const bytes = await pickle('out_of_band');
    expectFormatError(() => readPickle(bytes), 'unsupported', 'outside of the file');
  });

  it('asks for arrays where arrays are expected', async () => {
    const bytes = await pickle('plain_protocol4');
    expectFormatError(() => readPickledArrays(bytes), 'unsupported', 'a dict where a NumPy array');
  });
});
