import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CadencePicker, CLASSIFIER_RATE, MAX_FRAMES } from '../../../src/gait/cadence.ts';

const framesAt = (rate: number, seconds: number, start = 0) =>
  Array.from({ length: Math.round(rate * seconds) }, (_, frame) => start + frame / rate);

function picked(times: readonly number[], rate?: number, maxFrames?: number): number[] {
  const picker = new CadencePicker(rate, maxFrames);
  return times.filter((time) => picker.take(time));
}

const gapsOf = (times: readonly number[]) => times.slice(1).map((time, i) => time - times[i]!);

/** The most frames in any window of so many seconds. */
function most(times: readonly number[], window: number): number {
  return Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + window).length));
}

describe('CadencePicker', () => {
  it.each([120, 60, 50, 30, 29.97, 25, 24, 23.976, 20, 16])('picks 15 a second of %s', (rate) => {
    const times = picked(framesAt(rate, 20));
    expect(Math.abs(times.length - 300)).toBeLessThanOrEqual(1);
    expect(Math.max(...gapsOf(times))).toBeLessThan(1 / 15 + 1 / rate);
  });

  it.each([60, 30])('picks at even distances where the rate allows it: %s', (rate) => {
    for (const gap of gapsOf(picked(framesAt(rate, 20)))) expect(gap).toBeCloseTo(1 / 15, 9);
  });

  it.each([15, 14.99, 14.9, 14, 12, 10, 5])('keeps every frame of %s a second', (rate) => {
    const times = framesAt(rate, 40);
    expect(picked(times)).toEqual(times);
  });

  it.each([15, 14.99, 14.9])('keeps every frame of %s a second though times are rounded to milliseconds', (rate) => {
    const times = framesAt(rate, 40, 0.0123).map((time) => Math.round(time * 1000) / 1000);
    expect(picked(times)).toHaveLength(times.length);
  });

  it('is not troubled by a clock that starts late', () => {
    expect(picked(framesAt(30, 10, 3600.5))).toHaveLength(150);
  });

  it('takes the first frame after a hole and does not hurry to make up for it', () => {
    const times = [...framesAt(30, 2), ...framesAt(30, 2, 7.013)];
    const taken = picked(times);
    expect(taken).toContain(7.013);
    expect(taken).toHaveLength(60);
    for (const gap of gapsOf(taken.filter((time) => time > 7))) expect(gap).toBeCloseTo(1 / 15, 9);
  });

  it('never takes more than 15 a second, whatever comes', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { maxLength: 300 });
    fc.assert(
      fc.property(gaps, (steps) => {
        let now = 0;
        const taken = picked(steps.map((step) => (now += step)));
        // Any window may catch the ends of two periods: one frame more, and one that came early.
        for (const window of [1, 4]) expect(most(taken, window)).toBeLessThanOrEqual(15 * window + 2);
      }),
    );
  });

  it('takes every frame of a source that is never faster, however uneven', () => {
    const gaps = fc.array(fc.double({ min: 1 / 15, max: 1, noNaN: true }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (steps) => {
        let now = 0;
        const times = steps.map((step) => (now += step));
        expect(picked(times)).toEqual(times);
      }),
    );
  });

  it('never takes a frame twice, one from the past or one without a time', () => {
    expect(picked([1, 1, 0.5, NaN, 1.2, 1.2, 1.1])).toEqual([1, 1.2]);
  });

  it('stops at its limit', () => {
    const picker = new CadencePicker(CLASSIFIER_RATE, 20);
    const taken = framesAt(30, 10).filter((time) => picker.take(time));
    expect(taken).toHaveLength(20);
    expect(picker.taken).toBe(20);
    expect(picker.full).toBe(true);
    expect(picked(framesAt(15, 60))).toHaveLength(MAX_FRAMES);
  });

  it('refuses a cadence that is none', () => {
    expect(() => new CadencePicker(0)).toThrow(RangeError);
    expect(() => new CadencePicker(NaN)).toThrow(RangeError);
  });
});
