/**
 * Geometry of skeleton maps, in the terms in which it was published for Scoliosis1K (domain.md §3.3): how much of the 64×64 map is
 * used, where, and how much that moves from frame to frame. Says whether a dataset's maps, or those of simulated people, are like the ones
 * that the field's networks were trained on.
 */
import { MAP_LENGTH, MAP_SIZE } from '../../src/gait/skeletonMap.ts';

/** Grey levels above this count as support: 0.05 of white. */
const THRESHOLD = 0.05 * 255;
/** Columns that the network never sees, on either side. */
const CUT = 10;
const PLANE = MAP_SIZE * MAP_SIZE;

export const GEOMETRY_FIGURES = [
  'width',
  'height',
  'active',
  'centreXStd',
  'centreYStd',
  'widthStd',
  'heightStd',
  'offsetX',
  'offsetY',
  'cutMass',
] as const;

export type GeometryFigure = (typeof GEOMETRY_FIGURES)[number];
export type MapGeometry = Record<GeometryFigure, number>;

/** Of the one published set, Scoliosis1K 1:1:8 with thin limbs under a shared crop: mean / 95th percentile over clips. */
export const PUBLISHED_GEOMETRY: Readonly<Record<GeometryFigure, string>> = {
  width: '32.13 / 33.57',
  height: '61.52 / 61.61',
  active: '0.363 / 0.374',
  centreXStd: '0.864 / 1.243',
  centreYStd: '0.516 / 0.704',
  widthStd: '2.152 / 2.804',
  heightStd: '0.507 / 0.545',
  offsetX: '0.195 / 0.229',
  offsetY: '0.251 / 0.357',
  cutMass: '0.000',
};

/**
 * Geometry of one clip's maps, T×2×64×64. Width and height (pixels) of the box around the support of both channels, share of active
 * pixels: means over frames; standard deviations of box centre, width and height over time; distance in pixels between the centres of the
 * limb and the joint channel's mass; share of mass in the columns that are cut off. Blank frames say nothing about all that and are left
 * out; NaN where there is no other.
 */
export function mapGeometry(maps: Uint8Array): MapGeometry {
  const frames = framesOf(maps)
    .filter((map) => !isBlank(map))
    .map(frameGeometry);
  const mean = (pick: (frame: FrameGeometry) => number): number =>
    frames.reduce((sum, frame) => sum + pick(frame), 0) / frames.length;
  const std = (pick: (frame: FrameGeometry) => number): number => {
    const middle = mean(pick);
    return Math.sqrt(mean((frame) => (pick(frame) - middle) ** 2));
  };
  return {
    width: mean((frame) => frame.width),
    height: mean((frame) => frame.height),
    active: mean((frame) => frame.active),
    centreXStd: std((frame) => frame.centreX),
    centreYStd: std((frame) => frame.centreY),
    widthStd: std((frame) => frame.width),
    heightStd: std((frame) => frame.height),
    offsetX: mean((frame) => frame.offsetX),
    offsetY: mean((frame) => frame.offsetY),
    cutMass: mean((frame) => frame.cutMass),
  };
}

/** How many frames of T×2×64×64 show nothing at all: poses that had no height to be scaled by, or no joint that was seen. */
export function blankFrames(maps: Uint8Array): number {
  return framesOf(maps).filter(isBlank).length;
}

function framesOf(maps: Uint8Array): Uint8Array[] {
  return Array.from({ length: maps.length / MAP_LENGTH }, (_, frame) =>
    maps.subarray(frame * MAP_LENGTH, (frame + 1) * MAP_LENGTH),
  );
}

function isBlank(map: Uint8Array): boolean {
  return map.every((level) => level <= THRESHOLD);
}

interface FrameGeometry {
  width: number;
  height: number;
  active: number;
  centreX: number;
  centreY: number;
  offsetX: number;
  offsetY: number;
  cutMass: number;
}

function frameGeometry(map: Uint8Array): FrameGeometry {
  let [left, right, top, bottom, active, cut] = [MAP_SIZE, -1, MAP_SIZE, -1, 0, 0];
  let [limbX, limbY, limbMass, jointX, jointY, jointMass] = [0, 0, 0, 0, 0, 0];
  for (let y = 0; y < MAP_SIZE; y++) {
    for (let x = 0; x < MAP_SIZE; x++) {
      const limb = map[y * MAP_SIZE + x]!;
      const joint = map[PLANE + y * MAP_SIZE + x]!;
      limbX += x * limb;
      limbY += y * limb;
      limbMass += limb;
      jointX += x * joint;
      jointY += y * joint;
      jointMass += joint;
      if (x < CUT || x >= MAP_SIZE - CUT) cut += limb + joint;
      if (Math.max(limb, joint) <= THRESHOLD) continue;
      active++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return {
    width: right - left + 1,
    height: bottom - top + 1,
    active: active / PLANE,
    centreX: (left + right) / 2,
    centreY: (top + bottom) / 2,
    offsetX: Math.abs(limbX / limbMass - jointX / jointMass),
    offsetY: Math.abs(limbY / limbMass - jointY / jointMass),
    cutMass: cut / (limbMass + jointMass),
  };
}
