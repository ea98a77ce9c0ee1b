import { expect, it } from 'vitest';
import { deleteExpired } from '../../../src/records/retention.ts';
import { Device } from './device.ts';
import { idOf, visit } from './madeUpVisit.ts';

const now = new Date('2026-03-31T12:00:00Z');
const undone = { due: '2026-02-01', done: null, note: '' };

it('deletes what is older than the site keeps it, and says what; what is still to be done stays', async () => {
  const store = await new Device().open();
  await store.save(visit(1, { started: '2026-03-01T12:00:01Z', followUp: null }));
  // Thirty days and a second ago, by a clock two hours ahead.
  await store.save(visit(2, { started: '2026-03-01T13:59:59+02:00', followUp: null }));
  await store.save(visit(3, { started: '2025-03-01T12:00:00Z', followUp: { ...undone, done: '2026-02-02T10:00:00Z' } }));
  await store.save(visit(4, { started: '2025-03-01T12:00:00Z', followUp: undone }));

  expect(await deleteExpired(store, now)).toEqual({ deleted: [], due: [] });
  expect((await store.list()).found).toHaveLength(4);

  await store.settings.change({ retentionDays: 30 });
  const { deleted, due } = await deleteExpired(store, now);
  expect(deleted.map(({ id }) => id)).toEqual([idOf(2), idOf(3)]);
  expect(due.map(({ id }) => id)).toEqual([idOf(4)]);
  expect((await store.list()).found.map(({ id }) => id)).toEqual([idOf(1), idOf(4)]);

  expect((await deleteExpired(store, now)).deleted).toEqual([]);
});

it('waits for the passphrase', async () => {
  const store = await new Device().open();
  await store.save(visit(1, { started: '2025-03-01T12:00:00Z', followUp: null }));
  await store.settings.change({ retentionDays: 30 });
  await store.lock.turnOn('passphrase');
  store.lock.lock();
  await expect(deleteExpired(store, now)).rejects.toMatchObject({ code: 'records-locked' });
});
