/** A share as OpenGait prints it: ×100, two decimals, a value that lies exactly between two of them going to the even one as in Python. */
export function upstreamPercent(share: number): string {
  const percent = 100 * share;
  const eighths = percent * 8;
  // Only odd eighths, x.125 and the like, end in a 5 behind the second decimal exactly; toFixed takes them up.
  const tie = Number.isInteger(eighths) && eighths % 2 === 1;
  const below = Math.floor(percent * 100);
  return tie ? ((below + (below % 2)) / 100).toFixed(2) : percent.toFixed(2);
}
