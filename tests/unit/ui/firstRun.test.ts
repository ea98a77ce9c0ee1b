import { expect, test } from 'vitest';
import { noteVersion } from '../../../src/ui/firstRun/firstRun.ts';
import { chinese } from '../../../src/ui/words/chinese/chinese.ts';
import { english } from '../../../src/ui/words/english/english.ts';

test.each([
  ['English', english],
  ['Chinese', chinese],
])('a note has another version as soon as one of its sentences changes in %s', async (_, { firstRun: { points } }) => {
  const version = await noteVersion();
  expect(version).toMatch(/^[0-9a-f]{12}$/);
  for (const [at, sentence] of [...points].entries()) {
    points[at] = `${sentence} `;
    expect(await noteVersion()).not.toBe(version);
    points[at] = sentence;
  }
  expect(await noteVersion()).toBe(version);
});
