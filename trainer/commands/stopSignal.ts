/** A long command stops where it can go on from: at the first SIGINT or SIGTERM it ends what it is at. */

/** Aborts at the first of either signal; a second one ends the process at once, as ever. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}
