/** Records on their way to another device or from one: a file that is being written, or one that is being read. One at a time. */
import { exportVisits, importVisits, type ExportedVisits, type MergeCounts, type Visit } from '../../records/records.ts';
import { codeOf } from '../../screening/errors.ts';
import { now, today } from '../moment.ts';
import { saveFile } from '../saveFile.ts';
import { visitCsv } from '../../report/visitCsv.ts';
import { words } from '../words.ts';
import type { Records } from './records.svelte.ts';

export class Transfer {
  busy = $state<'export' | 'import' | null>(null);
  /** Of an import, 0..1. */
  share = $state(0);
  exported = $state.raw<ExportedVisits | null>(null);
  imported = $state.raw<MergeCounts | null>(null);
  problem = $state.raw<unknown>(null);
  /** A file that waits for its passphrase. */
  locked = $state.raw<File | null>(null);
  readonly #records: Records;
  #abort = new AbortController();

  constructor(records: Records) {
    this.#records = records;
  }

  /** Writes every visit into one file, under a passphrase where there is one. */
  async export(passphrase: string): Promise<void> {
    await this.#run('export', async (signal) => {
      const options = { passphrase: passphrase === '' ? null : passphrase, now: now(), signal };
      this.exported = await exportVisits(await this.#records.store(), options);
      saveFile(this.exported.file, words.records.transfer.fileName(today()));
    });
  }

  /** Writes every visit that can be read into one table. */
  async exportTable(): Promise<void> {
    await this.#run('export', async (signal) => {
      const store = await this.#records.store();
      const visits: Visit[] = [];
      const damaged = [...this.#records.damaged];
      for (const { id } of this.#records.visits) {
        signal.throwIfAborted();
        try {
          visits.push(await store.read(id));
        } catch (error) {
          if (codeOf(error) !== 'record-damaged') throw error;
          damaged.push(id);
        }
      }
      const file = new Blob([visitCsv(visits)], { type: 'text/csv' });
      this.exported = { file, visits: visits.length, damaged };
      saveFile(file, words.records.transfer.tableName(today()));
    });
  }

  /** Takes in what a file holds. One under a passphrase is asked for it, and again where it was the wrong one. */
  async import(file: File, passphrase: string | null = null): Promise<void> {
    this.locked = null;
    this.share = 0;
    await this.#run('import', async (signal) => {
      const onProgress = (share: number) => (this.share = share);
      this.imported = await importVisits(await this.#records.store(), file, { passphrase, signal, onProgress });
    });
    const code = codeOf(this.problem);
    if (code !== 'export-locked' && code !== 'wrong-passphrase') return;
    this.locked = file;
    // That it is locked is said where the passphrase is asked for.
    if (code === 'export-locked') this.problem = null;
  }

  cancel(): void {
    this.#abort.abort();
    this.locked = null;
  }

  async #run(what: 'export' | 'import', work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.busy = what;
    this.problem = null;
    this.exported = null;
    this.imported = null;
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) this.problem = error;
    } finally {
      this.busy = null;
    }
  }
}
