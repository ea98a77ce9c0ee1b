import { describe, expect, it } from 'vitest';
import { FrameFeed } from '../../../src/screening/frameFeed.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

async function readAll(feed: FrameFeed<number>, most: number): Promise<number[][]> {
  const { next: read } = feed.reader(most);
  const batches: number[][] = [];
  for (let batch = await read(); batch; batch = await read()) batches.push(batch);
  return batches;
}

describe('frame feed', () => {
  it('hands frames on in order, several at a time, and ends', async () => {
    const feed = new FrameFeed<number>(100);
    await feed.add([1, 2, 3]);
    await feed.add([4, 5]);
    feed.end();
    expect(await readAll(feed, 2)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('lets a reader wait for what is still to come', async () => {
    const feed = new FrameFeed<number>(100);
    const reading = readAll(feed, 8);
    await pause();
    await feed.add([1]);
    await pause();
    feed.end();
    expect(await reading).toEqual([[1]]);
  });

  it('holds the writer back while too many wait, and lets it go on when they are taken', async () => {
    const feed = new FrameFeed<number>(4);
    await feed.add([1, 2, 3]);
    let added = false;
    const adding = feed.add([4, 5]).then(() => (added = true));
    await pause();
    expect(added).toBe(false);
    await feed.reader(2).next();
    await adding;
    expect(added).toBe(true);
  });

  it('starts over from the first frame for a second reader', async () => {
    const feed = new FrameFeed<number>(100);
    await feed.add([1, 2, 3]);
    const first = feed.reader(2);
    expect(await first.next()).toEqual([1, 2]);
    await feed.add([4]);
    feed.end();
    expect(await readAll(feed, 8)).toEqual([[1, 2, 3, 4]]);
  });

  it('tells its reader when the frames were replaced, also one who waits, and gives the new ones to the next', async () => {
    const feed = new FrameFeed<number>(100);
    await feed.add([1, 2]);
    const first = feed.reader(2);
    await first.next();
    expect(first.outdated()).toBe(false);
    const waiting = first.next();
    feed.replace([7, 8, 9]);
    expect(await waiting).toBeNull();
    expect(first.outdated()).toBe(true);
    feed.end();
    expect(feed.length).toBe(3);
    expect(await readAll(feed, 2)).toEqual([[7, 8], [9]]);
  });

  it('releases a writer that waits when it is ended', async () => {
    const feed = new FrameFeed<number>(1);
    const adding = feed.add([1, 2]);
    feed.end();
    await expect(adding).resolves.toBeUndefined();
  });
});
