import { afterEach, describe, expect, test } from 'vitest';
import { clockTime, measure, percent, signed, withUnit } from '../../../src/ui/format.ts';
import { words } from '../../../src/ui/words.ts';
import { speak } from '../../../src/ui/words/language.ts';

afterEach(() => speak(() => 'en'));

describe('numbers as people read them', () => {
  test('shares never round to none or all unless they are', () => {
    expect([0, 0.001, 0.0049, 0.005, 0.724, 0.995, 0.9951, 1].map(percent)).toEqual(
      ['0', '<1', '<1', '1', '72', '100', '>99', '100'].map((text) => `${text}\u00a0%`),
    );
  });

  test('a clock never shows sixty seconds', () => {
    expect([0, 1.5, 59.994, 59.999, 72.5, 600].map(clockTime)).toEqual([
      '0:00.00',
      '0:01.50',
      '0:59.99',
      '1:00.00',
      '1:12.50',
      '10:00.00',
    ]);
  });

  test('measured values keep the decimals they can carry, and nothing is invented for what is no number', () => {
    expect([310.2, 12.34, 1.234, 0.5, 0.0312, -0.25, 45, NaN].map(measure)).toEqual([
      '310',
      '12.3',
      '1.23',
      '0.5',
      '0.031',
      '−0.25',
      '45',
      '–',
    ]);
  });

  test('signs and seconds', () => {
    expect([signed(-0.25), signed(0.5), words.figures.seconds(1234)]).toEqual(['−0.25', '+0.50', '1.2 s']);
  });

  test('a share with its interval', () => {
    const share = { value: 0.671, low: 0.6125, high: 0.7291 };
    expect(words.figures.shareWithin(share)).toBe('67.1\u00a0% (61.3 to 72.9)');
    speak(() => 'zh-CN');
    expect(words.figures.shareWithin(share)).toBe('67.1%（61.3 至 72.9）');
  });

  test('are set as the language of the page sets them', () => {
    speak(() => 'zh-CN');
    expect([percent(0.724), percent(0.001), withUnit('12', '%'), withUnit('2.1', '°')]).toEqual(['72%', '<1%', '12%', '2.1°']);
    expect(words.figures.seconds(1234)).toBe('1.2 秒');
  });
});
