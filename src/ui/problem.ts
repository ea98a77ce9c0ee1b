/** What a person is told when something went wrong. */
import { codeOf } from '../screening/errors.ts';
import { words } from './words.ts';

/** A sentence that is put into words where it is shown, so that it follows the language. */
export type Sentence = () => string;

const reported = new WeakSet();

/** Our own errors carry what to do, in a sentence or by their code; anything else is a surprise, and is reported as one. */
export function problemOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== null && error instanceof Error) return words.problem.says(code, error.message);
  report(error);
  return words.problem.unexpected;
}

/** Once: it may be put into words again in another language. */
function report(error: unknown): void {
  if (typeof error === 'object' && error !== null) {
    if (reported.has(error)) return;
    reported.add(error);
  }
  reportError(error);
}
