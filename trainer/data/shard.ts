/** A share of a job, for arrays of jobs: shard 2/8 takes every eighth item, beginning with the second. */

export interface Shard {
  /** 1…count. */
  index: number;
  count: number;
}

export const WHOLE: Shard = { index: 1, count: 1 };

/** Reads `i/n`. Throws in a sentence. */
export function parseShard(text: string): Shard {
  const [index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text)?.slice(1) ?? []).map(Number);
  if (index < 1 || index > count) throw new Error(`"${text}" is no shard; write i/n, from 1/n to n/n, for example 2/8.`);
  return { index, count };
}

/** The shard's items, in their order. All shards together take each item once. */
export function takeShard<T>(items: readonly T[], { index, count }: Shard): T[] {
  return items.filter((_, position) => position % count === index - 1);
}
