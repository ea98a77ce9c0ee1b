/** A session with a webcam, as it is said to a screener and to a child three metres away. */
import type { Advice } from '../../../gait/live.ts';
import { percent } from '../../format.ts';
import type { PlaceCheckName } from '../../session/placeCheck.ts';
import type { SessionStep } from '../../session/session.svelte.ts';

export const camera = {
  picture: 'What the camera sees',
  starting: 'Starting the camera…',
  other: 'Follow another person',
  guideHead: 'Head at the start',
  guideFeet: 'Feet at the start',
  choose: 'Camera',
  unnamed: (number: number) => `Camera ${number}`,
  start: 'Start the camera',
  again: 'Try again',
};

/** One sentence, read from three metres away. */
export const liveAdvice: Record<Advice, string> = {
  uncover: 'The picture is black. Uncover the camera',
  'more-light': 'More light, please',
  'come-into-view': 'Step into the picture',
  'one-person': 'One person only',
  'stand-upright': 'Stand upright, facing the camera',
  'step-back': 'Step back',
  'come-closer': 'Come closer',
  'whole-feet': 'Whole feet in view: step back',
  'whole-head': 'Head in view: step back',
  'to-the-middle': 'Step to the middle',
  'face-the-camera': 'Walk towards the camera',
  'clear-background': 'Arms and legs can’t be seen clearly',
  walk: 'Walk towards the camera',
};

const steps: Record<SessionStep, string> = { place: 'Place', person: 'Person', walk: 'Walk', result: 'Result' };

const checks: Record<PlaceCheckName, { name: string; passed: string; failed: string; open: string }> = {
  picture: {
    name: 'Picture',
    passed: 'Large enough',
    failed: 'Too small: choose another camera, or a higher resolution',
    open: 'Waiting for the camera',
  },
  light: {
    name: 'Light',
    passed: 'Bright enough',
    failed: 'Too dark: switch on more light, or turn away from a window',
    open: 'Waiting for the camera',
  },
  rate: {
    name: 'Pictures a second',
    passed: 'Fast enough',
    failed: 'Too slow: close other programs, plug the computer in, or add light',
    open: 'Measuring…',
  },
  walk: {
    name: 'Test walk',
    passed: 'Seen from head to feet',
    failed: 'Not seen well enough',
    open: 'Let somebody walk towards the camera for two seconds',
  },
};

export const session = {
  steps,
  stepsLabel: 'Steps of the session',
  title: 'Screen with the camera',
  place: {
    title: 'Set up the place',
    lead: 'Once for each place. Put the camera at the end of a clear path of four to five metres, upright and still.',
    points: [
      'Camera about 1.4 metres high, level, on something that doesn’t shake',
      'The walk begins about 4 metres away: there a person stands between the dashed lines, feet included',
      'Light from the camera’s side, nobody else in view',
    ],
    checks,
    checksTitle: 'Is the place right?',
    name: 'Name of the place',
    firstName: 'Place 1',
    done: 'The place is right',
    anyway: 'Go on all the same',
  },
  person: {
    title: 'Who walks?',
    at: (place: string, day: string) => `${place}, set up on ${day}`,
    setUpAgain: 'Set up again, or another place',
    locked: 'The records are locked: what is screened now is kept only once they are unlocked.',
    unlock: 'Unlock them',
    earlier: (count: number) => (count === 1 ? 'One earlier visit has this code.' : `${count} earlier visits have this code.`),
    lead: 'A code is enough: no name is asked for, and none should be written here.',
    code: 'Code',
    codeMissing: 'Write a code that the school or the practice can find the person by.',
    ageBand: 'Age',
    ageBands: { 'under-10': 'Under 10', '10-12': '10 to 12', '13-15': '13 to 15', '16-18': '16 to 18', 'over-18': 'Over 18' },
    sex: 'Sex',
    sexes: { female: 'Female', male: 'Male', other: 'Other' },
    unsaid: 'Not said',
    notes: 'Notes',
    consent: 'Consent',
    consentText: 'The person, or a parent or guardian, knows what the recording is for and agrees to it.',
    consentBy: 'Who agreed',
    consentMissing: 'A walk may be recorded only where somebody has agreed to it.',
    go: 'To the walk',
  },
  walk: {
    title: 'The walk',
    ready: 'Ready: walk towards the camera',
    walking: 'Keep walking',
    ended: 'Thank you. Stop here',
    framesOf: (usable: number, wanted: number) => `${usable} of ${wanted} frames`,
    begin: 'Start now',
    finish: 'Stop here',
    cancel: 'Back',
    speak: 'Say it aloud',
    judging: 'Comparing the walk',
    problem: 'This walk was not screened',
    again: 'Walk again',
  },
  result: {
    title: (code: string) => `Result for ${code}`,
    spread: (spread: number) => `The walks differ by ${percent(spread)} (standard deviation).`,
    notCombined: 'No walk of this person could be assessed.',
    another: 'Another walk',
    next: 'Next person',
    walks: 'The walks',
    walk: (number: number) => `Walk ${number}`,
    show: (number: number) => `Show walk ${number}`,
    kept: 'Kept in the records.',
    keeping: 'Keeping the visit…',
    record: 'Open the record',
    notKept: (count: number) => (count === 1 ? 'This visit is not kept yet' : `${count} visits are not kept yet`),
    keepAgain: 'Try again',
    notKeptMore:
      'It stays on this page until it is kept or the page is closed. Its report can be printed and saved here meanwhile.',
  },
};
