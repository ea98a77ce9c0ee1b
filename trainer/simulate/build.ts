/**
 * A person's body: age, sex, height and segment lengths. Heights follow the usual growth charts (medians read off to the
 * centimetre, one spread for all ages); segments are the textbook shares of body height (Drillis and Contini, as in Winter's
 * Biomechanics) with a personal spread. Age, sex and height are drawn without regard to the class: in Scoliosis1K the positives are
 * a year younger and lighter (domain.md §1.1), and a network could score by that alone; here it can't.
 */
import type { Random } from '../random/random.ts';

export interface Build {
  sex: 'female' | 'male';
  /** Years, 10 to 18. */
  age: number;
  /** All lengths in centimetres. */
  height: number;
  /** Hip joint to knee, knee to ankle, ankle above the floor. */
  thigh: number;
  shank: number;
  ankleHeight: number;
  /** Mid-hip to mid-shoulder. */
  trunk: number;
  /** Shoulder joint to elbow, elbow to wrist. */
  upperArm: number;
  forearm: number;
  /** Half the distance between the two hip and the two shoulder keypoints. */
  hipHalfWidth: number;
  shoulderHalfWidth: number;
  /** Mid-shoulder to the level of the eyes, and the face's measures. */
  neckToEyes: number;
  eyeHalfWidth: number;
  earHalfWidth: number;
  /** How far eyes and nose lie ahead of the ears, and the nose below the eyes. */
  eyesForward: number;
  noseForward: number;
  noseDrop: number;
}

const FIRST_AGE = 10;
const FEMALE_HEIGHT = [138, 144, 151, 157, 160, 162, 162.5, 163, 163];
const MALE_HEIGHT = [138.5, 143.5, 149, 156, 164, 170, 173.5, 175.5, 176];
const HEIGHT_SD = 0.042;
/** Share of girls among Scoliosis1K's participants, 641 of 1050 (domain.md §1.1). */
const FEMALE_SHARE = 0.61;

export function drawBuild(random: Random): Build {
  const sex = random.chance(FEMALE_SHARE) ? 'female' : 'male';
  // 15.2 ± 1.5 years in Scoliosis1K; a little wider, so that the whole of 10 to 18 occurs.
  const age = random.tame(14.6, 1.9, 1.75);
  const height = medianHeight(sex, age) * (1 + random.tame(0, HEIGHT_SD));
  const share = (mean: number, spread: number): number => height * mean * (1 + random.tame(0, spread));
  return {
    sex,
    age,
    height,
    thigh: share(0.245, 0.03),
    shank: share(0.246, 0.03),
    ankleHeight: share(0.045, 0.05),
    trunk: share(0.308, 0.035),
    upperArm: share(0.162, 0.035),
    forearm: share(0.147, 0.035),
    hipHalfWidth: share(0.06, 0.08),
    shoulderHalfWidth: share(sex === 'female' ? 0.1 : 0.105, 0.055),
    neckToEyes: share(0.102, 0.05),
    eyeHalfWidth: share(0.019, 0.05),
    earHalfWidth: share(0.038, 0.06),
    eyesForward: share(0.05, 0.08),
    noseForward: share(0.068, 0.08),
    noseDrop: share(0.023, 0.1),
  };
}

function medianHeight(sex: Build['sex'], age: number): number {
  const medians = sex === 'female' ? FEMALE_HEIGHT : MALE_HEIGHT;
  const at = Math.min(Math.max(age - FIRST_AGE, 0), medians.length - 1);
  const low = Math.floor(at);
  const a = medians[low] ?? NaN;
  const b = medians[Math.min(low + 1, medians.length - 1)] ?? NaN;
  return a + (b - a) * (at - low);
}
