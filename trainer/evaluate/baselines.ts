/**
 * What a network has to beat on the same clips: the most common class of the training split, always, and posture alone, a logistic
 * regression on the asymmetry vector (`simulate/probe.ts`) that has seen the training split and nothing else.
 */
import { CLASSES } from '../../src/gait/labels.ts';
import { openDataset, type ClipEntry, type Dataset } from '../data/dataset.ts';
import { keepApart, type KeptApart } from '../data/keepApart.ts';
import { selectSplit } from '../data/partition.ts';
import { probe, type ProbeSample } from '../simulate/probe.ts';
import { readClipAsymmetry } from './clipAsymmetry.ts';
import type { JudgedSet } from './judgedSet.ts';

/** Class indices for the judged clips in their order, or a sentence that says why there are none. */
export type BaselinePredictions = { what: string; predicted: number[] } | { what: string; skipped: string };

export interface Baselines {
  majority: BaselinePredictions;
  posture: BaselinePredictions;
}

/** One person in so many chooses the penalty where there is no validation split to do it. */
const HELD_OUT = 5;

/**
 * @param postureFrom the folder of another data set with the same ids, where the judged one has neither vectors nor poses (silhouettes)
 */
export async function baselinesFor(set: JudgedSet, postureFrom: string | null): Promise<Baselines> {
  const { clips } = selectSplit(set.dataset, set.partition, 'train');
  return {
    majority: alwaysMostCommon(
      clips.map(({ label }) => label),
      set.clips.length,
      'of the training split',
    ),
    posture: await byPosture(set, postureFrom === null ? set.dataset : await openDataset(postureFrom)),
  };
}

/** @param where whose most common class it is, e.g. "of the training split" */
export function alwaysMostCommon(labels: readonly number[], clips: number, where: string): BaselinePredictions {
  const counts = CLASSES.map((_, label) => labels.filter((other) => other === label).length);
  const most = counts.indexOf(Math.max(...counts));
  const what = `always ${CLASSES[most]}, the most common class ${where}`;
  if (labels.length === 0) return { what: `always the most common class ${where}`, skipped: `there is no clip ${where}` };
  return { what, predicted: new Array<number>(clips).fill(most) };
}

async function byPosture(set: JudgedSet, source: Dataset): Promise<BaselinePredictions> {
  const what = 'posture alone (PAV, logistic regression)';
  const listed = selectSplit(source, set.partition, 'train').clips;
  const own = set.split === 'validation' ? [] : selectSplit(source, set.partition, 'validation').clips;
  const { train, validation } = own.length > 0 ? { train: listed, validation: own } : holdOut(listed);
  if (train.length === 0 || validation.length === 0) {
    return { what, skipped: `${source.root} has too few people in the training split to learn from` };
  }
  const test = entriesFor(set.clips, source);
  const missing = test.findIndex((entry) => entry === undefined);
  if (missing >= 0) return { what, skipped: `${source.root} has no clip ${set.clips[missing]!.id}` };

  const samples: ProbeSample[][] = [];
  for (const entries of [train, validation, test as ClipEntry[]]) {
    const measured = await measure(entries);
    const bare = entries[measured.length];
    if (bare) {
      const way = '--pav-from names a data set of the same ids that has';
      return { what, skipped: `${bare.folder} has neither vectors nor poses (${way})` };
    }
    samples.push(measured);
  }
  return { what, predicted: probe({ train: samples[0]!, validation: samples[1]!, test: samples[2]! }) };
}

/** The vectors of the clips, up to the first that has none: where there are none, it is not worth reading the pictures of all. */
async function measure(clips: readonly ClipEntry[]): Promise<ProbeSample[]> {
  const samples: ProbeSample[] = [];
  for (const clip of clips) {
    const measures = await readClipAsymmetry(clip);
    if (!measures) break;
    samples.push({ measures, label: clip.label });
  }
  return samples;
}

/** Keeps every fifth person apart; where nobody says who is who, every fifth clip. */
function holdOut(clips: readonly ClipEntry[]): KeptApart {
  return keepApart(clips, (people) => people.sort().filter((_, index) => index % HELD_OUT === HELD_OUT - 1));
}

/** The same clips in another data set: by id and view, or by the id where views are named differently. */
function entriesFor(clips: readonly ClipEntry[], source: Dataset): (ClipEntry | undefined)[] {
  const byView = new Map(source.clips.map((clip) => [`${clip.id}/${clip.view}`, clip]));
  const byId = new Map(source.clips.map((clip) => [clip.id, clip]));
  return clips.map(({ id, view }) => byView.get(`${id}/${view}`) ?? byId.get(id));
}
