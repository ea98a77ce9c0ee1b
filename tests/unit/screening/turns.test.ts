import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src/screening/turns.ts';

/** Work that ends when it is told to. */
function openEnded(log: string[], name: string) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const work = async () => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
  };
  return { work, end };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('turns', () => {
  it('lets walks go side by side, and a change of model alone between those before and those after it', async () => {
    const log: string[] = [];
    const turns = new Turns();
    const [a, b, change, c] = [openEnded(log, 'a'), openEnded(log, 'b'), openEnded(log, 'change'), openEnded(log, 'c')] as const;
    const all = [turns.share(a.work), turns.share(b.work)];
    await settle();
    all.push(turns.alone(change.work), turns.share(c.work));
    await settle();
    expect(log).toEqual(['a begins', 'b begins']);
    a.end();
    b.end();
    await settle();
    expect(log.slice(4)).toEqual(['change begins']);
    change.end();
    await settle();
    expect(log.slice(5)).toEqual(['change ends', 'c begins']);
    c.end();
    await Promise.all(all);
  });

  it('goes on after work that failed, of either kind', async () => {
    const turns = new Turns();
    const fail = () => Promise.reject(new Error('no'));
    await expect(turns.share(fail)).rejects.toThrow('no');
    await expect(turns.alone(fail)).rejects.toThrow('no');
    expect(await turns.share(async () => 1)).toBe(1);
    expect(await turns.alone(async () => 2)).toBe(2);
  });

  it('lets go at once of a walk that is cancelled while it waits', async () => {
    const log: string[] = [];
    const turns = new Turns();
    const change = openEnded(log, 'change');
    const changing = turns.alone(change.work);
    const stop = new AbortController();
    const walk = turns.share(async () => log.push('walk'), stop.signal);
    stop.abort();
    await expect(walk).rejects.toMatchObject({ name: 'AbortError' });
    change.end();
    await changing;
    expect(log).toEqual(['change begins', 'change ends']);
  });
});
