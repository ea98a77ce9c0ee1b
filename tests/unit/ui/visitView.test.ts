import { expect, test, vi } from 'vitest';
import { Records } from '../../../src/ui/records/records.svelte.ts';
import { VisitView } from '../../../src/ui/records/visitView.svelte.ts';
import { Device } from '../records/device.ts';
import { visit, walkId, withCode } from '../records/madeUpVisit.ts';

const FOLLOW_UP = { due: '2026-05-01', done: null, note: 'Call' };

async function kept(): Promise<{ records: Records; view: VisitView }> {
  const records = new Records(() => new Device().open());
  await records.ready;
  const film = new Map([[walkId(1, 0), new Blob(['film'])]]);
  await records.save(visit(1), film);
  await records.save(visit(2, { started: '2026-05-02T09:30:00+01:00' }));
  await records.save(visit(3, { started: '2026-04-02T09:30:00+01:00' }));
  await records.save(withCode(4, 'S-0145'));
  return { records, view: new VisitView(records, visit(1).id) };
}

test('a visit is looked at beside the others of the same code, the newest first', async () => {
  const { view } = await kept();
  await view.look();
  expect(view.visit).toMatchObject({ id: visit(1).id, participant: { code: 'S-014' } });
  expect(view.others.map(({ id }) => id)).toEqual([visit(2).id, visit(3).id]);
});

test('what is added to it is kept, and seen at once', async () => {
  const { records, view } = await kept();
  await view.setFollowUp(FOLLOW_UP);
  await view.setNotes('Wore shoes');
  expect(view.visit).toMatchObject({ followUp: FOLLOW_UP, participant: { notes: 'Wore shoes' } });
  expect(await (await records.store()).read(visit(1).id)).toEqual(view.visit);
});

test('a walk that was computed again takes its place, and its recording stays', async () => {
  const { view } = await kept();
  await view.look();
  await view.replace({ ...view.visit!, result: { ...view.visit!.result, outcome: 'borderline' } });
  expect(view.visit).toMatchObject({ result: { outcome: 'borderline' }, walks: [{ video: true }, { video: false }] });
  expect(await (await view.recording(walkId(1, 0)))?.text()).toBe('film');
  expect(await view.recording(walkId(1, 1))).toBeNull();
});

test('what can’t be kept is said, and the visit stays as it was', async () => {
  const { view } = await kept();
  await view.look();
  await view.setNotes('x'.repeat(4001));
  expect(view.problem).toMatchObject({ code: 'record-invalid' });
  expect(view.visit!.participant.notes).toBe(visit(1).participant.notes);
  await view.setNotes('');
  expect([view.problem, view.visit!.participant.notes]).toEqual([null, '']);
});

test('a visit that is deleted is gone, and one that was deleted elsewhere says so', async () => {
  const { records, view } = await kept();
  expect(await view.delete()).toBe(true);
  await view.look();
  expect(view.problem).toMatchObject({ code: 'record-missing' });
  const failed = new Error('No.');
  vi.spyOn(await records.store(), 'delete').mockRejectedValueOnce(failed);
  expect(await view.delete()).toBe(false);
  expect(view.problem).toBe(failed);
});
