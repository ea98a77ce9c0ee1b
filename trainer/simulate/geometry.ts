/**
 * Geometry of skeleton maps, in the terms in which it was published for Scoliosis1K (domain.md §3.3): how much of the 64×64 map is
 * used, where, and how much that moves from frame to frame. Says whether simulated people fill the map as real ones do.
 */
import { MAP_LENGTH, MAP_SIZE } from '../../src/gait/skeletonMap.ts';

/** Grey levels above this count as support: 0.05 of white. */
const THRESHOLD = 0.05 * 255;
/** Columns that the network never sees, on either side. */
const CUT = 10;
const PIXELS = MAP_SIZE * MAP_SIZE;

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

/**
 * Geometry of one clip's maps, T×2×64×64. Width and height (pixels) of the box around the support of both channels, share of active
 * pixels: means over frames; standard deviations of box centre, width and height over time; distance in pixels between the centres of the
 * limb and the joint channel's mass; share of mass in the columns that are cut off.
 */
export function mapGeometry(maps: Uint8Array): MapGeometry {
  const frames = Array.from({ length: maps.length / MAP_LENGTH }, (_, frame) => frameGeometry(maps, frame * MAP_LENGTH));
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

function frameGeometry(maps: Uint8Array, from: number): FrameGeometry {
  let [left, right, top, bottom, active, mass, cut] = [MAP_SIZE, -1, MAP_SIZE, -1, 0, 0, 0];
  const centres = [
    { x: 0, y: 0, mass: 0 },
    { x: 0, y: 0, mass: 0 },
  ];
  for (let y = 0; y < MAP_SIZE; y++) {
    for (let x = 0; x < MAP_SIZE; x++) {
      const limb = maps[from + y * MAP_SIZE + x] ?? 0;
      const joint = maps[from + PIXELS + y * MAP_SIZE + x] ?? 0;
      centres.forEach((centre, channel) => {
        const value = channel === 0 ? limb : joint;
        centre.x += x * value;
        centre.y += y * value;
        centre.mass += value;
      });
      mass += limb + joint;
      if (x < CUT || x >= MAP_SIZE - CUT) cut += limb + joint;
      if (Math.max(limb, joint) <= THRESHOLD) continue;
      active++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const [limbs, joints] = centres.map((centre) => ({ x: centre.x / centre.mass, y: centre.y / centre.mass }));
  return {
    width: right - left + 1,
    height: bottom - top + 1,
    active: active / PIXELS,
    centreX: (left + right) / 2,
    centreY: (top + bottom) / 2,
    offsetX: Math.abs((limbs?.x ?? NaN) - (joints?.x ?? NaN)),
    offsetY: Math.abs((limbs?.y ?? NaN) - (joints?.y ?? NaN)),
    cutMass: cut / mass,
  };
}
