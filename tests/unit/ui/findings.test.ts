/** Every rule has its sentences, and none of them shows a hole where a fact should stand. */
import { expect, test } from 'vitest';
import { WALK_RULES } from '../../../src/gait/quality/walkRules.ts';
import type { QualityFinding } from '../../../src/gait/quality.ts';
import { sentenceOf } from '../../../src/ui/reason.ts';
import { words } from '../../../src/ui/words.ts';

const finding = (rule: string, passed: boolean, more: Partial<QualityFinding> = {}): QualityFinding => ({
  rule,
  passed,
  severity: 'blocks',
  value: 0.3,
  threshold: 15,
  unit: '',
  facts: { sampled: 150, mostly: 'unclear' },
  ...more,
});

test('there is a sentence for every rule of a walk', () => {
  const named = Object.keys(words.findings);
  expect(named.sort()).toEqual([...WALK_RULES.map(({ rule }) => rule), 'file-complete'].sort());
});

test.each(Object.keys(words.findings))('%s is said whole, where it holds and where it doesn’t', (rule) => {
  for (const passed of [true, false]) {
    for (const value of [0, 0.3, 1, 3]) {
      const sentence = sentenceOf(finding(rule, passed, { value }));
      expect(sentence).toMatch(/^[A-Z0-9<>].*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|null/);
    }
  }
});

test('where too few frames can be used, the reason of most of the others is said', () => {
  const says = (mostly: string) => sentenceOf(finding('usable-frames', false, { value: 3, facts: { sampled: 150, mostly } }));
  expect(says('from-behind')).toMatch(/Only 3 of 150 frames .* 15 are the least: .* from behind/);
  expect(says('outside-picture')).toContain('outside of the picture');
});

test('a view from behind and one from the side ask for different things', () => {
  const says = (mostly: string) => sentenceOf(finding('front-view', false, { facts: { mostly } }));
  expect(says('from-behind')).toContain('towards the camera');
  expect(says('from-the-side')).toContain('end of the path');
});
