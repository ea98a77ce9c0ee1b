import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ScreeningError } from '../../../src/screening/errors.ts';
import { problemOf } from '../../../src/ui/problem.ts';
import { words } from '../../../src/ui/words.ts';
import { problems } from '../../../src/ui/words/chinese/problems.ts';
import { speak } from '../../../src/ui/words/language.ts';

const reportError = vi.fn();

beforeEach(() => vi.stubGlobal('reportError', reportError));

afterEach(() => {
  vi.unstubAllGlobals();
  reportError.mockClear();
  speak(() => 'en');
});

test('an error of ours says its own sentence in English, and that of its code in Chinese', () => {
  const error = new ScreeningError('model-missing', 'The model "a" is not on this device.');
  expect(problemOf(error)).toBe('The model "a" is not on this device.');
  speak(() => 'zh-CN');
  expect(problemOf(error)).toBe(problems['model-missing']);
  expect(reportError).not.toHaveBeenCalled();
});

test('a surprise is reported once, however often it is put into words', () => {
  const surprise = new TypeError('x is not a function');
  expect(problemOf(surprise)).toBe(words.problem.unexpected);
  speak(() => 'zh-CN');
  expect(problemOf(surprise)).toMatch(/^出现了/);
  expect(reportError).toHaveBeenCalledExactlyOnceWith(surprise);
});
