/** Axes: which numbers stand at them, and where on them a value lies. */

/** Below it, a step is too small a number to be divided by. */
const SMALLEST_RANGE = 1e-300;

export interface Scale {
  ticks: number[];
  /** 0 at the axis's beginning, 1 at its end. */
  place(value: number): number;
}

/** An even axis whose ends are ticks, about `count` of them. */
export function linearScale(least: number, most: number, count: number): Scale {
  const step = niceStep(Math.max(most - least || Math.abs(most) || 1, SMALLEST_RANGE) / count);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(Math.ceil(most / step - 1e-9), first + 1);
  // Products of whole numbers, so that 3 × 0.1 is the only thing that could be off, and is rounded away.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
  return { ticks, place: (value) => (value / step - first) / (last - first) };
}

/** An axis from one value to another, with round ticks in between. */
export function fittedScale(least: number, most: number, count: number): Scale {
  const range = most - least || 1;
  const { ticks } = linearScale(least, most, count);
  return {
    ticks: ticks.filter((tick) => tick >= least && tick <= most),
    place: (value) => (value - least) / range,
  };
}

/** An axis on which each factor of ten is as long; the values are above 0. */
export function logScale(least: number, most: number): Scale {
  const first = Math.floor(Math.log10(least) + 1e-9);
  const last = Math.max(Math.ceil(Math.log10(most) - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(`1e${first + index}`));
  return { ticks, place: (value) => (Math.log10(value) - first) / (last - first) };
}

/** The least of 1, 2, 2.5, 5 and 10 times a power of ten that is no less. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= step * (1 - 1e-9)) ?? 10) * power;
}
