/** Ways to damage a file, as fast-check makes them: small edits at the places that matter to parsers. */
import fc from 'fast-check';

interface Edit {
  kind: 'flip' | 'set' | 'number' | 'cut' | 'drop' | 'repeat' | 'copy';
  /** Where, as a share of the file's length. */
  at: number;
  from: number;
  length: number;
  byte: number;
  number: bigint;
}

/** Numbers that parsers trip over: limits of 16, 32 and 53 bits and what lies beside them. */
const NASTY = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];

// Not fc.double: that is uniform over the floating-point numbers, most of which are next to 0.
const share = fc.nat(999_999).map((part) => part / 1e6);

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('flip', 'set', 'set', 'number', 'cut', 'drop', 'repeat', 'copy'),
  at: share,
  from: share,
  length: fc.integer({ min: 1, max: 40 }),
  byte: fc.nat(255),
  number: fc.constantFrom(...NASTY),
});

function apply(bytes: Uint8Array, { kind, at, from, length, byte, number }: Edit): Uint8Array {
  const position = Math.min(Math.floor(at * bytes.length), Math.max(0, bytes.length - 1));
  const head = bytes.subarray(0, position);
  const tail = bytes.subarray(position);
  const copy = new Uint8Array(bytes);
  switch (kind) {
    case 'flip':
      copy[position]! ^= 1 << (byte % 8);
      return copy;
    case 'set':
      copy[position] = byte;
      return copy;
    case 'number': {
      const width = [1, 2, 4, 8][byte % 4]!;
      for (let i = 0; i < width && position + i < copy.length; i++) copy[position + i] = Number((number >> BigInt(8 * i)) & 255n);
      return copy;
    }
    case 'cut':
      return head;
    case 'drop':
      return new Uint8Array(Buffer.concat([head, tail.subarray(length)]));
    case 'repeat':
      return new Uint8Array(Buffer.concat([head, tail.subarray(0, length), tail]));
    case 'copy': {
      const source = Math.floor(from * bytes.length);
      return new Uint8Array(Buffer.concat([head, bytes.subarray(source, source + length), tail]));
    }
  }
}

/** Damaged versions of the given files. */
export function mutationsOf(files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat(files.length - 1), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([index, edits]) => edits.reduce(apply, files[index]!));
}
