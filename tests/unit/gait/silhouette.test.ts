import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSilhouette, alignSilhouettes, SILHOUETTE_LENGTH, SILHOUETTE_SIZE } from '../../../src/gait/silhouette.ts';
import { cutColumns } from '../../../src/gait/skeletonMap.ts';

const WIDTH = 256;
const HEIGHT = 192;
/** Height of the made-up person: two source pixels to one of the result. */
const TALL = 128;

interface Person {
  /** Where the top of the head is, and the middle of the body. */
  top: number;
  middle: number;
  /** Half widths of the head, the trunk and the legs, and how far an arm sticks out on the picture's right. */
  head: number;
  trunk: number;
  legs: number;
  arm: number;
}

const STANDING: Person = { top: 20, middle: 120, head: 8, trunk: 16, legs: 11, arm: 10 };

/** A person of boxes, 255 on 0. */
function maskOf({ top, middle, head, trunk, legs, arm }: Person): Uint8Array {
  const mask = new Uint8Array(WIDTH * HEIGHT);
  for (let row = 0; row < TALL; row++) {
    const half = row < 20 ? head : row < 70 ? trunk : legs;
    const reach = row >= 30 && row < 60 ? arm : 0;
    const from = (top + row) * WIDTH + middle;
    mask.fill(255, from - half, from + half + 1 + reach);
  }
  return mask;
}

const anyPerson = fc.record({
  top: fc.integer({ min: 0, max: HEIGHT - TALL }),
  middle: fc.integer({ min: 80, max: 170 }),
  head: fc.integer({ min: 4, max: 10 }),
  trunk: fc.integer({ min: 10, max: 22 }),
  legs: fc.integer({ min: 3, max: 16 }),
  arm: fc.integer({ min: 0, max: 20 }),
});

/** Rows of `width`, each turned round. */
const turned = (levels: Uint8Array, width: number) => levels.map((_, at) => levels[at + width - 1 - 2 * (at % width)]!);

function aligned(mask: Uint8Array): Uint8Array {
  const silhouette = alignSilhouette(mask, WIDTH, HEIGHT);
  if (!silhouette) throw new Error('nobody there');
  return silhouette;
}

const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** Mass of each column. */
function columnsOf(silhouette: Uint8Array): number[] {
  const columns = new Array<number>(SILHOUETTE_SIZE).fill(0);
  silhouette.forEach((level, at) => (columns[at % SILHOUETTE_SIZE]! += level));
  return columns;
}

