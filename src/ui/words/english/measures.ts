/** What can be checked by eye: each measure as a sentence, with its convention. */
import type { ClinicalName } from '../../../gait/clinical.ts';
import type { Side } from '../../../gait/clinical/summary.ts';

interface MeasureWords {
  name: string;
  /** How it is measured. */
  how: string;
  /** What is seen, by the side it points to; `size` comes with its unit. */
  says: Record<Side, (size: string) => string>;
}

/** Of an interval that holds zero: a wide one says that nothing is known, and not that the sides are alike. */
const NO_SIDE = 'No clear side';

const byName: Record<ClinicalName, MeasureWords> = {
  'shoulder-tilt': {
    name: 'Shoulder tilt',
    how: 'Line between the shoulder joints against the horizontal',
    says: {
      left: (size) => `Left shoulder higher by ${size}`,
      right: (size) => `Right shoulder higher by ${size}`,
      even: () => NO_SIDE,
    },
  },
  'pelvis-tilt': {
    name: 'Pelvis tilt',
    how: 'Line between the hip joints against the horizontal',
    says: {
      left: (size) => `Left hip higher by ${size}`,
      right: (size) => `Right hip higher by ${size}`,
      even: () => NO_SIDE,
    },
  },
  'trunk-shift': {
    name: 'Trunk shift',
    how: 'Middle of the ears beside the middle of the hips, in percent of the trunk’s length',
    says: {
      left: (size) => `Head ${size} to the left of the pelvis`,
      right: (size) => `Head ${size} to the right of the pelvis`,
      even: () => NO_SIDE,
    },
  },
  'trunk-lean': {
    name: 'Trunk lean',
    how: 'Middle of the hips to middle of the shoulders against the vertical',
    says: {
      left: (size) => `Trunk leans to the left by ${size}`,
      right: (size) => `Trunk leans to the right by ${size}`,
      even: () => NO_SIDE,
    },
  },
  'arm-gap': {
    name: 'Arm-trunk gap',
    how: 'Space between elbow and side of the trunk, left less right, in percent of the shoulders’ width',
    says: {
      left: (size) => `Gap wider on the left by ${size}`,
      right: (size) => `Gap wider on the right by ${size}`,
      even: () => NO_SIDE,
    },
  },
  'step-symmetry': {
    name: 'Steps',
    how: 'Times of left and right steps: their difference in percent of their mean',
    says: {
      left: (size) => `Left steps take ${size} longer`,
      right: (size) => `Right steps take ${size} longer`,
      even: () => NO_SIDE,
    },
  },
  'arm-swing-symmetry': {
    name: 'Arm swing',
    how: 'Rise and fall of the wrists: their difference in percent of their mean',
    says: {
      left: (size) => `Left wrist rises and falls ${size} more`,
      right: (size) => `Right wrist rises and falls ${size} more`,
      even: () => NO_SIDE,
    },
  },
};

export const measures = {
  byName,
  title: 'What can be checked by eye',
  lead:
    'Measured from the body’s points, free of any model. Left and right are the person’s own; the picture’s edge counts as level. A side is ' +
    'named where zero lies outside the 95 % interval, which knows what changes from stride to stride and nothing of a camera that isn’t level.',
  column: 'Mean and 95 % interval',
  howTitle: 'How each is measured, and how far it spreads',
  spread: (spread: string, count: number, of: 'strides' | 'seconds') =>
    `Mean of ${count} ${of}; standard deviation over the walk ${spread}.`,
  none: 'The walk is too short or too unclear to measure the body.',
  asymmetry: {
    title: 'Asymmetry of the eight pairs',
    more: 'How far left and right differ, whichever is higher: the vector that DRF looks at. Height and offset in percent of the body’s height.',
    pairs: ['Eyes', 'Ears', 'Shoulders', 'Elbows', 'Wrists', 'Hips', 'Knees', 'Ankles'],
    metrics: { VD: 'Height', MD: 'Offset', AD: 'Angle' },
  },
};
