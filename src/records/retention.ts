/** Deletes what a site doesn't want to keep any longer. For every start of the page, once the records are unlocked. */
import { DAY, instantOf } from './moment.ts';
import type { RecordStore } from './recordStore.ts';
import type { VisitSummary } from './summary.ts';

export interface Expired {
  deleted: VisitSummary[];
  /** Older than the site's period too, but something is still to be done: that is for somebody to settle first. */
  due: VisitSummary[];
}

/** Visits that began longer ago than the site keeps them, and what became of them. Throws RecordError `records-locked`. */
export async function deleteExpired(store: RecordStore, now: Date): Promise<Expired> {
  const { retentionDays } = await store.settings.read();
  if (retentionDays === null) return { deleted: [], due: [] };
  const { found } = await store.list();
  const old = found.filter(({ started }) => now.getTime() - instantOf(started) > retentionDays * DAY);
  const [due, deleted] = [old.filter((summary) => summary.due !== null), old.filter((summary) => summary.due === null)];
  if (deleted.length > 0) await store.delete(deleted.map(({ id }) => id));
  return { deleted, due };
}
