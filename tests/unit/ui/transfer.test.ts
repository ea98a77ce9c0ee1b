import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { exportVisits } from '../../../src/records/records.ts';
import { visitCsv } from '../../../src/report/visitCsv.ts';
import { Records } from '../../../src/ui/records/records.svelte.ts';
import { Transfer } from '../../../src/ui/records/transfer.svelte.ts';
import { Device } from '../records/device.ts';
import { visit } from '../records/madeUpVisit.ts';

const PASSPHRASE = 'correct horse battery';

/** What the person was given: each file, by its name. */
let saved: Map<string, Blob>;

beforeEach(() => {
  saved = new Map();
  let made: Blob | null = null;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    made = file as Blob;
    return 'blob:made';
  });
  const link = { href: '', download: '', click: () => saved.set(link.download, made!) };
  vi.stubGlobal('document', { createElement: () => link });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function transferOn(...numbers: number[]): Promise<{ transfer: Transfer; records: Records }> {
  const records = new Records(() => new Device().open());
  await records.ready;
  for (const number of numbers) await records.save(visit(number));
  await records.look();
  return { transfer: new Transfer(records), records };
}

/** A file with these visits, from another device. */
async function fileWith(passphrase: string | null, ...numbers: number[]): Promise<File> {
  const { records } = await transferOn(...numbers);
  const { file } = await exportVisits(await records.store(), { passphrase, now: new Date() });
  return new File([file], 'records.plumbline');
}

describe('out', () => {
  test('all visits go into one file, and in again elsewhere', async () => {
    const { transfer } = await transferOn(1, 2);
    await transfer.export('');
    expect([transfer.problem, transfer.busy]).toEqual([null, null]);
    const [[name, file]] = [...saved] as [[string, Blob]];
    expect(name).toMatch(/^plumbline-records-\d{4}-\d\d-\d\d\.plumbline$/);
    const { transfer: elsewhere, records } = await transferOn(2);
    await elsewhere.import(new File([file], name));
    expect(elsewhere.imported).toEqual({ added: 1, replaced: 0, skipped: 1 });
    expect(elsewhere.share).toBe(1);
    await vi.waitFor(() => expect(records.visits).toHaveLength(2));
  });

  test('a passphrase that was given is on the file', async () => {
    const { transfer } = await transferOn(1);
    await transfer.export(PASSPHRASE);
    const { transfer: elsewhere } = await transferOn();
    await elsewhere.import(new File([...saved.values()], 'records.plumbline'));
    expect([elsewhere.locked?.name, elsewhere.imported]).toEqual(['records.plumbline', null]);
  });

  test('the table holds the visits of the list, in its order', async () => {
    const { transfer, records } = await transferOn(1, 2);
    await transfer.exportTable();
    const [[name, file]] = [...saved] as [[string, Blob]];
    expect(name).toMatch(/\.csv$/);
    const store = await records.store();
    const visits = await Promise.all(records.visits.map(({ id }) => store.read(id)));
    expect(visits).toHaveLength(2);
    expect(Buffer.from(await file.arrayBuffer()).toString()).toBe(visitCsv(visits));
  });
});

describe('in', () => {
  test('a file under a passphrase is asked for it, and again where it was the wrong one', async () => {
    const file = await fileWith(PASSPHRASE, 1);
    const { transfer, records } = await transferOn();
    await transfer.import(file);
    // That it is locked is no problem yet.
    expect([transfer.locked, transfer.problem, transfer.busy]).toEqual([file, null, null]);
    await transfer.import(file, 'another one');
    expect([transfer.locked, transfer.problem]).toEqual([file, expect.objectContaining({ code: 'wrong-passphrase' })]);
    expect(records.visits).toEqual([]);
    await transfer.import(file, PASSPHRASE);
    expect([transfer.locked, transfer.problem, transfer.imported?.added]).toEqual([null, null, 1]);
  });

  test('a file that is something else says so, and is asked for nothing', async () => {
    const { transfer } = await transferOn();
    await transfer.import(new File(['no records'], 'notes.txt'));
    expect(transfer.problem).toMatchObject({ code: 'export-foreign' });
    expect([transfer.locked, transfer.imported]).toEqual([null, null]);
  });

  test('one that was cancelled brings nothing in, and is no problem', async () => {
    const file = await fileWith(null, 1, 2, 3);
    const { transfer, records } = await transferOn();
    const importing = transfer.import(file);
    expect(transfer.busy).toBe('import');
    transfer.cancel();
    await importing;
    expect([transfer.busy, transfer.problem, transfer.imported]).toEqual([null, null, null]);
    expect((await (await records.store()).list()).found).toEqual([]);
  });

  test('a passphrase that isn’t known after all is asked for no longer', async () => {
    const { transfer } = await transferOn();
    await transfer.import(await fileWith(PASSPHRASE, 1));
    transfer.cancel();
    expect([transfer.locked, transfer.problem]).toEqual([null, null]);
  });

  test('nothing begins while something is under way', async () => {
    const file = await fileWith(null, 1);
    const { transfer, records } = await transferOn();
    const importing = transfer.import(file);
    await transfer.export('');
    await importing;
    expect(saved.size).toBe(0);
    expect((await (await records.store()).list()).found).toHaveLength(1);
  });
});
