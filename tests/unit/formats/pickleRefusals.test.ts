import { describe, expect, it } from 'vitest';
import type { PickleValue } from '../../../src/formats/pickle/values.ts';
import { readPickle } from '../../../src/formats/pickle.ts';
import { readFixture } from '../../fixtures.ts';
import { bytesOf, expectFormatError } from './support.ts';

const pickle = (name: string): Promise<Uint8Array> => readFixture(`formats/pickle/${name}.pkl`);
/** A pickle written by hand, one character a byte. */
const hand = (text: string): PickleValue => readPickle(bytesOf(text));

describe('what a pickle may not do', () => {
  it('is named in the refusal', async () => {
    const system = await readFixture('pickle/malicious_os_system.pkl');
    expectFormatError(() => readPickle(system), 'refused', '"posix.system"');
    const cases = {
      refused_eval: 'eval',
      refused_import: '__import__',
      refused_class: '__main__.Harmless',
      refused_partial: 'functools.partial',
    };
    for (const [name, asked] of Object.entries(cases)) {
      const bytes = await pickle(name);
      expectFormatError(() => readPickle(bytes), 'refused', asked);
    }
  });

  it.each([
    ['a global by INST', '(ios\nsystem\n.', '"os.system"'],
    ['a dotted way round', '\x80\x04\x8c\x05numpy\x8c\x0bcore.system\x93.', '"numpy.core.system"'],
    ['a name with a line feed in it', '\x80\x04\x8c\x0ccollections\n\x8c\x0bOrderedDict\x93.', '"collections?.OrderedDict"'],
    ['a name that is a property of every object', 'cconstructor\n__proto__\n.', '"constructor.__proto__"'],
    ['a very long name', `c${'a'.repeat(500)}\nb\n.`, 'a{79}…"'],
    ['calling the array class', 'cnumpy\nndarray\n)R.', 'numpy.ndarray'],
    [
      'another class as an array',
      'cnumpy.core.multiarray\n_reconstruct\n(ccollections\nOrderedDict\ntR.',
      'collections.OrderedDict',
    ],
  ])('refuses %s', (_, text, message) => {
    expectFormatError(() => hand(text), 'refused', new RegExp(message.replace(/[.?]/g, '\\$&')));
  });

  it.each([
    ['extensions', '\x82\x01.', 'extension registry'],
    ['persistent ids, which nothing here resolves', 'Pabc\n.', 'outside of itself'],
    ['persistent ids from the stack', 'K\x01Q.', 'outside of itself'],
    ['keyword arguments', 'ccollections\nOrderedDict\n)}K\x01K\x02s\x92.', 'keyword'],
    ['containers as keys', '}]K\x01s.', 'a list as a key'],
    ['protocol 6', '\x80\x06N.', 'protocol 6'],
  ])('does without %s', (_, text, message) => {
    expectFormatError(() => hand(text), 'unsupported', message);
  });
});

