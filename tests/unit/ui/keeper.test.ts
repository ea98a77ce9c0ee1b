import { expect, test, vi } from 'vitest';
import type { Visit } from '../../../src/records/visit.ts';
import type { Records } from '../../../src/ui/records/records.svelte.ts';
import { Keeper } from '../../../src/ui/session/keeper.svelte.ts';
import { visit } from '../records/madeUpVisit.ts';

const none = new Map<string, Blob>();
const full = new Error('No room.');

/** Records that keep nothing of the visits that are refused. */
class FakeRecords {
  readonly refused = new Set<string>();
  readonly kept: Visit[] = [];
  readonly save = vi.fn<Records['save']>(async (saved) => {
    await Promise.resolve();
    if (this.refused.has(saved.id)) throw full;
    this.kept.push(saved);
  });
}

test('what is kept is waited for no longer', async () => {
  const records = new FakeRecords();
  const keeper = new Keeper(records);
  const recordings = new Map([['a', new Blob(['walk'])]]);
  const keeping = keeper.keep(visit(1), recordings);
  await Promise.resolve();
  expect([keeper.busy, keeper.unkept.size]).toEqual([true, 1]);
  await keeping;
  expect(records.save).toHaveBeenCalledExactlyOnceWith(visit(1), recordings);
  expect([keeper.busy, keeper.unkept.size, keeper.problem]).toEqual([false, 0, null]);
});

test('what can’t be kept stays, is in nobody’s way, and is kept at the next try with all others', async () => {
  const records = new FakeRecords();
  const keeper = new Keeper(records);
  records.refused.add(visit(1).id).add(visit(2).id);
  await keeper.keep(visit(1), none);
  await keeper.keep(visit(2), none);
  await keeper.keep(visit(3), none);
  expect(keeper.problem).toBe(full);
  expect([...keeper.unkept.keys()]).toEqual([visit(1).id, visit(2).id]);
  expect(records.kept).toEqual([visit(3)]);
  records.refused.clear();
  await keeper.again();
  expect(records.kept).toEqual([visit(3), visit(1), visit(2)]);
  expect([keeper.unkept.size, keeper.problem]).toEqual([0, null]);
});

test('a newer state that comes while one is being kept is kept after it', async () => {
  const records = new FakeRecords();
  const keeper = new Keeper(records);
  const newer = visit(1, { place: 'Hall' });
  let passed = () => {};
  const former = new Promise<void>((resolve) => (passed = resolve));
  records.save.mockImplementationOnce(async (saved) => {
    await former;
    records.kept.push(saved);
  });
  const first = keeper.keep(visit(1), none);
  await vi.waitFor(() => expect(records.save).toHaveBeenCalledTimes(1));
  records.refused.add(newer.id);
  const second = keeper.keep(newer, none);
  passed();
  await Promise.all([first, second]);
  expect(records.kept).toEqual([visit(1)]);
  expect(keeper.unkept.get(newer.id)?.visit).toBe(newer);
  records.refused.clear();
  await keeper.again();
  expect(records.kept).toEqual([visit(1), newer]);
  expect(keeper.unkept.size).toBe(0);
});
