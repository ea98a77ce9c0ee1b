import { describe, expect, it } from 'vitest';
import { JOINT_COUNT, JOINT_INDEX, keypointAt } from '../../../src/gait/keypoint.ts';
import { COCO_FROM_BLAZEPOSE, toCoco, type Landmark } from '../../../src/pose/landmarks.ts';

/** BlazePose's 33 landmarks by name, as its model card lists them. */
const BLAZEPOSE = [
  'nose', 'leftEyeInner', 'leftEye', 'leftEyeOuter', 'rightEyeInner', 'rightEye', 'rightEyeOuter', 'leftEar', 'rightEar',
  'mouthLeft', 'mouthRight', 'leftShoulder', 'rightShoulder', 'leftElbow', 'rightElbow', 'leftWrist', 'rightWrist',
  'leftPinky', 'rightPinky', 'leftIndex', 'rightIndex', 'leftThumb', 'rightThumb', 'leftHip', 'rightHip', 'leftKnee', 'rightKnee',
  'leftAnkle', 'rightAnkle', 'leftHeel', 'rightHeel', 'leftFootIndex', 'rightFootIndex',
]; // prettier-ignore

const landmarks = (): Landmark[] => BLAZEPOSE.map((_, index) => ({ x: index / 100, y: index / 50, visibility: 0.5 }));

describe('toCoco', () => {
  it('takes the landmark of the same name for every joint', () => {
    for (const [joint, index] of Object.entries(JOINT_INDEX)) expect(BLAZEPOSE[COCO_FROM_BLAZEPOSE[index]!]).toBe(joint);
    expect(COCO_FROM_BLAZEPOSE).toHaveLength(JOINT_COUNT);
  });

  it('measures x and y in pixels of the picture, each by its own side', () => {
    const keypoints = toCoco(landmarks(), { width: 1000, height: 500 });
    const ankle = keypointAt(keypoints, JOINT_INDEX.leftAnkle);
    expect(ankle.x).toBeCloseTo(270);
    expect(ankle.y).toBeCloseTo(270);
    expect(ankle.confidence).toBe(0.5);
  });

  it('keeps confidence within 0 and 1, and leaves coordinates outside of the picture alone', () => {
    const odd = landmarks();
    odd[0] = { x: -0.2, y: 1.4, visibility: 1.0000002 };
    odd[2] = { x: 0.5, y: 0.5, visibility: -1e-9 };
    const keypoints = toCoco(odd, { width: 100, height: 100 });
    expect(keypointAt(keypoints, JOINT_INDEX.nose).x).toBeCloseTo(-20);
    expect(keypointAt(keypoints, JOINT_INDEX.nose).y).toBeCloseTo(140);
    expect(keypointAt(keypoints, JOINT_INDEX.nose).confidence).toBe(1);
    expect(keypointAt(keypoints, JOINT_INDEX.leftEye).confidence).toBe(0);
  });

  it('refuses another model’s landmarks', () => {
    expect(() => toCoco(landmarks().slice(0, 17), { width: 100, height: 100 })).toThrow('gave 17 landmarks');
  });
});
