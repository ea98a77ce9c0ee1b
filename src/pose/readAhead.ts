/**
 * Runs a generator ahead of its reader, but not far: while the reader is busy with one item, up to `most` more come into being.
 * Order, errors and the generator's return value pass through as they are. Where the reader stops early, the items that were
 * read ahead are given to `discard` and the generator is ended.
 */
export async function* readAhead<T, R>(
  source: AsyncGenerator<T, R, void>,
  most: number,
  discard: (item: T) => void,
): AsyncGenerator<T, R, void> {
  const waiting: Promise<IteratorResult<T, R>>[] = [];
  const request = (): void => {
    const next = source.next();
    // Its reader may come much later; until then a failure is no unhandled one.
    next.catch(() => undefined);
    waiting.push(next);
  };
  try {
    while (true) {
      while (waiting.length < most + 1) request();
      const next = await waiting.shift()!;
      if (next.done) return next.value;
      yield next.value;
    }
  } finally {
    const left = await Promise.allSettled(waiting);
    for (const result of left) if (result.status === 'fulfilled' && !result.value.done) discard(result.value.value);
    // A generator that has ended takes this as well.
    await source.return(undefined as R);
  }
}
