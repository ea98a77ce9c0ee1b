/**
 * What is kept of people who were screened: in this browser's IndexedDB and nowhere else. Visits, recordings where the site keeps them, the
 * site's settings, and a passphrase where one was set. Several tabs may be open: one changes at a time, and all are told.
 *
 * Every method throws RecordError `records-full`, `records-closed` or `records-failed` where the storage fails, and those that touch visits
 * `records-locked` where the passphrase is to be entered first; what was saved before is untouched then.
 */
import type { IDBPDatabase } from 'idb';
import { codeOf } from '../screening/errors.ts';
import { Changes, type Change } from './changes.ts';
import { openDatabase, transact } from './database.ts';
import { browserEnvironment, type RecordEnvironment } from './environment.ts';
import { checkVisit, sameVisit, type KeptVisit } from './keptVisit.ts';
import { PERSONAL_STORES, SITE } from './layout.ts';
import { instantOf } from './moment.ts';
import { KEPT_KEY, RecordLock } from './recordLock.ts';
import { readRecording } from './recordings.ts';
import { SettingsStore } from './settingsStore.ts';
import { keepStorage, storageRoom, type StorageRoom } from './storageRoom.ts';
import { matches, newestFirst, type VisitFilter, type VisitSummary } from './summary.ts';
import type { Visit } from './visit.ts';
import { deleteVisits, findVisit, gather, readSummaries, readVisit, writeVisits, type Found, type Rows } from './visitRows.ts';

/** What became of visits that came from elsewhere. */
export interface MergeCounts {
  added: number;
  /** They were there in an earlier state. */
  replaced: number;
  /** They were there already, as they are or in a later state. */
  skipped: number;
}

type Fate = keyof MergeCounts;

export class RecordStore {
  readonly lock: RecordLock;
  readonly settings: SettingsStore;
  readonly #database: IDBPDatabase;
  readonly #environment: RecordEnvironment;
  readonly #changes: Changes;

