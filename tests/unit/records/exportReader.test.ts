/** Files from anywhere: whatever their bytes are, nothing comes of them but a visit that was validated, or an error of ours. */
import fc from 'fast-check';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decode, encode, type Storable } from '../../../src/records/cbor.ts';
import { startOf, toBlock } from '../../../src/records/exportLayout.ts';
import { EXPORT_LIMITS } from '../../../src/records/exportReader.ts';
import { exportVisits } from '../../../src/records/exportVisits.ts';
import { importVisits } from '../../../src/records/importVisits.ts';
import { keptBytes } from '../../../src/records/keptVisit.ts';
import type { RecordStore } from '../../../src/records/recordStore.ts';
import { VISIT_SCHEMA } from '../../../src/records/visit.ts';
import { Device } from './device.ts';
import { blocksOf, forged } from './forged.ts';
import { visit, withCode } from './madeUpVisit.ts';

const changed = '2026-03-02T12:00:00Z';
const visitBlock = (number: number) => keptBytes({ changed, visit: visit(number) });

const passphrases = { readable: null, sealed: 'travels' } as const;
type Kind = keyof typeof passphrases;
const KINDS = ['readable', 'sealed'] as const;
const files = {} as Record<Kind, Uint8Array<ArrayBuffer>>;

beforeAll(async () => {
  const from = await new Device().open();
  await from.merge([1, 2, 3].map((number) => ({ changed, visit: visit(number) })));
  for (const kind of KINDS) {
    const { file } = await exportVisits(from, { passphrase: passphrases[kind], now: new Date(changed), iterations: 2 });
    files[kind] = new Uint8Array(await file.arrayBuffer());
  }
});

let store: RecordStore;
const writing = vi.spyOn(IDBObjectStore.prototype, 'put');
beforeEach(async () => {
  store = await new Device().open();
  await store.save(withCode(1, 'before'));
  writing.mockClear();
});
/** Nothing was written, and what was there is there. */
afterEach(async () => {
  expect(writing).not.toHaveBeenCalled();
  expect((await store.list()).found.map(({ code }) => code)).toEqual(['before']);
});

/** The code that a file is refused with. */
async function refusal(file: Blob, passphrase: string | null = null, limits = EXPORT_LIMITS): Promise<string> {
  const error = await importVisits(store, file, { passphrase, limits }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({
    name: 'RecordError',
    code: expect.stringMatching(/^export-|^wrong-passphrase$/),
  });
  return (error as { code: string }).code;
}

describe('a file that is no export', () => {
  it('is refused, whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        expect(await refusal(new Blob([bytes]))).toBe('export-foreign');
      }),
    );
  });

  it('is refused, whatever follows the start of one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        expect(await refusal(new Blob([startOf(1), bytes]))).toBe('export-damaged');
      }),
    );
  });

  it('is refused, whatever its blocks hold: bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 4 }), async (contents) => {
        const blocks = await Promise.all(contents.map(toBlock));
        expect(await refusal(new Blob([startOf(1), ...blocks]))).toBe('export-damaged');
      }),
    );
  });

  it('is refused, whatever its blocks hold: values', async () => {
    const value = fc.jsonValue() as fc.Arbitrary<Storable>;
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 3 }), async (values) => {
        expect(await refusal(await forged({ visits: values.map(encode) }))).toBe('export-damaged');
      }),
    );
  });
});

describe.each(KINDS)('a real export, %s,', (kind) => {
  it('is refused where it was cut off, anywhere', async () => {
    const file = files[kind];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: file.length - 1 }), async (length) => {
        const code = await refusal(new Blob([file.subarray(0, length)]), passphrases[kind]);
        expect(code).toBe(length < 10 ? 'export-foreign' : 'export-damaged');
      }),
      { numRuns: 300 },
    );
  });

  it('is refused where a single byte was changed, anywhere', async () => {
    const file = files[kind];
    const change = fc.tuple(fc.integer({ min: 0, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, difference]) => {
        const bytes = file.slice();
        bytes[at]! ^= difference;
        await refusal(new Blob([bytes]), passphrases[kind]);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused where each byte at its start was changed', async () => {
    for (let at = 0; at < 60; at++) {
      const bytes = files[kind].slice();
      bytes[at]! ^= 1;
      await refusal(new Blob([bytes]), passphrases[kind]);
    }
  });

  it('is refused where something follows', async () => {
    expect(await refusal(new Blob([files[kind], new Uint8Array(1)]), passphrases[kind])).toBe('export-damaged');
  });
});

