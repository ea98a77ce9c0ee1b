/**
 * Every word on the page, in one place. A second language is a second object of the same shape ({@link Words}), written as that
 * language is written, not word for word; until there is one, `words` is English.
 *
 * Findings and errors bring their own sentence from the room that knows what went wrong; they are shown as they come.
 */
import type { FrameReason } from '../gait/quality.ts';
import type { ClassName } from '../gait/labels.ts';
import type { Outcome, Progress } from '../screening/screening.ts';
import { clockTime, percent } from './format.ts';

const outcomes: Record<Outcome, { name: string; next: string }> = {
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

const classes: Record<ClassName, { name: string; meaning: string }> = {
  positive: { name: 'Pattern', meaning: 'moves like the walkers with a clear curve' },
  neutral: { name: 'Borderline', meaning: 'moves like the walkers with a slight curve' },
  negative: { name: 'No pattern', meaning: 'moves like the walkers without a curve' },
};

const frameReasons: Record<FrameReason, string> = {
  'no-person': 'no person found',
  'not-a-body': 'not the shape of a standing body',
  'outside-picture': 'part of the body outside the picture',
  'too-small': 'too far away',
  'from-behind': 'seen from behind',
  'from-the-side': 'seen from the side',
  unclear: 'arms or legs not clear enough',
  'no-outline': 'the body could not be told from the background',
};

const stages: Record<Progress['stage'], string> = {
  preparing: 'Getting ready',
  watching: 'Following the body',
  classifying: 'Comparing the walk',
};

const english = {
  name: 'Plumbline',
  promise: 'Nothing leaves this device',
  promiseMore: 'Videos are read, judged and forgotten on this device. Nothing is uploaded.',
  skip: 'Skip to the content',

  theme: {
    label: 'Colours',
    device: 'As the device',
    light: 'Light',
    dark: 'Dark',
  },

  intake: {
    title: 'Screen a walk for the pattern that scoliosis leaves',
    lead:
      'Choose a video of one person walking towards the camera. Plumbline follows the body frame by frame and compares the ' +
      'walk with those its model has learned.',
    drop: 'Drop videos here',
    dropNow: 'Let go to screen',
    or: 'or',
    choose: 'Choose videos…',
    chooseMore: 'More videos…',
    sample: 'Try the sample walk',
    sampleMore: 'Sample walk',
    sampleNote: 'The sample is a simulated walk and needs no video.',
    kinds: 'MP4, MOV, WebM or MKV. Several at once are screened one after another.',
  },

  advice: {
    title: 'A clip that works',
    points: [
      'One person, walking towards the camera',
      'The whole body in the picture, feet included',
      'From about 4 m away to 1.5 m',
      'Camera upright and still, about 1.4 m high',
      'Even light, close-fitting clothes',
    ],
    picture: 'Drawing: a person seen from the front, whole body inside the picture, with a plumb line through the middle.',
  },

  device: {
    label: 'This device',
    starting: 'Getting the model ready…',
    ready: 'Ready',
    failed: 'This device can’t screen',
    retry: 'Try again',
    details: 'What was tried',
    engines: { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' },
    threads: (count: number) => (count === 1 ? 'one thread' : `${count} threads`),
    frameTime: (milliseconds: number) => `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms a frame`,
    chosen: 'in use',
    passedOver: 'not used',
    model: 'Model',
  },

  queue: {
    title: 'Clips',
    file: 'File',
    outcome: 'Outcome',
    probabilities: 'Pattern, borderline, none',
    usable: 'Usable frames',
    usableUnit: 'frames usable',
    reason: 'Reason',
    actions: 'Actions',
    sampleName: 'Sample walk',
    done: (done: number, total: number) => `${done} of ${total} done`,
    csv: 'Download CSV',
    csvName: 'plumbline-screenings.csv',
    cancelAll: 'Cancel all',
    clear: 'Clear the list',
    cancel: 'Cancel',
    cancelOf: (name: string) => `Cancel ${name}`,
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name} from the list`,
    again: 'Screen again',
    againOf: (name: string) => `Screen ${name} again`,
    open: (name: string) => `Show the result of ${name}`,
    waiting: 'Waiting',
    waitingLong: 'Waiting for the clip before it',
    cancelled: 'Cancelled',
    cancelledLong: 'Cancelled. Nothing was kept of this clip.',
    failed: 'Not screened',
    framesOf: (usable: number, sampled: number) => `${usable} of ${sampled}`,
  },

  progress: {
    stages,
    timeLeft: (seconds: number) => {
      if (seconds < 1.5) return 'about a second left';
      if (seconds < 90) return `about ${Math.round(seconds)} seconds left`;
      return `about ${Math.round(seconds / 60)} minutes left`;
    },
    timeLeftUnknown: 'Working out the time left',
    framesSeen: (count: number) => (count === 1 ? '1 frame looked at' : `${count} frames looked at`),
    says: (name: string, share: number) => `${name}: ${percent(share)} done`,
  },

  outcomes,
  classes,
  frameReasons,

  result: {
    label: (name: string) => `Result of ${name}`,
    why: 'Why',
    next: 'What to do next',
    noted: 'Worth knowing',
    /** The reason of an assessed walk. The manifest's own words say what the model learned from. */
    reason: (outcome: Outcome, probability: number): string => {
      const figure = percent(probability);
      if (outcome === 'refer') return `Of what the model knows, the walk is most like those with the pattern (${figure}).`;
      if (outcome === 'borderline')
        return `The walk lies between those with the pattern and those without it (${figure} borderline).`;
      return `Of what the model knows, the walk is most like those without the pattern (${figure}).`;
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
  },

  notice: {
    simulated: 'Simulated weights, research use',
    simulatedMore:
      'This model has learned from simulated walks only. What it says shows how the tool works and says nothing about a person.',
    research: 'Research use',
    trainedOn: (data: string) => `Trained on ${data}`,
  },

  replay: {
    title: 'Replay',
    stage: 'The walk with the skeleton drawn over it',
    play: 'Play',
    pause: 'Pause',
    previous: 'Previous frame',
    next: 'Next frame',
    speed: 'Speed',
    speeds: [
      { rate: 1, name: '1×' },
      { rate: 0.5, name: '½×' },
      { rate: 0.25, name: '¼×' },
    ],
    position: 'Frame',
    positionValue: (index: number, count: number, time: number, state: string) =>
      `Frame ${index + 1} of ${count}, ${clockTime(time)}, ${state}`,
    used: 'used',
    leftOut: 'left out',
    leftOutBecause: (reason: string) => `left out: ${reason}`,
    frameOf: (index: number, count: number) => `${index + 1} / ${count}`,
    showSkeleton: 'Skeleton',
    showPlumb: 'Plumb line',
    left: 'Person’s left',
    right: 'Person’s right',
    size: 'Larger joints are surer',
    keys: 'Arrow keys step through the frames, space plays and pauses.',
    map: 'Skeleton map',
    mapMore: 'What the network sees of this frame',
    limbs: 'Limbs',
    joints: 'Joints',
    mapMissing: 'This frame was left out, so it has no map.',
    noPicture: 'This browser can’t replay the file. The skeleton is shown alone.',
    nobody: 'No person in this frame',
    noFrames: 'No frame of this clip could be read, so there is nothing to replay.',
  },

  details: {
    title: 'Details for researchers',
    findings: 'Rules about the clip',
    rule: 'Rule',
    finding: 'Finding',
    value: 'Value',
    threshold: 'Threshold',
    holds: 'holds',
    warns: 'warns',
    blocks: 'blocks',
    logits: 'Logits for each strip of the body',
    logitsMore: 'Cosines between −1 and 1 for 16 strips from head to feet; their mean, scaled, gives the probabilities.',
    logitsUnused: 'The walk is not assessable, so nothing was concluded from these.',
    cosine: 'Cosine',
    mean: 'Mean',
    head: 'Head',
    feet: 'Feet',
    made: 'How this result was made',
    model: 'Model',
    modelHash: 'SHA-256 of the weights',
    trainedOn: 'Trained on',
    engine: 'Engine',
    pose: 'Pose model',
    poseModels: { lite: 'BlazePose lite', full: 'BlazePose full', none: 'None: simulated keypoints' },
    input: 'Input of the network',
    version: 'Plumbline',
    frames: 'Frames sampled, with a person, usable',
    timings: 'Time for pose, network, all',
    download: 'Download this result as JSON',
    downloadName: (name: string) => `${name.replace(/\.[^.]*$/, '')}.plumbline.json`,
  },

  problem: {
    title: 'This clip was not screened',
    unexpected: 'Something went wrong that Plumbline did not foresee. Try the clip again; if it happens again, reload the page.',
  },

  foot: {
    use: 'Plumbline is investigational. It is an aid for screening, for use in research, and does not replace a clinical examination.',
    licence: 'Open source under Apache 2.0.',
    version: (version: string) => `Version ${version}`,
  },
};

export type Words = typeof english;

export const words: Words = english;
