import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../../src/screening/progress.ts';

function meterAt(networkFrameMs: number) {
  let clock = 1000;
  const meter = new ProgressMeter({ networkFrameMs, now: () => clock });
  return { meter, wait: (milliseconds: number) => void (clock += milliseconds) };
}

describe('progress', () => {
  it('forecasts from the pace of the frames, not from the time it took to start', () => {
    const { meter, wait } = meterAt(1);
    wait(3000);
    meter.expect(100);
    meter.watched(10, 10);
    expect(meter.report()).toMatchObject({ stage: 'watching', secondsLeft: null, sampled: 10 });
    wait(1000);
    meter.watched(20, 20);
    // Ten frames a second, eighty to go.
    expect(meter.report().secondsLeft).toBeCloseTo(8);
  });

  it('takes the slower of pose and network, and expects as many usable frames as so far', () => {
    const { meter, wait } = meterAt(200);
    meter.expect(100);
    meter.watched(10, 5);
    wait(100);
    meter.watched(20, 10);
    // Half the frames are usable: fifty of them at 200 ms.
    expect(meter.report().secondsLeft).toBeCloseTo(10);
    meter.classified(5, 5 * 400);
    expect(meter.report().secondsLeft).toBeCloseTo(45 * 0.4);
  });

  it('goes on with the network when the last frame is in', () => {
    const { meter, wait } = meterAt(100);
    meter.expect(30);
    meter.watched(15, 15);
    wait(1000);
    meter.watched(30, 30);
    meter.watchedAll(30);
    meter.classified(10, 1000);
    expect(meter.report()).toMatchObject({ stage: 'classifying', secondsLeft: 2, sampled: 30 });
    meter.classified(30, 3000);
    expect(meter.report()).toMatchObject({ share: 1, secondsLeft: 0 });
  });

  it('is over at once when there is nothing to classify', () => {
    const { meter, wait } = meterAt(100);
    meter.watched(10, 0);
    wait(500);
    meter.watchedAll(0);
    expect(meter.report()).toMatchObject({ share: 1, secondsLeft: 0 });
  });

  it('never goes back, also when the network turns out slower than thought', () => {
    const { meter, wait } = meterAt(1);
    meter.expect(100);
    meter.watched(10, 10);
    wait(1000);
    meter.watched(90, 90);
    const before = meter.report().share;
    meter.classified(1, 2000);
    const { share, secondsLeft } = meter.report();
    expect(before).toBeGreaterThan(0.8);
    expect(share).toBe(before);
    expect(secondsLeft).toBeGreaterThan(100);
  });
});
