/**
 * The signs: every left-right asymmetry that a person carries in posture and gait, in one signed unit each. All are positive
 * toward the person's LEFT (left higher, displaced to the left, wider or larger on the left), so that a mirrored person is the
 * same numbers with the sign turned.
 *
 * Healthy people have them too; `mean` and `sd` say how much. Where a width is published (domain.md §14) it is that one; the
 * rest are ours, chosen to be of the size that is seen in healthy gait data, and named as assumptions.
 */
import type { Random } from '../random/random.ts';

export const SIGN_NAMES = [
  'shoulderHeight',
  'pelvisHeight',
  'pelvisShift',
  'trunkShift',
  'trunkLean',
  'headOffset',
  'shoulderWidth',
  'armGap',
  'armCarry',
  'armSwing',
  'trunkRotation',
  'pelvisRotation',
  'swayBalance',
  'stepLength',
  'stepTime',
] as const;

export type SignName = (typeof SIGN_NAMES)[number];
export type Signs = Record<SignName, number>;

export interface HealthySign {
  mean: number;
  sd: number;
  unit: string;
  /** What the number measures. */
  what: string;
  source: 'published' | 'assumption';
}

export const HEALTHY_SIGNS: Record<SignName, HealthySign> = {
  /**
   * "What are normal radiographic spine and shoulder balance parameters among adolescent patients?": mean ± 2 SD of the shoulder
   * height difference is −1.5…2.4 cm, so 0.45 ± 0.98 cm. Akel 2008 (photographs, 7.5 ± 6 mm without sign) agrees: a normal
   * distribution with these two numbers has a mean size of 8.6 ± 6.4 mm. That the mean is the LEFT side is our reading.
   */
  shoulderHeight: { mean: 0.45, sd: 0.975, unit: 'cm', what: 'left shoulder above right', source: 'published' },
  pelvisHeight: { mean: 0, sd: 0.4, unit: 'cm', what: 'left hip above right (legs differ as much)', source: 'assumption' },
  pelvisShift: { mean: 0, sd: 0.6, unit: 'cm', what: 'hip centre left of the middle between the feet', source: 'assumption' },
  /**
   * Coronal balance of the same study: −0.6 ± 1.4 cm at one centre, −0.2 ± 1.0 cm at another; mean ± 2 SD together −2.8…2.0 cm, so
   * −0.4 ± 1.2 cm. Radiographs put positive to the patient's right or left by local habit; we read negative as the person's right.
   */
  trunkShift: { mean: -0.4, sd: 1.1, unit: 'cm', what: 'shoulder centre left of hip centre, translated', source: 'published' },
  /** Together with `trunkShift` the published 1.2 cm at the shoulders: √(1.1² + (48 cm × sin 0.58°)²). */
  trunkLean: { mean: 0, sd: 0.58, unit: '°', what: 'trunk leaning to the left, shoulders tilting with it', source: 'published' },
  headOffset: { mean: 0, sd: 0.8, unit: 'cm', what: 'head centre left of shoulder centre', source: 'assumption' },
  shoulderWidth: { mean: 0, sd: 0.45, unit: 'cm', what: 'left shoulder further from the neck than right', source: 'assumption' },
  armGap: { mean: 0, sd: 1.6, unit: '°', what: 'left arm held further from the trunk than right', source: 'assumption' },
  armCarry: { mean: 0, sd: 3, unit: '°', what: 'left arm carried further forward than right', source: 'assumption' },
  armSwing: { mean: 0, sd: 0.2, unit: 'ln', what: 'log ratio of left to right arm swing', source: 'assumption' },
  trunkRotation: { mean: 0, sd: 2, unit: '°', what: 'left shoulder carried ahead of right', source: 'assumption' },
  pelvisRotation: { mean: 0, sd: 1.5, unit: '°', what: 'left hip carried ahead of right', source: 'assumption' },
  swayBalance: { mean: 0, sd: 0.15, unit: '1', what: 'sway and trunk motion larger over the left leg', source: 'assumption' },
  stepLength: { mean: 0, sd: 0.04, unit: 'ln', what: 'log ratio of left to right step length', source: 'assumption' },
  stepTime: { mean: 0, sd: 0.01, unit: 'cycle', what: 'left foot late against half a stride', source: 'assumption' },
};

/**
 * The share of the healthy variance that changes from clip to clip (posture is not held; it is struck anew). The published widths
 * are of single pictures, so they hold both: person and clip together have exactly the `sd` above.
 */
export const CLIP_VARIANCE_SHARE = 0.1;

/** One healthy person's own signs, without what changes from clip to clip. */
export function drawHealthySigns(random: Random): Signs {
  return mapSigns((name) => {
    const { mean, sd } = HEALTHY_SIGNS[name];
    return random.normal(mean, sd * Math.sqrt(1 - CLIP_VARIANCE_SHARE));
  });
}

/** What one clip adds to a person's signs. */
export function drawClipSigns(random: Random): Signs {
  return mapSigns((name) => random.normal(0, HEALTHY_SIGNS[name].sd * Math.sqrt(CLIP_VARIANCE_SHARE)));
}

export function addSigns(a: Signs, b: Signs): Signs {
  return mapSigns((name) => a[name] + b[name]);
}

export function mirrorSigns(signs: Signs): Signs {
  return mapSigns((name) => -signs[name]);
}

/** Builds a set of signs, one call per name, in the fixed order of {@link SIGN_NAMES}. */
export function mapSigns(value: (name: SignName) => number): Signs {
  return Object.fromEntries(SIGN_NAMES.map((name) => [name, value(name)])) as Signs;
}
