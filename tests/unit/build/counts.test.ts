/** `npm test` adds its stages up: a file that fails without a failed test must count too. */
import { expect, it } from 'vitest';
import { countPlaywright, countVitest } from '../../counts.ts';

const vitest = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };

it('counts a file that could not be loaded', () => {
  const testResults = [
    { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ];
  expect(countVitest({ ...vitest, testResults })).toEqual({ passed: 4, failed: 2, skipped: 2 });
});

it('counts a flaky flow as failed', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 2, skipped: 3 };
  expect(countPlaywright({ stats })).toEqual({ passed: 7, failed: 3, skipped: 3 });
});

it('refuses a report it cannot read', () => {
  expect(() => countVitest({})).toThrow();
});
