import { describe, expect, it } from 'vitest';
import { SIGMA15_JOINT8_FULL_BODY } from '../../../src/gait/recipes.ts';
import { renderSkeletonMaps } from '../../../src/gait/skeletonMap.ts';
import { proportionsOf } from '../../../trainer/simulate/bodyFigures.ts';
import { simulateClip } from '../../../trainer/simulate/clip.ts';
import { mapGeometry } from '../../../trainer/data/mapGeometry.ts';
import { simulatePeople } from '../../../trainer/simulate/population.ts';

const clips = simulatePeople({ people: 8, seed: 9 }).map((person) => simulateClip(person, 0).sequence.keypoints);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('maps of simulated walks', () => {
  const geometry = clips.map((keypoints) =>
    mapGeometry(renderSkeletonMaps(keypoints.subarray(0, 40 * 51), SIGMA15_JOINT8_FULL_BODY)),
  );

  it('fill the map as Scoliosis1K does: 32.1 × 61.5 pixels, 0.363 of them active, nothing in the columns cut off', () => {
    expect(Math.abs(mean(geometry.map((clip) => clip.width)) - 32.13)).toBeLessThan(2);
    expect(Math.abs(mean(geometry.map((clip) => clip.height)) - 61.52)).toBeLessThan(0.7);
    expect(Math.abs(mean(geometry.map((clip) => clip.active)) - 0.3634)).toBeLessThan(0.02);
    expect(Math.max(...geometry.map((clip) => clip.cutMass))).toBeLessThan(0.001);
  });

  it('keep limbs and joints registered within a pixel', () => {
    expect(mean(geometry.map((clip) => clip.offsetX))).toBeLessThan(0.3);
    expect(mean(geometry.map((clip) => clip.offsetY))).toBeLessThan(0.8);
  });
});

describe('bodies of simulated people', () => {
  it('have the proportions that MediaPipe gives to real people facing the camera', () => {
    const body = clips.map(proportionsOf);
    // Real clips: torso / leg 0.69…0.77, shoulder width / torso 0.66…0.68, upper arm / torso 0.47…0.51 (trainer/simulate/README.md).
    expect(Math.abs(mean(body.map((one) => one['torso / leg'])) - 0.71)).toBeLessThan(0.08);
    expect(Math.abs(mean(body.map((one) => one['shoulder width / torso'])) - 0.67)).toBeLessThan(0.08);
    expect(Math.abs(mean(body.map((one) => one['upper arm / torso'])) - 0.49)).toBeLessThan(0.08);
  });
});
