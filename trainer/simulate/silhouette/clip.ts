/**
 * The silhouettes of a clip: the very walk whose joints the skeleton networks see (same person, same number, same frames), as a
 * segmentation model would have cut the walker out of the picture, aligned as OpenGait aligns silhouettes.
 */
import type { PictureSize } from '../../../src/gait/sequence.ts';
import { alignSilhouette, SILHOUETTE_LENGTH } from '../../../src/gait/silhouette.ts';
import { projector } from '../camera.ts';
import { drawClipConditions, filmWalk, type FilmedWalk } from '../clip.ts';
import type { SimulatedPerson } from '../person.ts';
import { Random } from '../../random/random.ts';
import { STREAM } from '../../random/streams.ts';
import { toWorld } from '../stand.ts';
import { bodyParts, type Sphere } from './body.ts';
import { drawFlesh, type Flesh } from './flesh.ts';
import { type Circle, HullFiller, type Mask } from './hull.ts';
import { Segmenter } from './segmenter.ts';

/** Masks are drawn at this share of the picture's size, about as finely as segmentation models see a person. */
const MASK_SCALE = 0.5;

/** Clip `clipIndex` of this person: grey levels [T, 64, 64], a frame for each of the clip's poses. */
export function simulateSilhouettes(person: SimulatedPerson, clipIndex: number): Uint8Array {
  const walk = filmWalk(person, drawClipConditions(person, clipIndex));
  const flesh = drawFlesh(person);
  const segmenter = new Segmenter(new Random(STREAM.outline, person.seed, person.index, clipIndex));
  const silhouettes = new Uint8Array(walk.times.length * SILHOUETTE_LENGTH);
  walk.times.forEach((time, frame) => {
    const elapsed = frame === 0 ? Infinity : time - walk.times[frame - 1]!;
    const { pixels, width, height } = segmenter.segment(drawMask(person, flesh, walk, frame), elapsed);
    const silhouette = alignSilhouette(pixels, width, height);
    if (silhouette === null) throw new Error(`The silhouette of ${person.id}, clip ${clipIndex}, frame ${frame} is empty.`);
    silhouettes.set(silhouette, frame * SILHOUETTE_LENGTH);
  });
  return silhouettes;
}

/** The body in one frame, exactly: 1 where it is. */
export function drawMask(person: SimulatedPerson, flesh: Flesh, walk: FilmedWalk, frame: number): Mask {
  const { width, height } = maskSize(walk.picture);
  const mask: Mask = { width, height, pixels: new Uint8Array(width * height) };
  const project = projector(walk.camera);
  const stand = walk.stands[frame]!;
  const [world, point] = [new Float64Array(3), new Float64Array(2)];
  const circleOf = ({ left, up, ahead, radius }: Sphere): Circle => {
    toWorld(stand, left, up, ahead, world);
    const depth = project(world[0]!, world[1]!, world[2]!, point, 0);
    return {
      x: MASK_SCALE * point[0]!,
      y: MASK_SCALE * point[1]!,
      radius: (MASK_SCALE * walk.camera.focal * radius) / depth,
    };
  };
  const filler = new HullFiller();
  for (const part of bodyParts(walk.bodies[frame]!, person.build, flesh)) filler.fill(part.map(circleOf), mask);
  return mask;
}

function maskSize({ width, height }: PictureSize): PictureSize {
  return { width: width * MASK_SCALE, height: height * MASK_SCALE };
}
