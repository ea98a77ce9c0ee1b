/**
 * What a pose estimator makes of the true joints: keypoints that are a little off for the whole clip (clothes, build), wander
 * slowly, jitter from frame to frame, and now and then fail: a joint far off for a few frames with low confidence, or the two legs taken
 * for each other. Sizes are shares of the body's height in the picture, by joint; README.md compares the jitter with MediaPipe's on real clips.
 */
import { JOINT_COUNT, JOINT_INDEX, KEYPOINT_STRIDE, POSE_LENGTH } from '../../src/gait/keypoint.ts';
import type { PictureSize } from '../../src/gait/sequence.ts';
import type { Random } from '../random/random.ts';

export interface JointNoise {
  /** Standard deviations as shares of body height: constant over the clip, slow, from frame to frame. */
  bias: number;
  slow: number;
  jitter: number;
  /** Mean confidence. */
  confidence: number;
}

const FACE: JointNoise = { bias: 0.0025, slow: 0.002, jitter: 0.0014, confidence: 0.998 };
const SHOULDER: JointNoise = { bias: 0.0028, slow: 0.0022, jitter: 0.0016, confidence: 0.997 };
const ELBOW: JointNoise = { bias: 0.0035, slow: 0.0034, jitter: 0.0026, confidence: 0.94 };
const WRIST: JointNoise = { bias: 0.0035, slow: 0.0042, jitter: 0.0032, confidence: 0.91 };
const HIP: JointNoise = { bias: 0.0026, slow: 0.0018, jitter: 0.0013, confidence: 0.997 };
const KNEE: JointNoise = { bias: 0.0032, slow: 0.0034, jitter: 0.0026, confidence: 0.94 };
const ANKLE: JointNoise = { bias: 0.0032, slow: 0.0036, jitter: 0.003, confidence: 0.93 };

/** By COCO-17 index. */
export const JOINT_NOISE: readonly JointNoise[] = [
  ...Array.from({ length: 5 }, () => FACE),
  ...[SHOULDER, SHOULDER, ELBOW, ELBOW, WRIST, WRIST, HIP, HIP, KNEE, KNEE, ANKLE, ANKLE],
];

/** Seconds after which the slow part has lost most of its memory. */
const SLOW_MEMORY = 0.35;
/** Chance for each joint in each frame that a failure begins, how far off it is (share of height), how many frames it lasts at most. */
const FAILURE_RATE = 0.0012;
const FAILURE_SIZE = 0.035;
const FAILURE_FRAMES = 4;
/** Chance for a frame that left and right leg are swapped. */
const SWAP_RATE = 0.0008;

/** The two hips are placed together: an error that both share, as shares of body height. Everything else hangs on the mid-hip in a map. */
const HIPS_TOGETHER: JointNoise = { bias: 0.002, slow: 0.002, jitter: 0.0016, confidence: 1 };
/**
 * Pose models differ in how sure they say they are: MediaPipe near 1 on a visible body, ViTPose about 0.9 on Scoliosis1K (domain.md §1.3).
 * Each clip has one such scale.
 */
const LEAST_SURE = 0.88;

const LEG_PAIRS = [
  [JOINT_INDEX.leftHip, JOINT_INDEX.rightHip],
  [JOINT_INDEX.leftKnee, JOINT_INDEX.rightKnee],
  [JOINT_INDEX.leftAnkle, JOINT_INDEX.rightAnkle],
] as const;

/**
 * Keypoints as a pose model would give them.
 * @param points T×17×2 true pixel positions
 * @param times seconds, length T
 * @returns T×17×(x px, y px, confidence), kept inside the picture
 */
