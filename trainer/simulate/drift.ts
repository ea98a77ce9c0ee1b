/**
 * Slow wandering of a posture angle during a walk, as a sum of a few slow waves of random phase: a function of time alone, so that any
 * moment can be asked for in any order. Its standard deviation over time is `sd`.
 */
import type { Random } from '../random/random.ts';

const WAVES = 3;

export interface Drift {
  waves: { amplitude: number; frequency: number; phase: number }[];
}

export function drawDrift(random: Random, sd: number): Drift {
  const amplitude = sd * Math.sqrt(2 / WAVES);
  const waves = Array.from({ length: WAVES }, () => ({
    amplitude,
    frequency: random.between(0.07, 0.6),
    phase: random.uniform(),
  }));
  return { waves };
}

export function driftAt(drift: Drift, seconds: number): number {
  let sum = 0;
  for (const { amplitude, frequency, phase } of drift.waves) {
    sum += amplitude * Math.sin(2 * Math.PI * (frequency * seconds + phase));
  }
  return sum;
}

export function mirrorDrift(drift: Drift): Drift {
  return { waves: drift.waves.map((wave) => ({ ...wave, amplitude: -wave.amplitude })) };
}
