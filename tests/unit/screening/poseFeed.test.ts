import { describe, expect, it } from 'vitest';
import { PoseFeed } from '../../../src/screening/poseFeed.ts';

const pose = (value: number) => Float32Array.of(value);
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

async function readAll(feed: PoseFeed, most: number): Promise<number[][]> {
  const { next: read } = feed.reader(most);
  const batches: number[][] = [];
  for (let batch = await read(); batch; batch = await read()) batches.push([...batch]);
  return batches;
}

describe('pose feed', () => {
  it('hands poses on in order, several at a time, and ends', async () => {
    const feed = new PoseFeed(100);
    await feed.add([1, 2, 3].map(pose));
    await feed.add([4, 5].map(pose));
    feed.end();
    expect(await readAll(feed, 2)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('lets a reader wait for what is still to come', async () => {
    const feed = new PoseFeed(100);
    const reading = readAll(feed, 8);
    await pause();
    await feed.add([pose(1)]);
    await pause();
    feed.end();
    expect(await reading).toEqual([[1]]);
  });

  it('holds the writer back while too many wait, and lets it go on when they are taken', async () => {
    const feed = new PoseFeed(4);
    await feed.add([1, 2, 3].map(pose));
    let added = false;
    const adding = feed.add([4, 5].map(pose)).then(() => (added = true));
    await pause();
    expect(added).toBe(false);
    await feed.reader(2).next();
    await adding;
    expect(added).toBe(true);
  });

  it('starts over from the first pose for a second reader', async () => {
    const feed = new PoseFeed(100);
    await feed.add([1, 2, 3].map(pose));
    const first = feed.reader(2);
    expect([...(await first.next())!]).toEqual([1, 2]);
    await feed.add([pose(4)]);
    feed.end();
    expect(await readAll(feed, 8)).toEqual([[1, 2, 3, 4]]);
  });

  it('tells its reader when the poses were replaced, also one who waits, and gives the new ones to the next', async () => {
    const feed = new PoseFeed(100);
    await feed.add([1, 2].map(pose));
    const first = feed.reader(2);
    await first.next();
    expect(first.outdated()).toBe(false);
    const waiting = first.next();
    feed.replace([7, 8, 9].map(pose));
    expect(await waiting).toBeNull();
    expect(first.outdated()).toBe(true);
    feed.end();
    expect(feed.length).toBe(3);
    expect(await readAll(feed, 2)).toEqual([[7, 8], [9]]);
  });

  it('releases a writer that waits when it is ended', async () => {
    const feed = new PoseFeed(1);
    const adding = feed.add([1, 2].map(pose));
    feed.end();
    await expect(adding).resolves.toBeUndefined();
  });
});
