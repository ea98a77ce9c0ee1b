import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../../src/formats/bytes.ts';
import { double, float, integer, message, text } from '../../../src/formats/protobuf.ts';
import { bytesIn, messagesIn, numberIn, readMessage, textIn } from '../trainer/logs/protobufReader.ts';

describe('protobuf fields', () => {
  it('are the bytes of the encoding guide', () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(hex(integer(1, 150))).toBe('089601');
    expect(hex(integer(1, -2))).toBe('08feffffffffffffffff01');
    expect(hex(text(2, 'testing'))).toBe('120774657374696e67');
    expect(hex(message(3, integer(1, 150)))).toBe('1a03089601');
    expect(hex(double(1, 1))).toBe('09000000000000f03f');
    expect(hex(float(2, 1))).toBe('150000803f');
  });

  it('are read as they were written', () => {
    const field = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(
        field,
        fc.maxSafeNat(),
        fc.double({ noNaN: true }),
        fc.float({ noNaN: true }),
        fc.string(),
        (number, whole, wide, narrow, word) => {
          const inner = concatBytes([integer(number, whole), text(number + 1, word)]);
          const fields = readMessage(concatBytes([double(number, wide), float(number + 1, narrow), message(number + 2, inner)]));
          expect(numberIn(fields, number)).toBe(wide);
          expect(numberIn(fields, number + 1)).toBe(narrow);
          expect([...bytesIn(fields, number + 2)]).toEqual([...inner]);
          const [read] = messagesIn(fields, number + 2);
          expect(numberIn(read!, number)).toBe(whole);
          expect(textIn(read!, number + 1)).toBe(word);
        },
      ),
    );
  });
});