describe('damaged pickles', () => {
  it.each([
    ['an empty stack', '.'],
    ['values left over', 'K\x01K\x02.'],
    ['a mark left over', '(K\x01.'],
    ['values taken from below a mark', 'K\x01(\x85.'],
    ['a mark that is not there', 'K\x01t.'],
    ['a memo that is not there', 'h\x05.'],
    ['a memo number that is none', 'K\x01p-1\n.'],
    ['appending to a number', 'K\x01K\x02a.'],
    ['keys for a list', ']K\x01K\x02s.'],
    ['a key without a value', '}(K\x01u.'],
    ['adding to a list as to a set', '](K\x01\x90.'],
    ['calling a number', 'K\x01)R.'],
    ['arguments that are no tuple', 'ccollections\nOrderedDict\nK\x01R.'],
    ['state for a number', 'K\x01}b.'],
    ['a number in words', 'Ifive\n.'],
    ['a float in words', 'Ffive\n.'],
    ['a number of 500 digits', `L${'9'.repeat(500)}\n.`],
    ['text without quotes', 'Sabc\n.'],
    ['a character beyond Unicode', 'V\\U00ffffff\n.'],
    ['text that is not UTF-8', 'X\x01\0\0\0\xff.'],
    ['a negative length', 'T\xff\xff\xff\xff.'],
    ['a length beyond counting', '\x8d\xff\xff\xff\xff\xff\xff\xff\xff.'],
    ['an instruction that is none', 'K\x01\xff.'],
    ['bytes behind its end', 'K\x01.K'],
    ['a global named by a number', 'K\x01K\x02\x93.'],
    [
      'an array of a type of more bytes',
      'cnumpy.core.numeric\n_frombuffer\n(C\x04abcdcnumpy\ndtype\nU\x02f8\x85RK\x01\x85U\x01CtR.',
    ],
    ['an array whose type is none', 'cnumpy.core.numeric\n_frombuffer\n(C\x04abcdK\x04K\x01\x85U\x01CtR.'],
    ['an array of the wrong size', 'cnumpy.core.numeric\n_frombuffer\n(C\x03abccnumpy\ndtype\nU\x02f4\x85RK\x01\x85U\x01CtR.'],
    [
      'an array with too many axes named',
      'cnumpy.core.numeric\n_frombuffer\n(C\x01acnumpy\ndtype\nU\x02u1\x85RK\x01\x85U\x01KK\x07\x85tR.',
    ],
  ])('are told by %s', (_, text) => {
    expectFormatError(() => hand(text), 'damaged');
  });

  it('are told by their end', async () => {
    const bytes = await pickle('arrays_protocol4');
    for (let length = 1; length < bytes.length; length += 7) {
      expectFormatError(() => readPickle(bytes.subarray(0, length)), 'truncated');
    }
    expectFormatError(() => readPickle(new Uint8Array(0)), 'truncated');
    expectFormatError(() => readPickle(Uint8Array.of(0xff, 0xd8, 0xff)), 'not-recognised');
  });
});

describe('bounds', () => {
  const bomb = (text: string, times: number, end = ''): Uint8Array =>
    new Uint8Array(Buffer.from(text.repeat(times) + end, 'latin1'));

  it.each<[string, () => Uint8Array, RegExp]>([
    ['values stacked up', () => bomb('N', 1_500_000), /stacks up/],
    ['marks in marks', () => bomb('(', 2000), /nested too deeply/],
    ['values remembered', () => bomb('\x94', 1_200_000, '.').with(0, 0x4e), /remembers too many/],
    ['dicts by the million', () => bomb('}0', 1_500_000), /far more memory/],
    [
      'the same text encoded again and again',
      () => {
        const head = `cbuiltins\nbytearray\np0\n0X\x40\x42\x0f\0${'a'.repeat(1_000_000)}p1\n0X\x07\0\0\0latin-1p2\n0`;
        return bomb(head, 1, 'g0\n(g1\ng2\ntR0'.repeat(2000));
      },
      /far more memory/,
    ],
    [
      'the same list copied again and again',
      () => {
        const head = `ccollections\nCounter\np0\n0](${'(K\x01K\x02t'.repeat(100_000)}ep1\n0`;
        return bomb(head, 1, 'g0\n(g1\ntR0'.repeat(2000));
      },
      /far more memory/,
    ],
    ['instructions without end', () => bomb('N0', 2_600_000), /more than 5000000/],
  ])('stop %s', (_, make, message) => {
    expectFormatError(() => readPickle(make()), 'too-large', message);
  });

  it('stop nesting and cycles, but not sharing', async () => {
    for (const name of ['deep', 'cycle']) {
      const bytes = await pickle(name);
      expectFormatError(() => readPickle(bytes), 'too-large', 'inside themselves');
    }
    expect(readPickle(await pickle('shared'))).toHaveLength(2);
  });

  it('stop nesting that is built from the inside', () => {
    expect(hand(`]${'\x85'.repeat(99)}.`)).toHaveLength(1);
    expectFormatError(() => hand(`]${'\x85'.repeat(100)}.`), 'too-large');
    expectFormatError(() => hand(`]p0\n0](g0\n${'\x85'.repeat(60)}e${'\x85'.repeat(60)}.`), 'too-large');
  });
});
