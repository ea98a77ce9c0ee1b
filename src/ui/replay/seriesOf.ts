/** The measures that every frame has, along the timeline of all sampled frames. */
import { clinicalSeries, type ClinicalName } from '../../gait/clinical.ts';
import { toSequence } from '../../gait/sequence.ts';
import type { Screening } from '../../screening/screening.ts';

export interface TimelineSeries {
  name: ClinicalName;
  unit: '°' | '%';
  /** One for each sampled frame; null where it was left out or can't be measured. */
  values: (number | null)[];
}

export function timelineSeries({
  frames,
  verdicts,
  picture,
}: Pick<Screening, 'frames' | 'verdicts' | 'picture'>): TimelineSeries[] {
  const used = verdicts.map(({ usable }) => usable);
  const series = clinicalSeries(toSequence(frames, picture, used));
  return series.map(({ name, unit, values }) => {
    let at = 0;
    const placed = used.map((usable) => {
      const value = usable ? (values[at++] ?? NaN) : NaN;
      return Number.isNaN(value) ? null : value;
    });
    return { name, unit, values: placed };
  });
}

/** An SVG path of the values in a box of `count` by `height`, broken where there is none; `limit` is the value at the top, −`limit` at the bottom. */
export function pathOf(values: readonly (number | null)[], limit: number, height: number): string {
  let open = false;
  return values
    .map((value, index) => {
      if (value === null) {
        open = false;
        return '';
      }
      const y = height / 2 - (Math.max(-limit, Math.min(limit, value)) / limit) * (height / 2);
      const command = open ? 'L' : 'M';
      open = true;
      return `${command}${index + 0.5} ${y.toFixed(2)}`;
    })
    .join('');
}
