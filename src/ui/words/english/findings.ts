/** What each rule about a clip has to say: where it holds, what holds; where it doesn't, what is wrong and what to do. */
import type { FrameReason, QualityFinding } from '../../../gait/quality.ts';
import type { FindingRule } from '../../../screening/screening.ts';
import { percent } from '../../format.ts';

interface Sentences {
  failed(finding: QualityFinding): string;
  passed(finding: QualityFinding): string;
}

/** "in only 12 % of …", "in none of …". */
const inOnly = (share: number): string => (share < 0.005 ? 'in none' : `in only ${percent(share)}`);

/** What most of the frames that were left out have against them, and what to do about it. */
const mostly: Record<FrameReason, string> = {
  'no-person': 'in most of the others no person was found. Use more light, film from nearer, and keep the whole body in view.',
  'not-a-body': 'in most of the others no upright body was found. Film one person walking, from head to feet.',
  'outside-picture':
    'in most of the others a part of the body was outside of the picture. Step back, or hold the camera upright.',
  'too-small':
    "in most of the others the person was too small. Film from nearer: the body should fill a third of the picture's height.",
  'from-behind': 'in most of the others the person was seen from behind. Repeat the walk towards the camera.',
  'from-the-side': 'in most of the others the person was seen from the side. Repeat the walk straight towards the camera.',
  unclear: 'in most of the others arms or legs were unclear. Use more light, and clothes that stand out from the background.',
  'no-outline':
    'in most of the others the body could not be told from the background. Film before a plain background, in even light.',
  'by-hand': 'the others were left out by hand. Use more of them, or repeat the walk.',
};

export const findings: Record<FindingRule, Sentences> = {
  'clip-length': {
    failed: ({ value }) => `The clip is ${value.toFixed(1)} s long. Record at least one second of walking; ten are better.`,
    passed: ({ value }) => `The clip is ${value.toFixed(1)} s long.`,
  },
  'person-found': {
    failed: ({ value, threshold, facts }) =>
      value === 0
        ? 'No person was found. One person should walk towards the camera, whole body in view, in even light, and fill at least ' +
          "a third of the picture's height."
        : `Only ${value} of ${facts['sampled']} frames show a person, and ${threshold} are the least. Film one person from head to feet ` +
          'in even light, for ten seconds.',
    passed: ({ value }) => `A person was found in ${value} frames.`,
  },
  'plausible-body': {
    failed: ({ value }) =>
      `What was found looks like an upright body ${inOnly(value)} of the frames. Film one person walking, from head to feet, with ` +
      'nothing in front of them.',
    passed: ({ value }) => `The body was upright and complete in ${percent(value)} of the frames.`,
  },
  'whole-body': {
    failed: ({ value }) =>
      `The whole body was in the picture ${inOnly(value)} of the frames. Repeat the walk with head, hands and feet in view ` +
      'all the time: step back, or hold the camera upright.',
    passed: ({ value }) => `The whole body was in the picture in ${percent(value)} of the frames.`,
  },
  'size-in-picture': {
    failed: ({ value }) =>
      `The person was too small in ${percent(1 - value)} of the frames. Film from nearer: the body should fill at least a third of ` +
      "the picture's height.",
    passed: ({ value }) => `The person was large enough in ${percent(value)} of the frames.`,
  },
  'same-person': {
    failed: () =>
      'The body leaps from place to place: two people, or a person and a thing, were mixed up. Repeat the walk with one person in view.',
    passed: () => 'One and the same person was followed.',
  },
  'left-and-right': {
    failed: () =>
      'Left and right could not be told apart reliably. Film from the front, level with the body, with the face and both arms ' +
      'in view, in even light.',
    passed: () => 'Left and right could be told apart.',
  },
  'front-view': {
    failed: ({ value, facts }) =>
      facts['mostly'] === 'from-behind'
        ? `The person was seen from behind, and from the front ${inOnly(value)} of the frames. Repeat the walk towards the camera.`
        : `The person was seen from the side, and from the front ${inOnly(value)} of the frames. Place the camera at the end of ` +
          'the path, so that the person walks straight towards it.',
    passed: ({ value }) => `The person was seen from the front in ${percent(value)} of the frames.`,
  },
  'clear-joints': {
    failed: ({ value }) =>
      `Arms and legs were clear ${inOnly(value)} of the frames. Use more light, close-fitting clothes that stand out from ` +
      'the background, and keep others and furniture out of the way.',
    passed: ({ value }) => `Arms and legs were clear in ${percent(value)} of the frames.`,
  },
  'found-throughout': {
    failed: ({ value }) =>
      `The person was lost time and again: found in ${percent(value)} of the frames of the walk. Use more light and a background ` +
      'that clothes stand out from, and keep others out of the way.',
    passed: ({ value }) => `The person was found in ${percent(value)} of the frames of the walk.`,
  },
  'steady-body': {
    failed: () =>
      "The body's outline shook too much to be measured. Put the camera on a stand, use more light, and wear close-fitting clothes.",
    passed: () => 'The body was measured steadily from frame to frame.',
  },
  'usable-frames': {
    failed: ({ value, threshold, facts }) =>
      `Only ${value} of ${facts['sampled']} frames can be used, and ${threshold} are the least: ${mostly[facts['mostly'] as FrameReason]}`,
    passed: ({ value }) => `${value} frames can be used.`,
  },
  'found-mostly': {
    failed: ({ value }) =>
      `The person was found ${inOnly(value)} of the clip's frames. If they were in view all along, use more light or film from nearer.`,
    passed: ({ value }) => `The person was found in ${percent(value)} of the clip's frames.`,
  },
  'long-enough': {
    failed: ({ value }) =>
      `Only ${value.toFixed(1)} s of walking could be used. A longer walk gives a steadier result: aim for ten seconds.`,
    passed: ({ value }) => `${value.toFixed(1)} s of walking could be used.`,
  },
  'frame-rate': {
    failed: ({ value }) =>
      `The video has ${value.toFixed(0)} frames a second, too few to follow a step well. Record at 25 or 30 frames a second.`,
    passed: ({ value }) => `${value.toFixed(0)} frames a second were looked at.`,
  },
  'one-person': {
    failed: ({ value }) =>
      `More than one person was in view in ${percent(value)} of the frames; the nearest was followed. Check in the replay that it is the ` +
      'right one, or repeat the walk with one person in view.',
    passed: () => 'One person was in view.',
  },
  steps: {
    failed: ({ value }) =>
      `Few steps were seen (${value.toFixed(1)} a second). The result counts only if the person walked: check the replay, or ` +
      'repeat the walk.',
    passed: ({ value }) => `${value.toFixed(1)} steps a second were seen.`,
  },
  strides: {
    failed: ({ value, threshold }) =>
      `${value === 0 ? 'No step was' : value === 1 ? 'Only one step was' : `Only ${value} steps were`} seen, and it takes ${threshold} to compare ` +
      'the sides. Let the walk last ten seconds.',
    passed: ({ value }) => `${value} steps were seen.`,
  },
  'file-complete': {
    failed: ({ value }) =>
      `The file breaks off after ${value.toFixed(1)} s: only that part was screened. Copy the file again if there should be more.`,
    passed: () => 'The file is complete.',
  },
};
