/** How a person walks, the same on both sides: the asymmetry of it is in the signs. Angles in degrees, lengths in centimetres. */
import type { Build } from './build.ts';
import type { Random } from '../random/random.ts';

export interface GaitStyle {
  /** Steps a minute. */
  cadence: number;
  stepLength: number;
  /** Lateral distance between the two ankles' lines. */
  stepWidth: number;
  /** Middle of the hip's flexion curve (the amplitude follows from the step), and how deep the knee bends against the norm. */
  hipFlexion: number;
  kneeFlexionScale: number;
  /** Knees toward each other (positive) or apart, at the knee joint. */
  kneeInward: number;
  /** Side to side travel of the pelvis and of the shoulders, amplitude. */
  pelvisSway: number;
  shoulderSway: number;
  /** Amplitudes of pelvis list and rotation and of the shoulders against them. */
  pelvisList: number;
  pelvisTurn: number;
  shoulderList: number;
  shoulderTurn: number;
  /** Arm swing amplitude about its middle, elbow bend and its own swing, arm held away from the body, forearm turned in. */
  armSwing: number;
  armMiddle: number;
  elbowBend: number;
  elbowSwing: number;
  armAway: number;
  forearmInward: number;
  /** Posture seen from the side: trunk and head ahead of the hips. */
  trunkForward: number;
  headForward: number;
}

export function drawGaitStyle(random: Random, build: Build): GaitStyle {
  // A pace, from leisurely to brisk, moves cadence and step length together.
  const pace = random.tame(0, 1, 2);
  const armSwing = Math.max(3, random.tame(15, 5.5));
  return {
    cadence: (112 + 5 * pace + random.tame(0, 5)) * Math.sqrt(163 / build.height),
    stepLength: build.height * (0.375 + 0.025 * pace + random.tame(0, 0.018)),
    stepWidth: Math.max(2, build.height * random.tame(0.055, 0.02)),
    hipFlexion: random.tame(9, 3),
    kneeFlexionScale: random.tame(0.97, 0.09),
    kneeInward: random.tame(0.6, 1.2),
    pelvisSway: Math.max(0.6, random.tame(2.2, 0.7)),
    shoulderSway: Math.max(0.3, random.tame(2.1, 0.8)),
    pelvisList: Math.max(0.5, random.tame(3.4, 1.1)),
    pelvisTurn: Math.max(0.5, random.tame(4.5, 1.8)),
    shoulderList: Math.max(0, random.tame(1.2, 0.6)),
    shoulderTurn: Math.max(0.5, random.tame(4.5, 1.8)),
    armSwing,
    armMiddle: random.tame(2, 4),
    elbowBend: random.tame(20, 7),
    elbowSwing: armSwing * random.between(0.3, 0.8),
    armAway: random.tame(10, 2.8),
    forearmInward: random.tame(6, 4),
    trunkForward: random.tame(2.5, 2),
    headForward: random.tame(3, 1.2),
  };
}