  private constructor(database: IDBPDatabase, environment: RecordEnvironment) {
    this.#database = database;
    this.#environment = environment;
    this.#changes = new Changes(environment.channel());
    this.lock = new RecordLock(database, environment, () => this.#changes.tell('lock'));
    this.settings = new SettingsStore(database, environment, () => this.#changes.tell('settings'));
  }

  /** Throws RecordError `records-refused`, `records-blocked`, `records-newer`, `records-full` or `records-failed`. */
  static async open(environment: RecordEnvironment = browserEnvironment()): Promise<RecordStore> {
    return new RecordStore(await openDatabase(() => environment.indexedDB()), environment);
  }

  close(): void {
    this.#changes.close();
    this.#database.close();
  }

  /** Told of every change, by whichever tab. Returns what ends that. */
  onChange(listener: (change: Change) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** The visits that match, the newest first; keypoints aren't read. */
  async list(filter: VisitFilter = {}): Promise<Found<VisitSummary>> {
    const { found, damaged } = await readSummaries(await this.#rows());
    return { found: found.filter((summary) => matches(summary, filter)).sort(newestFirst), damaged };
  }

  /** All visits of the participant with exactly this code, the newest first. */
  async ofParticipant(code: string): Promise<Found<Visit>> {
    const { found } = await this.list({ code });
    const ids = found.filter((summary) => summary.code === code).map(({ id }) => id);
    const rows = await this.#rows();
    return gather(ids, async (id) => (await readVisit(rows, id)).visit);
  }

  /** Throws RecordError `record-missing` or `record-damaged`. */
  async read(id: string): Promise<Visit> {
    return (await this.kept(id)).visit;
  }

  /** The same, with when it was last changed. */
  async kept(id: string): Promise<KeptVisit> {
    return readVisit(await this.#rows(), id);
  }

  /** The recording of a walk; null where none is kept. Throws RecordError `record-damaged`. */
  async recording(visit: string, walk: string): Promise<Blob | null> {
    const { database, sealing } = await this.#rows();
    return readRecording(database, sealing, [visit, walk]);
  }

  /**
   * Keeps a visit, all of it or nothing, in the place of a former state of it. `recordings` are by the ids of their walks; whether a walk
   * has one is noted here, whatever its `video` says. Throws RecordError `record-invalid`.
   */
  async save(visit: Visit, recordings: ReadonlyMap<string, Blob> = new Map()): Promise<void> {
    const checked = checkVisit(visit);
    await this.#change((rows) => writeVisits(rows, [{ changed: this.#now(), visit: checked, recordings }]));
  }

  /** Changes what is added to a visit afterwards, and nothing of its results. Throws RecordError `record-missing` or `record-invalid`. */
  async update(id: string, { followUp, notes }: { followUp?: Visit['followUp']; notes?: string }): Promise<void> {
    await this.#change(async (rows) => {
      const { visit } = await readVisit(rows, id);
      const changed = checkVisit({
        ...visit,
        participant: { ...visit.participant, notes: notes ?? visit.participant.notes },
        followUp: followUp === undefined ? visit.followUp : followUp,
      });
      await writeVisits(rows, [{ changed: this.#now(), visit: changed }]);
    });
  }

  /**
   * Takes in visits from elsewhere, all of them or none. One that is here already in another state is kept in the state that was changed
   * last: two states of one visit differ in what was added to it later, and both in a list would count one visit twice.
   */
  async merge(visits: readonly KeptVisit[]): Promise<MergeCounts> {
    const counts = await this.#merge(visits);
    this.#changes.tell('visits');
    return counts;
  }

  /**
   * The same with more than fit into memory together: of each batch all or none. That something changed is told once, when it ends: who
   * reads a list of thousands again after every batch does little else.
   */
  async mergeBatches(batches: AsyncIterable<readonly KeptVisit[]>, onBatch: (counts: MergeCounts) => void): Promise<void> {
    try {
      for await (const batch of batches) onBatch(await this.#merge(batch));
    } finally {
      this.#changes.tell('visits');
    }
  }

  /** Deletes visits with their recordings, all of them or none. Those that aren't there are deleted already. */
  async delete(ids: Iterable<string>): Promise<void> {
    await this.#change(({ database }) => deleteVisits(database, new Set(ids)));
  }

  /** Deletes every visit, every recording and the passphrase; without it too, for whoever has lost it. Settings stay. */
  async deleteAll(): Promise<void> {
    const stores = [...PERSONAL_STORES, SITE];
    await this.#environment.alone(() =>
      transact(this.#database, stores, 'readwrite', (transaction) =>
        Promise.all([
          ...PERSONAL_STORES.map((store) => transaction.objectStore(store).clear()),
          transaction.objectStore(SITE).delete(KEPT_KEY),
        ]),
      ),
    );
    this.lock.lock();
    this.#changes.tell('visits');
  }

  room(): Promise<StorageRoom> {
    return storageRoom(this.#environment.storage);
  }

  /** Asks the browser to keep what is stored when it needs room; whether it promises to. It may ask the person. */
  keepStorage(): Promise<boolean> {
    return keepStorage(this.#environment.storage);
  }

  async #rows(): Promise<Rows> {
    return { database: this.#database, sealing: await this.lock.sealing() };
  }

  async #change(work: (rows: Rows) => Promise<void>): Promise<void> {
    await this.#alone(work);
    this.#changes.tell('visits');
  }

  #merge(visits: readonly KeptVisit[]): Promise<MergeCounts> {
    return this.#alone(async (rows) => {
      const fates = await Promise.all(visits.map((kept) => fateOf(kept, rows)));
      await writeVisits(
        rows,
        visits.filter((_, index) => fates[index] !== 'skipped'),
      );
      const count = (fate: Fate) => fates.filter((found) => found === fate).length;
      return { added: count('added'), replaced: count('replaced'), skipped: count('skipped') };
    });
  }

  /** Nobody else changes them meanwhile. */
  #alone<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    return this.#environment.alone(async () => work(await this.#rows()));
  }

  #now(): string {
    return this.#environment.now().toISOString();
  }
}

async function fateOf({ changed, visit }: KeptVisit, rows: Rows): Promise<Fate> {
  try {
    const here = await findVisit(rows, visit.id);
    if (!here) return 'added';
    const later = instantOf(changed) > instantOf(here.changed);
    return later && !sameVisit(visit, here.visit) ? 'replaced' : 'skipped';
  } catch (error) {
    if (codeOf(error) !== 'record-damaged') throw error;
    // What can't be read here is mended by what can be read there.
    return 'replaced';
  }
}
