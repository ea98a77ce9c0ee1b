import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShard, takeShard } from '../../../../trainer/data/shard.ts';

describe('shards', () => {
  it('share the items out, each once and evenly', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, count) => {
        const shares = Array.from({ length: count }, (_, index) => takeShard(items, parseShard(`${index + 1}/${count}`)));
        expect(shares.flat().sort()).toEqual([...items].sort());
        const lengths = shares.map((share) => share.length);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(['0/2', '3/2', '1', '1/0', '1/2/3', '-1/2', 'a/b', ''])('are not called "%s"', (text) => {
    expect(() => parseShard(text)).toThrow(`"${text}" is no shard; write i/n`);
  });
});
