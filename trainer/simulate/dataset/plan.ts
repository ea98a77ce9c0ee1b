/**
 * What a dataset of simulated people holds, before any of it is drawn: which clip of which person has which id, and which split the person
 * is in. A split is a run of person indices, so no person is in two; a clip is three numbers, so any thread can draw it at any time.
 *
 * The class ratio is one of Scoliosis1K's protocols (domain.md §1.4), and here every split keeps it. In Scoliosis1K only the training set
 * does: what is left of the 493, 200 and 800 clips is the test set, at 307:14:427 for 1:1:2 up to 452:159:137 for 1:1:16. Whoever wants test
 * people in another ratio than they train on, that one or the same for several protocols, says so with a ratio of its own for them.
 */
import type { Split } from '../../data/partition.ts';
import { splitRanges, type ClassShares } from '../population.ts';

export const SYNTH_MODALITIES = ['pose', 'silhouette'] as const;
export type SynthModality = (typeof SYNTH_MODALITIES)[number];

/** What the files of a dataset depend on, and nothing else does. */
export interface SynthRequest {
  people: number;
  seed: number;
  /** Clips a person, each with an id of its own. */
  clips: number;
  /** positive:neutral:negative among the training people, and among those of the other splits. */
  ratio: string;
  heldOutRatio: string;
  /** Per cent of the people: train/validation/test. */
  split: string;
  modality: SynthModality;
}

export interface PlannedClip {
  id: string;
  split: Split;
  personIndex: number;
  clipIndex: number;
  shares: ClassShares;
}

/** The only view there is, and its file, called as in Scoliosis1K. */
export const VIEW = '000_180';
export const CLIP_FILE = `${VIEW}.pkl`;

/** OpenGait's ids are this long. */
const ID_DIGITS = 5;

/** Every clip of the dataset, in the order of the ids: all clips of the first person, then those of the second. */
export function planDataset(request: SynthRequest): PlannedClip[] {
  const { people, clips } = request;
  const ranges = splitRanges(splitSizes(people, request.split));
  const shares = { train: parseRatio(request.ratio), heldOut: parseRatio(request.heldOutRatio) };
  const digits = Math.max(ID_DIGITS, String(people * clips - 1).length);
  return (['train', 'validation', 'test'] as const).flatMap((split) =>
    Array.from({ length: (ranges[split].end - ranges[split].first) * clips }, (_, offset) => {
      const number = ranges[split].first * clips + offset;
      return {
        id: String(number).padStart(digits, '0'),
        split,
        personIndex: Math.floor(number / clips),
        clipIndex: number % clips,
        shares: split === 'train' ? shares.train : shares.heldOut,
      };
    }),
  );
}

/** Shares from `positive:neutral:negative`, e.g. 1:1:8. Throws in a sentence. */
export function parseRatio(text: string): ClassShares {
  const parts = wholeNumbers(text, ':');
  if (parts?.length !== 3 || parts.every((part) => part === 0)) {
    throw new Error(`"${text}" is no class ratio; one is positive:neutral:negative in whole numbers, for example 1:1:8.`);
  }
  const [positive, neutral, negative] = parts as [number, number, number];
  return { negative, neutral, positive };
}

/** People in each split, from per cents as `60/20/20`. Throws in a sentence, also where a split that is asked for would be empty. */
export function splitSizes(people: number, text: string): Record<Split, number> {
  const parts = wholeNumbers(text, '/');
  if (parts?.length !== 3 || parts.reduce((sum, part) => sum + part, 0) !== 100) {
    throw new Error(`"${text}" is no split; one is train/validation/test in per cent that add up to 100, for example 60/20/20.`);
  }
  const [train, validation] = parts as [number, number, number];
  const [first, second] = [Math.round((people * train) / 100), Math.round((people * (train + validation)) / 100)];
  const sizes = { train: first, validation: second - first, test: people - second };
  const empty = (['train', 'validation', 'test'] as const).find((split, index) => parts[index]! > 0 && sizes[split] === 0);
  if (empty) throw new Error(`${people} people split ${text} leave nobody for ${empty}: ask for more people.`);
  return sizes;
}

function wholeNumbers(text: string, separator: string): number[] | null {
  const parts = text.split(separator);
  return parts.every((part) => /^\d{1,6}$/.test(part)) ? parts.map(Number) : null;
}
