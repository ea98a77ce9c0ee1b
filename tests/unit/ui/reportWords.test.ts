import { afterEach, expect, test } from 'vitest';
import type { Walk } from '../../../src/records/visit.ts';
import { visitFhir } from '../../../src/report/fhir.ts';
import { findingSentence, reportWords } from '../../../src/ui/report/reportWords.ts';
import { words } from '../../../src/ui/words.ts';
import { LANGUAGES, speak, type Language } from '../../../src/ui/words/language.ts';
import { twoWalks } from '../report/visits.ts';

type Finding = Walk['findings'][number];

const finding = (rule: string, other: Partial<Finding> = {}): Finding => ({
  rule,
  passed: false,
  severity: 'warns',
  value: 1.1,
  threshold: 1.2,
  unit: 'steps/s',
  facts: {},
  ...other,
});

afterEach(() => speak(() => 'en'));

test.each(LANGUAGES)('in %s, a rule is said as everywhere on the page', (language: Language) => {
  speak(() => language);
  const steps = finding('steps');
  expect(findingSentence(steps)).toBe(words.findings.steps.failed(steps as never));
  expect(findingSentence({ ...steps, passed: true })).toBe(words.findings.steps.passed(steps as never));
});

test.each([
  ['en', /knock-knees.*1\.1.*1\.2 steps\/s/],
  ['zh-CN', /knock-knees.*1\.1.*1\.2 steps\/s/],
] as const)('in %s, of a rule that this version hasn’t its figures are said', (language, sentence) => {
  speak(() => language);
  const unknown = finding('knock-knees');
  expect(findingSentence(unknown)).toMatch(sentence);
  expect(findingSentence(unknown)).toBe(words.reportFile.finding(unknown));
  // A name that every object has is no rule either.
  expect(findingSentence(finding('toString'))).toContain('toString');
});

test.each([
  ['en', 'en'],
  ['zh-CN', 'zh-CN'],
] as const)('a report made while the page is in %s is in that language', (language, named) => {
  speak(() => language);
  const report = reportWords();
  expect(report).toMatchObject({ language: named, outcomes: words.reportFile.outcomes });
  const steps = twoWalks().walks[0]!.findings[1]!;
  expect(JSON.stringify(visitFhir(twoWalks(), { words: report }))).toContain(JSON.stringify(findingSentence(steps)).slice(1, -1));
});