describe('an export under a passphrase', () => {
  it('needs it, and no other', async () => {
    const file = new Blob([files.sealed]);
    expect(await refusal(file)).toBe('export-locked');
    expect(await refusal(file, 'Travels')).toBe('wrong-passphrase');
    expect(await refusal(file, '')).toBe('wrong-passphrase');
  });

  it('is refused where blocks were left out, exchanged, repeated, or come from another file', async () => {
    const [header, contents, first, second, third] = (await blocksOf(new Blob([files.sealed]))) as [
      Uint8Array<ArrayBuffer>,
      ...BlobPart[],
    ];
    const from = await new Device().open();
    const another = await exportVisits(from, { passphrase: 'travels', now: new Date(changed), iterations: 2 });
    const [, foreign] = await blocksOf(another.file);
    const start = startOf(1);
    for (const blocks of [
      [header, contents, first, second],
      [header, contents, second, first, third],
      [header, contents, first, first, third],
      [header, contents, first, contents, third],
      [header, foreign!],
      [header, foreign!, first, second, third],
    ] as BlobPart[][]) {
      expect(await refusal(new Blob([start, ...blocks]), 'travels')).toBe('export-damaged');
    }
  });

  it('whose header was made anew with other numbers is refused', async () => {
    const [header, ...rest] = await blocksOf(new Blob([files.sealed]));
    const { schema, key } = decode(header!.subarray(36)) as { schema: number; key: Record<string, Storable> };
    const withKey = async (some: Record<string, Storable>) =>
      new Blob([startOf(1), await toBlock(encode({ schema, key: { ...key, ...some } })), ...rest]);
    expect(await refusal(await withKey({ iterations: 1e12 }), 'travels')).toBe('export-damaged');
    expect(await refusal(await withKey({ salt: new Uint8Array(15) }), 'travels')).toBe('export-damaged');
    expect(await refusal(await withKey({ iterations: 3 }), 'travels')).toBe('wrong-passphrase');
    expect(await refusal(await withKey({ wrapped: new Uint8Array(48) }), 'travels')).toBe('wrong-passphrase');
    expect(await refusal(await withKey({ id: '00000000-0000-4000-8000-000000000000' }), 'travels')).toBe('wrong-passphrase');
  });
});

describe('an export by hand', () => {
  it('of a newer version says so', async () => {
    expect(await refusal(await forged({ version: 2 }))).toBe('export-newer');
    expect(await refusal(await forged({ header: { schema: VISIT_SCHEMA + 1, key: null } }))).toBe('export-newer');
    expect(await refusal(await forged({ version: 0 }))).toBe('export-damaged');
  });

  it.each([
    ['a visit twice', { visits: [visitBlock(2), visitBlock(2)] }],
    ['fewer visits than it says', { contents: { made: changed, visits: 2 }, visits: [visitBlock(2)] }],
    ['more visits than it says', { contents: { made: changed, visits: 1 }, visits: [visitBlock(2), visitBlock(3)] }],
    ['a good visit and then none', { visits: [visitBlock(2), encode({ changed, visit: {} })] }],
    ['a visit with a field too many', { visits: [encode({ changed, visit: { ...visit(2), more: 1 } })] }],
    ['a visit with fewer frames than times', { visits: [withWalk({ people: new Uint8Array(1) })] }],
    ['a visit with times that go back', { visits: [withWalk({ times: Float64Array.of(1, 0, 2) })] }],
    ['a visit of a schema that never was', { visits: [encode({ changed, visit: { ...visit(2), schema: 0 } })] }],
    ['a visit that was never changed', { visits: [encode({ changed: 'yesterday', visit: visit(2) })] }],
  ])('of %s is refused', async (_, forgery) => {
    expect(await refusal(await forged(forgery))).toBe('export-damaged');
  });

  it('of more than fits is refused before it takes memory', async () => {
    // Two hundred megabytes of zeros, packed into two hundred kilobytes.
    const bomb = await forged({ visits: [new Uint8Array(200 * 2 ** 20)] });
    expect(bomb.size).toBeLessThan(2 ** 20);
    expect(await refusal(bomb)).toBe('export-too-large');
    expect(await refusal(await forged({ contents: { made: changed, visits: 1_000_000 } }))).toBe('export-too-large');
    const three = await forged({ visits: [2, 3, 4].map(visitBlock) });
    const size = visitBlock(2).length;
    for (const limits of [{ file: three.size - 1 }, { visits: 2 }, { visit: size - 1 }, { total: 3 * size - 1 }]) {
      expect(await refusal(three, null, { ...EXPORT_LIMITS, ...limits })).toBe('export-too-large');
    }
  });

  it('that can’t be read any more says so', async () => {
    const file = new Blob([files.readable]);
    const gone = () => ({ arrayBuffer: () => Promise.reject(new DOMException('Gone.', 'NotReadableError')) }) as unknown as Blob;
    expect(await refusal(Object.assign(file, { slice: gone }))).toBe('export-unreadable');
  });
});

function withWalk(some: Record<string, Storable>): Uint8Array<ArrayBuffer> {
  const { walks, ...rest } = visit(2);
  return encode({ changed, visit: { ...rest, walks: walks.map((walk) => ({ ...walk, ...some })) } });
}
