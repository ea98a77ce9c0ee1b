import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../../trainer/random/random.ts';
import { STREAM } from '../../../../trainer/random/streams.ts';
import { below, draw, drawAgain, drawDistinct } from '../../../../trainer/train/sampling/draw.ts';
import { tally, unevenness } from './evenness.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];

describe('below', () => {
  it('gives every whole number below the end alike', () => {
    const random = new Random(1);
    const counts = tally(
      Array.from({ length: 7000 }, () => below(7, random)),
      7,
    );
    expect(unevenness(counts)).toBeLessThan(4);
  });
});

describe('drawing from a list', () => {
  it('without replacement gives every order alike', () => {
    const random = new Random(2);
    const orders = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const order = drawDistinct(LETTERS, 2, random).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(5 * 4);
    expect(unevenness([...orders.values()])).toBeLessThan(4);
  });

  it('with replacement gives every pair alike, twins too', () => {
    const random = new Random(3);
    const pairs = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const pair = drawAgain(LETTERS, 2, random).join('');
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    expect(pairs.size).toBe(5 * 5);
    expect(unevenness([...pairs.values()])).toBeLessThan(4);
  });

  it('repeats a value only where there are too few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), fc.nat(), (length, count, seed) => {
        const values = Array.from({ length }, (_, index) => index);
        const drawn = draw(values, count, new Random(seed));
        expect(drawn).toHaveLength(count);
        expect(drawn.every((value) => values.includes(value))).toBe(true);
        if (count <= length) expect(new Set(drawn).size).toBe(count);
        expect(values).toEqual(Array.from({ length }, (_, index) => index));
      }),
    );
  });
});

describe('STREAM', () => {
  it('has a number of its own for each purpose, shared with none', () => {
    const numbers = Object.values(STREAM);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
