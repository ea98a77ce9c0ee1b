/** What a visit comes to, as sentences: outcome, why, what to do, and what is to be kept in mind. */
import type { Visit } from '../records/visit.ts';
import { noticesOf, unmet } from './notices.ts';
import type { ReportWords } from './words.ts';

/** In the order in which they are read; each once. */
export function conclusionOf(visit: Visit, words: ReportWords): string[] {
  const { outcome, probabilities, walks } = visit.result;
  const { name, next } = words.outcomes[outcome];
  const why = probabilities ? [words.probability(probabilities.positive, walks)] : whyNot(visit, words);
  const sample = visit.walks.some(({ source }) => source === 'sample') ? [words.sampleWalk] : [];
  const models = visit.walks.map(({ provenance }) => provenance.model);
  return [...new Set([`${name}.`, ...why, next, ...sample, ...noticesOf(words, models)])];
}

/** Why nothing could be assessed. */
function whyNot({ walks }: Visit, words: ReportWords): string[] {
  if (walks.length === 0) return [words.noWalk];
  return walks.flatMap((walk) => unmet(words, walk, 'blocks'));
}
