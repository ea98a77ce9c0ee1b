import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../src/pose/readAhead.ts';

interface Source {
  items: AsyncGenerator<number, string, void>;
  /** How many items were asked for. */
  made(): number;
  ended(): boolean;
}

function source(length: number, failAt = Infinity): Source {
  let made = 0;
  let ended = false;
  async function* items(): AsyncGenerator<number, string, void> {
    try {
      while (made < length) {
        await Promise.resolve();
        if (made === failAt) throw new Error('broken');
        yield made++;
      }
      return 'the end';
    } finally {
      ended = true;
    }
  }
  return { items: items(), made: () => made, ended: () => ended };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const discarded: number[] = [];
const discard = (item: number) => void discarded.push(item);

describe('readAhead', () => {
  it('passes items in order, and what the source returns', async () => {
    const reader = readAhead(source(5).items, 2, discard);
    const seen: number[] = [];
    let next = await reader.next();
    for (; !next.done; next = await reader.next()) seen.push(next.value);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(next.value).toBe('the end');
  });

  it('is at most so many items ahead of its reader', async () => {
    const { items, made } = source(100);
    const reader = readAhead(items, 3, discard);
    await settle();
    expect(made()).toBe(0);
    for (let read = 1; read <= 10; read++) {
      await reader.next();
      await settle();
      // The one being read has been given out; three more are made, or under way.
      expect(made()).toBe(read + 3);
    }
    await reader.return('');
  });

  it('passes a failure where it happened', async () => {
    const reader = readAhead(source(100, 4).items, 3, discard);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of reader) seen.push(item);
    })();
    await expect(reading).rejects.toThrow('broken');
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('discards what was read ahead when the reader stops, and ends the source', async () => {
    discarded.length = 0;
    const { items, ended } = source(100);
    for await (const item of readAhead(items, 3, discard)) if (item === 1) break;
    expect(discarded).toEqual([2, 3, 4]);
    expect(ended()).toBe(true);
  });
});
