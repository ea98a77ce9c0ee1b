/**
 * A pinhole camera on a stand in front of the walk, as a phone on a tripod is: about hip to head height, aimed at the walk but not
 * perfectly, slightly rolled. World axes in centimetres: right of the camera, up from the floor, away from the camera along the walk.
 * Lens distortion, rolling shutter and a hand's tremble are not simulated.
 */
import type { PictureSize } from '../../src/gait/sequence.ts';
import type { Random } from '../random/random.ts';

export interface Camera {
  picture: PictureSize;
  /** Focal length in pixels. */
  focal: number;
  /** Centimetres: right of the walk's middle line, above the floor. */
  right: number;
  height: number;
  /** Radians: turned to its right, turned up, turned clockwise as seen from behind it. */
  yaw: number;
  pitch: number;
  roll: number;
}

const LONG_SIDE = 1280;
const SHORT_SIDE = 720;
const RADIANS = Math.PI / 180;

/**
 * @param bodyHeight centimetres; the camera is aimed at the body's middle …
 * @param distance … at this distance, in centimetres
 */
export function drawCamera(random: Random, bodyHeight: number, distance: number): Camera {
  const portrait = random.chance(0.5);
  const picture = portrait ? { width: SHORT_SIDE, height: LONG_SIDE } : { width: LONG_SIDE, height: SHORT_SIDE };
  // Main cameras of phones and webcams see 55 to 75° along the picture's long side when they film.
  const longAngle = random.between(55, 75) * RADIANS;
  const height = random.between(80, 160);
  const right = random.tame(0, 15);
  return {
    picture,
    focal: LONG_SIDE / 2 / Math.tan(longAngle / 2),
    right,
    height,
    yaw: Math.atan2(-right, distance) + random.tame(0, 1.5) * RADIANS,
    pitch: Math.atan2(bodyHeight / 2 - height, distance) + random.tame(0, 1) * RADIANS,
    roll: random.tame(0, 0.7) * RADIANS,
  };
}

export function mirrorCamera(camera: Camera): Camera {
  return { ...camera, right: -camera.right, yaw: -camera.yaw, roll: -camera.roll };
}

/**
 * A function from world (right, up, away in centimetres) to pixels, origin top left; writes x, y at `at` in `out` and returns the depth,
 * the distance along the camera's axis in centimetres: what is r wide there is focal · r / depth pixels wide.
 */
export function projector(camera: Camera): (right: number, up: number, away: number, out: Float64Array, at: number) => number {
  const [cosYaw, sinYaw] = [Math.cos(camera.yaw), Math.sin(camera.yaw)];
  const [cosPitch, sinPitch] = [Math.cos(camera.pitch), Math.sin(camera.pitch)];
  const [cosRoll, sinRoll] = [Math.cos(camera.roll), Math.sin(camera.roll)];
  const { width, height } = camera.picture;
  return (right, up, away, out, at) => {
    const x = right - camera.right;
    const y = up - camera.height;
    const yawedX = x * cosYaw - away * sinYaw;
    const yawedZ = away * cosYaw + x * sinYaw;
    const pitchedY = y * cosPitch - yawedZ * sinPitch;
    const depth = yawedZ * cosPitch + y * sinPitch;
    // A camera turned clockwise sees the world turned anticlockwise.
    const rolledX = yawedX * cosRoll - pitchedY * sinRoll;
    const rolledY = pitchedY * cosRoll + yawedX * sinRoll;
    out[at] = width / 2 + (camera.focal * rolledX) / depth;
    out[at + 1] = height / 2 - (camera.focal * rolledY) / depth;
    return depth;
  };
}
