/** What a person is told when something went wrong. */
import { codeOf } from '../screening/errors.ts';
import { words } from './words.ts';

/** Our own errors carry a sentence that says what to do; anything else is a surprise, and is reported as one. */
export function problemOf(error: unknown): string {
  if (codeOf(error) !== null && error instanceof Error) return error.message;
  reportError(error);
  return words.problem.unexpected;
}
