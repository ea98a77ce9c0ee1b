/** Keeps whole people out of training, where a partition names nobody to choose by. */
import { personOf, type ClipEntry } from './dataset.ts';

export interface KeptApart {
  train: ClipEntry[];
  validation: ClipEntry[];
}

/** @param choose the people to keep, of all there are, in the order in which they first appear */
export function keepApart(clips: readonly ClipEntry[], choose: (people: string[]) => readonly string[]): KeptApart {
  const kept = new Set(choose([...new Set(clips.map(personOf))]));
  return {
    train: clips.filter((clip) => !kept.has(personOf(clip))),
    validation: clips.filter((clip) => kept.has(personOf(clip))),
  };
}
