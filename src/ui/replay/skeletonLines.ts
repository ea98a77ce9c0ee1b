/** Which lines make a skeleton that a person recognises, and what is too unsure to draw. */
import type { Joint, Keypoint } from '../../gait/keypoint.ts';
import type { PictureSize } from '../../gait/sequence.ts';

export type Side = 'left' | 'right' | 'middle';

/** Below this confidence a keypoint is a guess; a line to it would look like knowledge. */
const DRAWN_FROM = 0.05;

export function isDrawn(point: Keypoint): boolean {
  return point.confidence >= DRAWN_FROM && Number.isFinite(point.x) && Number.isFinite(point.y);
}

export function sideOf(joint: Joint): Side {
  if (joint.startsWith('left')) return 'left';
  return joint.startsWith('right') ? 'right' : 'middle';
}

const ONE_SIDE: readonly (readonly [string, string])[] = [
  ['Shoulder', 'Elbow'],
  ['Elbow', 'Wrist'],
  ['Shoulder', 'Hip'],
  ['Hip', 'Knee'],
  ['Knee', 'Ankle'],
];

/** COCO's first five joints are the face's: drawn small, they are there to see which way it looks. */
export const FACE_JOINTS = 5;

/** Both sides, and the two lines across that show a tilt. */
export const DRAWN_LIMBS: readonly { from: Joint; to: Joint; side: Side }[] = [
  { from: 'leftShoulder', to: 'rightShoulder', side: 'middle' },
  { from: 'leftHip', to: 'rightHip', side: 'middle' },
  ...(['left', 'right'] as const).flatMap((side) =>
    ONE_SIDE.map(([from, to]) => ({ from: `${side}${from}` as Joint, to: `${side}${to}` as Joint, side })),
  ),
];

/** The size of the smallest mark in pixels of the picture: 1/220 of the body's height, 1/1000 to 1/500 of the picture's longer side. */
export function markUnit(points: readonly Keypoint[], picture: PictureSize): number {
  const heights = points.filter(isDrawn).map(({ y }) => y);
  const body = heights.length > 0 ? Math.max(...heights) - Math.min(...heights) : 0;
  const side = Math.max(picture.width, picture.height);
  return Math.min(Math.max(body / 220, side / 1000), side / 500);
}
