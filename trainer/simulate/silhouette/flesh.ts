/**
 * What a person's joints are wrapped in: how stout, what head and hair, what waist and hips, how loose the clothes. Drawn from a stream of
 * its own, so that the walks stay the ones they were; like the build, without regard to the class.
 */
import type { SimulatedPerson } from '../person.ts';
import { Random } from '../../random/random.ts';
import { STREAM } from '../../random/streams.ts';

export interface Flesh {
  /** Factor on the thickness of trunk and limbs. */
  girth: number;
  /** Factor on the thickness of limbs that sleeves and trousers add. */
  clothes: number;
  /** Centimetres from the eyes up to the crown, hair and all, and half the head's width. */
  crown: number;
  headHalfWidth: number;
  /** Half the trunk's width at the waist and at the hips, as shares of body height. */
  waist: number;
  hips: number;
}

export function drawFlesh({ seed, index, build }: SimulatedPerson): Flesh {
  const random = new Random(STREAM.flesh, seed, index);
  const female = build.sex === 'female';
  return {
    girth: random.tame(1, 0.08),
    clothes: random.between(1.02, 1.2),
    // A head has nearly its full size at ten, so it is drawn in centimetres and not as a share of the height.
    crown: random.tame(11.4, 0.7),
    headHalfWidth: 1.1 * build.earHalfWidth + random.between(0.4, 1.4),
    waist: random.tame(female ? 0.076 : 0.081, 0.003),
    hips: random.tame(female ? 0.098 : 0.094, 0.003),
  };
}
