/**
 * Randomness by name. Every draw of the generator comes from a stream that is addressed by a key (seed, purpose, person, clip),
 * never by the order of calls, so that one clip can be made anywhere (another process, a worker thread, a resumed run) and is
 * the same clip. xoroshiro128+ of pure-rand, its 128 bits of state filled from the hashed key.
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';

export class Random {
  private readonly generator;
  private spare: number | null = null;

  /** @param key whole numbers that name the stream; equal keys give equal draws. */
  constructor(...key: readonly number[]) {
    this.generator = xoroshiro128plusFromState(hashKey(key));
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Normal (polar method; the second value of each pair is kept for the next call). */
  normal(mean = 0, sd = 1): number {
    if (this.spare !== null) {
      const value = this.spare;
      this.spare = null;
      return mean + sd * value;
    }
    for (;;) {
      const a = 2 * this.uniform() - 1;
      const b = 2 * this.uniform() - 1;
      const square = a * a + b * b;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = b * factor;
      return mean + sd * a * factor;
    }
  }

  /** Normal, drawn again until it lies within `limit` standard deviations, for quantities that a tail would make absurd. */
  tame(mean: number, sd: number, limit = 2.5): number {
    for (;;) {
      const value = this.normal();
      if (Math.abs(value) <= limit) return mean + sd * value;
    }
  }

  /** Index into `weights`, drawn in proportion to them. */
  pick(weights: readonly number[]): number {
    let left = this.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let index = 0; index < weights.length - 1; index++) {
      left -= weights[index] ?? 0;
      if (left < 0) return index;
    }
    return weights.length - 1;
  }
}

/** Four well mixed 32-bit words from any number of whole numbers (murmur3's finaliser, once per word and lane). */
function hashKey(key: readonly number[]): number[] {
  return [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((lane) => {
    let hash = lane;
    for (const part of key) {
      hash = mix(hash ^ (part | 0));
      hash = mix(hash + Math.floor(part / 0x1_0000_0000) + lane);
    }
    return mix(hash ^ key.length) | 0;
  });
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
