import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleBatch, type SampleableClip } from '../../../../trainer/train/sampling/samplers.ts';
import { tally, unevenness } from './evenness.ts';

/** Each id with so many clips, all of one class. */
const clipsOf = (ids: readonly { label: number; clips: number }[]): SampleableClip[] =>
  ids.flatMap(({ label, clips }, id) => Array.from({ length: clips }, () => ({ id: `id ${id}`, label })));

/** As in Scoliosis1K: one clip an id, classes 1:1:8. */
const ONE_EACH = clipsOf(Array.from({ length: 50 }, (_, id) => ({ label: id < 5 ? 2 : id < 10 ? 1 : 0, clips: 1 })));

const TRIPLET = { kind: 'triplet', identities: 8, samples: 8 } as const;
const BALANCED = { kind: 'class-balanced', clipsPerClass: 22 } as const;

const anyClips = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 2 }), clips: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map(clipsOf);

describe.each([TRIPLET, BALANCED])('sampleBatch, $kind', (options) => {
  it('is the same batch for an iteration of a seed, whatever was drawn before', () => {
    const batches = [0, 1, 2, 3].map((iteration) => sampleBatch(ONE_EACH, options, 9, iteration));
    const again = [3, 1, 0, 2].map((iteration) => sampleBatch(ONE_EACH, options, 9, iteration));
    expect(again).toEqual([batches[3], batches[1], batches[0], batches[2]]);
    expect(new Set(batches.map((batch) => JSON.stringify(batch))).size).toBe(4);
    expect(sampleBatch(ONE_EACH, options, 10, 0)).not.toEqual(batches[0]);
  });

  it('gives clips with the same id the same identity, and others another', () => {
    fc.assert(
      fc.property(anyClips, fc.nat(), fc.nat(1000), (clips, seed, iteration) => {
        fc.pre(options.kind === 'triplet' || new Set(clips.map(({ label }) => label)).size === 3);
        const ids = [...new Set(clips.map(({ id }) => id))];
        for (const { clip, identity } of sampleBatch(clips, options, seed, iteration))
          expect(ids[identity]).toBe(clips[clip]!.id);
      }),
    );
  });

  it('says so where there is no clip', () => {
    expect(() => sampleBatch([], options, 1, 0)).toThrow(/training split has no clips/);
  });
});

describe('the triplet sampler', () => {
  it('takes ids together: different ones where there are enough, different clips where an id has enough', () => {
    const shape = fc.record({ identities: fc.integer({ min: 1, max: 10 }), samples: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(anyClips, shape, fc.nat(), (clips, { identities, samples }, seed) => {
        const batch = sampleBatch(clips, { kind: 'triplet', identities, samples }, seed, 0);
        expect(batch).toHaveLength(identities * samples);
        const groups = Array.from({ length: identities }, (_, at) => batch.slice(at * samples, (at + 1) * samples));
        for (const group of groups) {
          expect(new Set(group.map(({ identity }) => identity)).size).toBe(1);
          const own = clips.filter(({ id }) => id === clips[group[0]!.clip]!.id).length;
          const different = new Set(group.map(({ clip }) => clip)).size;
          if (own >= samples) expect(different).toBe(samples);
        }
        const different = new Set(groups.map(([first]) => first!.identity)).size;
        if (identities <= new Set(clips.map(({ id }) => id)).size) expect(different).toBe(identities);
      }),
    );
  });

  it('repeats the only clip of an id, and ids where there are fewer than asked for', () => {
    const batch = sampleBatch(ONE_EACH.slice(0, 3), TRIPLET, 1, 0);
    expect(batch).toHaveLength(64);
    expect(new Set(batch.map(({ clip }) => clip)).size).toBeLessThanOrEqual(3);
  });

  it('draws ids alike whatever their class and number of clips, and the clips of an id alike', () => {
    const clips = clipsOf([
      { label: 0, clips: 9 },
      { label: 0, clips: 1 },
      { label: 1, clips: 1 },
      { label: 2, clips: 3 },
    ]);
    const drawn = Array.from({ length: 3000 }, (_, iteration) =>
      sampleBatch(clips, { kind: 'triplet', identities: 2, samples: 2 }, 5, iteration),
    ).flat();
    const byIdentity = tally(
      drawn.filter((_, at) => at % 2 === 0).map(({ identity }) => identity),
      4,
    );
    expect(unevenness(byIdentity)).toBeLessThan(4);
    const byClip = tally(
      drawn.map(({ clip }) => clip),
      clips.length,
    );
    expect(unevenness(byClip.slice(0, 9))).toBeLessThan(4);
    expect(unevenness(byClip.slice(11))).toBeLessThan(4);
  });

  it('leaves the classes the shares that they have among the ids', () => {
    const positives = Array.from({ length: 1000 }, (_, iteration) =>
      sampleBatch(ONE_EACH, TRIPLET, 1, iteration).filter(({ clip }) => ONE_EACH[clip]!.label === 2),
    );
    // 0.8 of 8 ids on 1:1:8, each 8 times; none at all in 40 % of the batches (5 of 50 ids, 8 drawn without replacement).
    expect(positives.flat().length / 1000).toBeCloseTo(6.4, 0);
    expect(Math.abs(positives.filter(({ length }) => length === 0).length / 1000 - 0.401)).toBeLessThan(0.06);
  });
});

describe('the class-balanced sampler', () => {
  it('takes as many clips of every class, in the order of the classes', () => {
    const labels = sampleBatch(ONE_EACH, BALANCED, 1, 0).map(({ clip }) => ONE_EACH[clip]!.label);
    expect(labels).toEqual([0, 1, 2].flatMap((label) => Array.from({ length: 22 }, () => label)));
  });

  it('draws the clips of a class alike, with replacement', () => {
    const batches = Array.from({ length: 300 }, (_, iteration) => sampleBatch(ONE_EACH, BALANCED, 3, iteration));
    const counts = tally(
      batches.flat().map(({ clip }) => clip),
      ONE_EACH.length,
    );
    for (const [from, to] of [
      [0, 5],
      [5, 10],
      [10, 50],
    ])
      expect(unevenness(counts.slice(from, to))).toBeLessThan(4);
    // 22 of the 40 negatives: all different in 1 batch of 1 400.
    const repeating = batches.filter((batch) => new Set(batch.slice(0, 22).map(({ clip }) => clip)).size < 22);
    expect(repeating.length).toBeGreaterThan(290);
  });

  it.each([
    [0, 'negative'],
    [1, 'neutral'],
    [2, 'positive'],
  ])('names the class that has no clip: %s', (missing, name) => {
    const rest = ONE_EACH.filter(({ label }) => label !== missing);
    expect(() => sampleBatch(rest, BALANCED, 1, 0)).toThrow(new RegExp(`none of "${name}"`));
  });
});