describe('alignSilhouette', () => {
  it('fills all rows and has half of its mass up to column 32', () => {
    fc.assert(
      fc.property(anyPerson, (person) => {
        const silhouette = aligned(maskOf(person));
        expect(silhouette).toHaveLength(SILHOUETTE_LENGTH);
        const rows = Array.from({ length: SILHOUETTE_SIZE }, (_, row) =>
          Math.max(...silhouette.subarray(row * SILHOUETTE_SIZE, (row + 1) * SILHOUETTE_SIZE)),
        );
        expect(Math.min(...rows)).toBeGreaterThan(127);
        const columns = columnsOf(silhouette);
        const before = columns.slice(0, 32).reduce((sum, mass) => sum + mass, 0);
        const total = columns.reduce((sum, mass) => sum + mass, 0);
        expect(before).toBeLessThanOrEqual(total / 2);
        expect(before + columns[32]!).toBeGreaterThan(total / 2);
      }),
    );
  });

  it('does not depend on how high the person stands in the picture', () => {
    fc.assert(
      fc.property(anyPerson, fc.integer({ min: 0, max: HEIGHT - TALL }), (person, top) => {
        expect(same(aligned(maskOf({ ...person, top })), aligned(maskOf(person)))).toBe(true);
      }),
    );
  });

  it('does not depend on how far left or right by whole pixels of the result', () => {
    fc.assert(
      fc.property(anyPerson, fc.integer({ min: -20, max: 20 }), (person, steps) => {
        const moved = maskOf({ ...person, middle: person.middle + 2 * steps });
        expect(same(aligned(moved), aligned(maskOf(person)))).toBe(true);
      }),
    );
  });

  it('depends on parts of a pixel only by so much as the outline moves', () => {
    fc.assert(
      fc.property(anyPerson, (person) => {
        const [one, other] = [person.middle, person.middle + 1].map((middle) =>
          columnsOf(aligned(maskOf({ ...person, middle }))),
        );
        const centre = (columns: number[]) =>
          columns.reduce((sum, mass, column) => sum + mass * column, 0) / columns.reduce((sum, mass) => sum + mass, 0);
        expect(Math.abs(centre(one!) - centre(other!))).toBeLessThanOrEqual(0.6);
      }),
    );
  });

  it('gives the mirrored outline of a mirrored mask, one column further: the middle column is the 33rd of 64', () => {
    fc.assert(
      fc.property(anyPerson, (person) => {
        const mask = maskOf(person);
        const [one, other] = [aligned(mask), turned(aligned(turned(mask, WIDTH)), SILHOUETTE_SIZE)];
        const gaps = one.map((level, at) => (at % SILHOUETTE_SIZE === 0 ? 0 : Math.abs(level - other[at - 1]!)));
        // Coefficients are rounded one by one, so that a weight and its mirror image may differ by a hair.
        expect(Math.max(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('puts black beside a person at the edge of the picture', () => {
    const silhouette = aligned(maskOf({ ...STANDING, middle: 16, arm: 0 }));
    const columns = columnsOf(silhouette);
    // The outline begins at the picture's left edge, eight pixels of the result left of its middle.
    expect(columns.slice(0, 24).every((mass) => mass === 0)).toBe(true);
    expect(columns[24]).toBeGreaterThan(0);
    const right = columnsOf(aligned(maskOf({ ...STANDING, middle: WIDTH - 17, arm: 0 })));
    expect(right.slice(42).every((mass) => mass === 0)).toBe(true);
  });

  it('cuts off what is more than half the height aside', () => {
    const wide = maskOf(STANDING);
    for (let row = 60; row < 64; row++) wide.fill(255, row * WIDTH, (row + 1) * WIDTH);
    const silhouette = aligned(wide);
    const row = silhouette.subarray(21 * SILHOUETTE_SIZE, 22 * SILHOUETTE_SIZE);
    expect(row.every((level) => level > 250)).toBe(true);
  });

  it('keeps the grey edges that the resizing makes', () => {
    expect(new Set(aligned(maskOf({ ...STANDING, middle: 121 }))).size).toBeGreaterThan(2);
  });

  it.each([
    ['is blank', new Uint8Array(WIDTH * HEIGHT), null],
    ['has 39 white pixels, that is 9945 together', new Uint8Array(WIDTH * HEIGHT).fill(255, 300, 339), null],
    ['adds up to 10000', new Uint8Array(WIDTH * HEIGHT).fill(100, 256, 356), null],
    ['is a mask of 0 and 1 instead of 0 and 255', maskOf(STANDING).map((level) => level / 255), null],
  ])('drops a frame whose mask %s', (_, mask, wanted) => {
    expect(alignSilhouette(mask, WIDTH, HEIGHT)).toBe(wanted);
  });

  it('keeps a frame that has 40 white pixels', () => {
    const mask = new Uint8Array(WIDTH * HEIGHT);
    for (let row = 50; row < 90; row++) mask[row * WIDTH + 128] = 255;
    expect(alignSilhouette(mask, WIDTH, HEIGHT)).not.toBeNull();
  });

  it('drops a frame with its middle in the first column', () => {
    const mask = new Uint8Array(WIDTH * HEIGHT);
    for (let row = 10; row < 138; row++) mask.fill(255, row * WIDTH, row * WIDTH + 2);
    expect(alignSilhouette(mask, WIDTH, HEIGHT)).toBeNull();
  });

  it('drops a strip of which no column or no mass is left', () => {
    expect(alignSilhouette(new Uint8Array(100).fill(255), 1, 100)).toBeNull();
    // 40 columns of one white pixel each in a picture shrunk by 40: none of them is looked at.
    const dotted = new Uint8Array(2560 * 2560);
    for (let dot = 0; dot < 40; dot++) dotted[(dot < 20 ? 0 : 2559) * 2560 + 64 * dot + 1] = 255;
    expect(alignSilhouette(dotted, 2560, 2560)).toBeNull();
  });

  it('is ready for the cut of its columns', () => {
    expect(cutColumns(aligned(maskOf(STANDING)))).toHaveLength(64 * 44);
  });

  it.each([
    [WIDTH, HEIGHT - 1],
    [0, 0],
    [WIDTH * HEIGHT, 1.5],
    [-WIDTH, -HEIGHT],
  ])('refuses a size of %s×%s', (width, height) => {
    expect(() => alignSilhouette(maskOf(STANDING), width, height)).toThrow(RangeError);
  });
});

describe('alignSilhouettes', () => {
  it('aligns a stack in its order, without the frames that are dropped', () => {
    const lean = { ...STANDING, arm: 20 };
    const stack = new Uint8Array(3 * WIDTH * HEIGHT);
    stack.set(maskOf(STANDING), 0);
    stack.set(maskOf(lean), 2 * WIDTH * HEIGHT);
    const silhouettes = alignSilhouettes(stack, WIDTH, HEIGHT);
    expect(silhouettes).toHaveLength(2 * SILHOUETTE_LENGTH);
    expect(same(silhouettes.subarray(0, SILHOUETTE_LENGTH), aligned(maskOf(STANDING)))).toBe(true);
    expect(same(silhouettes.subarray(SILHOUETTE_LENGTH), aligned(maskOf(lean)))).toBe(true);
  });

  it('gives none for none', () => {
    expect(alignSilhouettes(new Uint8Array(), WIDTH, HEIGHT)).toHaveLength(0);
    expect(alignSilhouettes(new Uint8Array(2 * WIDTH * HEIGHT), WIDTH, HEIGHT)).toHaveLength(0);
  });

  it('refuses part of a mask, and sizes that are none', () => {
    expect(() => alignSilhouettes(new Uint8Array(WIDTH * HEIGHT + 1), WIDTH, HEIGHT)).toThrow(RangeError);
    expect(() => alignSilhouettes(new Uint8Array(), 0, HEIGHT)).toThrow(RangeError);
  });
});