export function observe(points: Float64Array, times: Float64Array, picture: PictureSize, random: Random): Float32Array {
  const keypoints = new Float32Array(times.length * POSE_LENGTH);
  const sureness = random.between(LEAST_SURE, 1);
  const joints = JOINT_NOISE.map((noise) => new JointObserver(noise, random));
  const hips = new JointObserver(HIPS_TOGETHER, random);
  times.forEach((time, frame) => {
    const height = heightOf(points, frame);
    const elapsed = frame === 0 ? Infinity : time - (times[frame - 1] ?? NaN);
    hips.step(elapsed, random);
    joints.forEach((joint, index) => {
      const isHip = index === JOINT_INDEX.leftHip || index === JOINT_INDEX.rightHip;
      const from = (frame * JOINT_COUNT + index) * 2;
      const at = frame * POSE_LENGTH + index * KEYPOINT_STRIDE;
      joint.step(elapsed, random);
      keypoints[at] = clamp((points[from] ?? NaN) + (joint.offsetX + (isHip ? hips.offsetX : 0)) * height, picture.width);
      keypoints[at + 1] = clamp(
        (points[from + 1] ?? NaN) + (joint.offsetY + (isHip ? hips.offsetY : 0)) * height,
        picture.height,
      );
      keypoints[at + 2] = joint.confidence * sureness;
    });
    if (random.chance(SWAP_RATE)) swapLegs(keypoints, frame);
  });
  return keypoints;
}

/** True joints as keypoints without any error, all of confidence 1. */
export function observeExactly(points: Float64Array): Float32Array {
  const keypoints = new Float32Array((points.length / 2) * KEYPOINT_STRIDE);
  for (let joint = 0; joint < points.length / 2; joint++) {
    keypoints[joint * KEYPOINT_STRIDE] = points[joint * 2] ?? NaN;
    keypoints[joint * KEYPOINT_STRIDE + 1] = points[joint * 2 + 1] ?? NaN;
    keypoints[joint * KEYPOINT_STRIDE + 2] = 1;
  }
  return keypoints;
}

/** The error of one joint from frame to frame. */
class JointObserver {
  offsetX = 0;
  offsetY = 0;
  confidence = 1;
  private readonly biasX: number;
  private readonly biasY: number;
  private readonly meanConfidence: number;
  private slowX = 0;
  private slowY = 0;
  private slowConfidence = 0;
  private failing = 0;
  private failureX = 0;
  private failureY = 0;

  constructor(
    private readonly noise: JointNoise,
    random: Random,
  ) {
    this.biasX = random.tame(0, noise.bias);
    this.biasY = random.tame(0, noise.bias);
    this.meanConfidence = noise.confidence + random.tame(0, (1 - noise.confidence) / 3);
  }

  step(elapsed: number, random: Random): void {
    const { slow, jitter } = this.noise;
    const memory = Math.exp(-elapsed / SLOW_MEMORY);
    const fresh = Math.sqrt(1 - memory * memory);
    this.slowX = memory * this.slowX + fresh * random.normal(0, slow);
    this.slowY = memory * this.slowY + fresh * random.normal(0, slow);
    this.slowConfidence = memory * this.slowConfidence + fresh * random.normal(0, (1 - this.meanConfidence) / 4);
    if (this.failing === 0 && random.chance(FAILURE_RATE)) {
      this.failing = 1 + Math.floor(random.between(0, FAILURE_FRAMES));
      this.failureX = random.normal(0, FAILURE_SIZE);
      this.failureY = random.normal(0, FAILURE_SIZE);
    }
    this.offsetX = this.biasX + this.slowX + random.normal(0, jitter);
    this.offsetY = this.biasY + this.slowY + random.normal(0, jitter);
    this.confidence = Math.min(0.999, Math.max(0.3, this.meanConfidence + this.slowConfidence));
    if (this.failing > 0) {
      this.failing--;
      this.offsetX += this.failureX;
      this.offsetY += this.failureY;
      this.confidence *= random.between(0.3, 0.7);
    }
  }
}

function heightOf(points: Float64Array, frame: number): number {
  let top = Infinity;
  let bottom = -Infinity;
  for (let joint = 0; joint < JOINT_COUNT; joint++) {
    const y = points[(frame * JOINT_COUNT + joint) * 2 + 1] ?? NaN;
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return bottom - top;
}

function swapLegs(keypoints: Float32Array, frame: number): void {
  for (const [left, right] of LEG_PAIRS) {
    for (let part = 0; part < KEYPOINT_STRIDE; part++) {
      const a = frame * POSE_LENGTH + left * KEYPOINT_STRIDE + part;
      const b = frame * POSE_LENGTH + right * KEYPOINT_STRIDE + part;
      const kept = keypoints[a] ?? NaN;
      keypoints[a] = keypoints[b] ?? NaN;
      keypoints[b] = kept;
    }
  }
}

function clamp(value: number, size: number): number {
  return Math.min(Math.max(value, 0), size - 1);
}
