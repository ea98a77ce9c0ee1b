/** What came of a walk, and what it is worth. */
import type { FrameReason } from '../../../gait/quality.ts';
import type { ClassName } from '../../../gait/labels.ts';
import type { Outcome, Probabilities } from '../../../screening/screening.ts';
import type { Thresholds } from '../../../screening/thresholds.ts';
import { percent } from '../../format.ts';

export const outcomes: Record<Outcome, { name: string; next: string }> = {
  refer: {
    name: 'Pattern found',
    next: 'Refer for a clinical check: someone trained in it looks at the back standing and bending forward.',
  },
  borderline: {
    name: 'Borderline',
    next: 'Repeat the walk. If it comes out borderline again, refer for a clinical check.',
  },
  'none-found': {
    name: 'No pattern found',
    next: 'Nothing more to do after this walk. Where something looks uneven to the eye, refer all the same: a screening misses some.',
  },
  'not-assessable': {
    name: 'Not assessable',
    next: 'Record the walk again with that put right. Nothing was concluded from this clip.',
  },
};

export const classes: Record<ClassName, { name: string; meaning: string }> = {
  positive: { name: 'Pattern', meaning: 'moves like the walkers with a clear curve' },
  neutral: { name: 'Borderline', meaning: 'moves like the walkers with a slight curve' },
  negative: { name: 'No pattern', meaning: 'moves like the walkers without a curve' },
};

export const frameReasons: Record<FrameReason, string> = {
  'no-person': 'no person found',
  'not-a-body': 'not the shape of a standing body',
  'outside-picture': 'part of the body outside the picture',
  'too-small': 'too far away',
  'from-behind': 'seen from behind',
  'from-the-side': 'seen from the side',
  unclear: 'arms or legs not clear enough',
  'no-outline': 'the body could not be told from the background',
  'by-hand': 'left out by hand',
};

export const result = {
  label: (name: string) => `Result of ${name}`,
  why: 'Why',
  next: 'What to do next',
  noted: 'Worth knowing',
  /** The reason of an assessed walk. The manifest's own words say what the model learned from. */
  reason: (outcome: Outcome, { positive, neutral, negative }: Probabilities, thresholds: Thresholds | null): string => {
    const share = percent(positive);
    if (!thresholds) {
      if (outcome === 'refer') return `Of what the model knows, the walk is most like those with the pattern (${share}).`;
      if (outcome === 'borderline') {
        return `The walk lies between those with the pattern and those without it (${percent(neutral)} borderline).`;
      }
      return `Of what the model knows, the walk is most like those without the pattern (${percent(negative)}).`;
    }
    const { refer, borderline } = thresholds;
    if (outcome === 'refer') return `The model gives the pattern ${share}; from ${percent(refer)} on the advice is to refer.`;
    if (outcome === 'none-found') {
      return `The model gives the pattern ${share}; below ${percent(borderline)} nothing is concluded from the walk.`;
    }
    if (positive >= borderline) {
      return `The model gives the pattern ${share}: ${percent(borderline)} or more, and less than the ${percent(refer)} to refer from.`;
    }
    return `The walk is most like those with a slight curve (${percent(neutral)}); the model gives the pattern ${share}.`;
  },
  says: (name: string, outcome: string, reason: string) => `${name}: ${outcome}. ${reason}`,
  probabilities: 'How the walk compares',
  probabilitiesMeaning:
    'The shares are calibrated on the walks the model was checked with: of the walks given 70 % for a ' +
    'class, about 70 % belong to it.',
  probabilitiesUncalibrated:
    'The shares are not calibrated: nobody has checked here how often this model is right when it sounds this sure.',
  probabilitiesMissing: 'No probabilities: a walk is compared only when every rule about the clip holds.',
  frames: 'Frames used',
  framesUsed: (usable: number, sampled: number) => `${usable} of ${sampled} sampled`,
  framesAll: 'Every sampled frame could be used.',
  framesLeftOut: 'Left out',
  sidesSettled: (count: number) =>
    `In ${count === 1 ? 'one frame' : `${count} frames`} the pose model had taken left for right; that was put right.`,
  clip: (duration: number, width: number, height: number) => `${duration.toFixed(1)} s, ${width} × ${height}`,
  clipSample: (duration: number) => `${duration.toFixed(1)} s, simulated keypoints`,
};

export const notice = {
  simulated: 'Simulated weights, research use',
  simulatedMore:
    'This model has learned from simulated walks only. What it says shows how the tool works and says nothing about a person.',
  research: 'Research use',
  trainedOn: (data: string) => `Trained on ${data}`,
};

export const problem = {
  /** The rooms say in English what went wrong, with the details at hand. */
  says: (_code: string, sentence: string) => sentence,
  title: 'This clip was not screened',
  unexpected: 'Something went wrong that Plumbline did not foresee. Try again; if it happens again, reload the page.',
};
