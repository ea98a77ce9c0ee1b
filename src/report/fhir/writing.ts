/** What every resource of a bundle is written with. */
import type { Visit } from '../../records/visit.ts';
import type { ReportWords } from '../words.ts';
import { resourceId } from './resourceId.ts';
import type { AnyResource, Reference } from './types.ts';

export interface Writing {
  visit: Visit;
  words: ReportWords;
}

/** The part that a resource plays in its bundle, e.g. "patient" or "walk 0": what its id is made from. */
export type Part = string;

/** Id and language, with which each resource begins. */
export function begin({ visit, words }: Writing, part: Part): { id: string; language: string } {
  return { id: resourceId(visit.id, part), language: words.language };
}

/** To the resource that plays this part. */
export function refer({ visit }: Writing, part: Part): Reference {
  return { reference: urnOf(resourceId(visit.id, part)) };
}

export function referTo({ id }: AnyResource): Reference {
  return { reference: urnOf(id) };
}

export function urnOf(id: string): string {
  return `urn:uuid:${id.toLowerCase()}`;
}
