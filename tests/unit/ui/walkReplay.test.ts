import { parse } from 'valibot';
import { expect, test, vi } from 'vitest';
import { visitSchema, type Visit, type Walk } from '../../../src/records/visit.ts';
import { combineWalks } from '../../../src/screening/combine.ts';
import type { WatchedWalk } from '../../../src/screening/poseSource.ts';
import type { Screener } from '../../../src/screening/screener.ts';
import type { Screening } from '../../../src/screening/screening.ts';
import { WalkReplay } from '../../../src/ui/records/walkReplay.svelte.ts';
import { idOf, visit } from '../records/madeUpVisit.ts';
import { assessedWalk } from '../report/visits.ts';
import { NOTHING_FOUND, screening } from './screenings.ts';

const walk: Walk = { ...assessedWalk(), id: idOf(1), leftOut: [null, 'no-person', 'by-hand'], video: true };
const other: Walk = { ...assessedWalk(), id: idOf(2) };
const before: Visit = visit(9, { walks: [walk, other] });

function replay() {
  const screenAgain = vi.fn<(of: WatchedWalk, excluded: ReadonlySet<number>) => Promise<Screening>>();
  screenAgain.mockResolvedValueOnce(screening());
  return { screenAgain, replay: new WalkReplay({ screenAgain } as unknown as Screener) };
}

test('a kept walk is opened as it was watched, without what was left out by hand', async () => {
  const { screenAgain, replay: opened } = replay();
  const opening = opened.open(walk);
  expect(opened.busy).toBe(true);
  await opening;
  expect([opened.busy, opened.problem]).toEqual([false, null]);
  const [[again, excluded]] = screenAgain.mock.calls as [[WatchedWalk, ReadonlySet<number>]];
  expect(excluded).toEqual(new Set([2]));
  expect(again).toMatchObject({
    picture: walk.picture,
    duration: walk.duration,
    poseModel: 'full',
    findings: walk.findings,
    counts: { sidesSettled: walk.sidesSettled },
  });
  expect(again.frames.map(({ time }) => time)).toEqual([...walk.times]);
  expect(opened.screening).toEqual(await screenAgain.mock.results[0]!.value);
});

test('one that can’t be opened says why', async () => {
  const { screenAgain, replay: opened } = replay();
  const failed = new Error('No model.');
  screenAgain.mockReset().mockRejectedValueOnce(failed);
  await opened.open(walk);
  expect([opened.busy, opened.problem, opened.screening]).toEqual([false, failed, null]);
  expect(await opened.exclude(before, walk, new Set())).toBeNull();
});

test('without some frames, the visit has the walk in its place and the result of all walks together', async () => {
  const { screenAgain, replay: opened } = replay();
  await opened.open(walk);
  const shown = opened.screening;
  const again = screening(NOTHING_FOUND);
  screenAgain.mockResolvedValueOnce(again);
  const after = await opened.exclude(before, walk, new Set([0]));
  expect(screenAgain).toHaveBeenLastCalledWith(shown, new Set([0]));
  expect(opened.screening).toBe(again);
  expect(parse(visitSchema, after)).toEqual(after);
  const { id, recorded, source } = walk;
  expect(after!.walks[0]).toMatchObject({ id, recorded, source, video: true, outcome: 'none-found' });
  expect(after!.walks[1]).toEqual(other);
  const { thresholds, accuracy } = before.result;
  const { model } = other.provenance;
  const together = combineWalks(
    [again.probabilities, other.probabilities].map((probabilities) => ({ probabilities, thresholds, model })),
  );
  expect(after!.result).toEqual({ ...together, accuracy });
  expect(after).toMatchObject({ id: before.id, followUp: before.followUp, consent: before.consent });
});

test('another model’s word is shown, and not put in the place of the one that was kept', async () => {
  const { screenAgain, replay: opened } = replay();
  await opened.open(walk);
  const again = screening({ model: { ...screening().model, sha256: 'cd'.repeat(32) } });
  screenAgain.mockResolvedValueOnce(again);
  expect(await opened.exclude(before, walk, new Set([0]))).toBeNull();
  expect([opened.screening, opened.problem]).toEqual([again, null]);
});

test('where that fails, what was shown stays and it is said why', async () => {
  const { screenAgain, replay: opened } = replay();
  await opened.open(walk);
  const shown = opened.screening;
  const failed = new Error('The network is gone.');
  screenAgain.mockRejectedValueOnce(failed);
  expect(await opened.exclude(before, walk, new Set([0]))).toBeNull();
  expect([opened.screening, opened.problem]).toEqual([shown, failed]);
});
