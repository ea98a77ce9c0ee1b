/** A simulated person: body, way of walking, curve and signs, drawn from (seed, index) alone. */
import { CLASSES, type ClassName } from '../../src/gait/labels.ts';
import { type Build, drawBuild } from './build.ts';
import { drawGaitStyle, type GaitStyle } from './gaitStyle.ts';
import { Random } from '../random/random.ts';
import { STREAM } from '../random/streams.ts';
import { type Curve, drawCurve, drawCurveSigns, mirrorCurve, paceUnder } from './scoliosis.ts';
import { addSigns, drawHealthySigns, mirrorSigns, type Signs } from './signs.ts';

export interface SimulatedPerson {
  /** Unique within a seed, and across seeds. */
  id: string;
  seed: number;
  index: number;
  className: ClassName;
  /** Index into CLASSES: 0 negative, 1 neutral, 2 positive. */
  label: number;
  build: Build;
  style: GaitStyle;
  curve: Curve;
  /** The person's own asymmetry: healthy part and what the curve adds. Clips add a little of their own. */
  signs: Signs;
}

/** Draws person `index` of `seed` with the given class. The healthy part doesn't depend on the class. */
export function drawPerson(seed: number, index: number, className: ClassName): SimulatedPerson {
  const random = new Random(STREAM.person, seed, index);
  const build = drawBuild(random);
  const style = drawGaitStyle(random, build);
  const healthy = drawHealthySigns(random);
  const curveRandom = new Random(STREAM.curve, seed, index);
  const curve = drawCurve(curveRandom, className);
  const pace = paceUnder(curve.cobb);
  return {
    id: `s${seed}-p${String(index).padStart(6, '0')}`,
    seed,
    index,
    className,
    label: CLASSES.indexOf(className),
    build,
    style: { ...style, stepLength: style.stepLength * pace.stepLength, cadence: style.cadence * pace.cadence },
    curve,
    signs: addSigns(healthy, drawCurveSigns(curveRandom, curve)),
  };
}

/** The same person seen in a mirror. */
export function mirrorPerson(person: SimulatedPerson): SimulatedPerson {
  return { ...person, id: `${person.id}-mirrored`, curve: mirrorCurve(person.curve), signs: mirrorSigns(person.signs) };
}
