/** What of a kept visit is shown where there is room for one walk's measures. */
import { CLINICAL_MEASURES, type ClinicalMeasure } from '../../gait/clinical.ts';
import type { Visit, Walk } from '../../records/visit.ts';

const NAMES = new Set<string>(CLINICAL_MEASURES.map(({ name }) => name));

/** Those that this version knows how to say; another version may have had others. */
export function knownMeasures({ measures }: Pick<Walk, 'measures'>): ClinicalMeasure[] {
  return measures.filter((measure): measure is Walk['measures'][number] & ClinicalMeasure => NAMES.has(measure.name));
}

/** The walk of a visit that was seen best; null where none has measures. */
export function bestWalk({ walks }: Pick<Visit, 'walks'>): Walk | null {
  const usable = ({ leftOut }: Walk) => leftOut.filter((reason) => reason === null).length;
  const measured = walks.filter(({ measures }) => measures.length > 0);
  return measured.reduce<Walk | null>((best, walk) => (best && usable(best) >= usable(walk) ? best : walk), null);
}
