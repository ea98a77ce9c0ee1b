/**
 * Every word on the page, in one place. A second language is a second object of the same shape ({@link Words}), written as that
 * language is written, not word for word; until there is one, `words` is English.
 *
 * Findings and errors bring their own sentence from the room that knows what went wrong; they are shown as they come.
 */
import type { FrameReason } from '../gait/quality.ts';
import type { ClassName } from '../gait/labels.ts';
import type { BackendName } from '../nets/backends.ts';
import type { SavingStage } from '../screening/importFace.ts';
import type { Outcome, Progress } from '../screening/screening.ts';
import { clockTime, percent } from './format.ts';
import type { PageName } from './route.svelte.ts';

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

const savingStages: Record<SavingStage, string> = {
  reading: 'Reading the file',
  recognising: 'Recognising the network',
  checking: 'Computing what every device must get',
  writing: 'Putting the model together',
  saving: 'Saving it on this device',
};

const pages: Record<PageName, string> = { screening: 'Screening', models: 'Models' };

const engines: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' };

const english = {
  name: 'Plumbline',
  promise: 'Nothing leaves this device',
  promiseMore: 'Videos are read, judged and forgotten on this device. Nothing is uploaded.',
  skip: 'Skip to the content',

  pages,
  pagesLabel: 'Pages',
  pageTitle: (page: PageName) => (page === 'screening' ? 'Plumbline' : `${pages[page]} · Plumbline`),

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
    engines,
    threads: (count: number) => (count === 1 ? 'one thread' : `${count} threads`),
    frameTime: (milliseconds: number) => `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms a frame`,
    chosen: 'in use',
    passedOver: 'not used',
    model: 'Model',
    lost: (id: string, instead: string) =>
      `The model chosen last, ${id}, is no longer on this device. “${instead}” is in use instead.`,
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
    outline: 'Outline',
    mapMore: 'What the network sees of this frame',
    limbs: 'Limbs',
    joints: 'Joints',
    mapMissing: 'This frame was left out, so the network didn’t see it.',
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
    unexpected: 'Something went wrong that Plumbline did not foresee. Try again; if it happens again, reload the page.',
  },

  models: {
    title: 'Models',
    lead: 'A model is what a walk is compared with: a network, what it learned from, and what it is worth. Models that you import stay on this device.',
    list: 'On this device',
    inUse: 'In use',
    simulated: 'Simulated weights',
    imported: 'Imported',
    served: 'Comes with the page',
    importedFrom: (file: string, day: string) => `From ${file}, ${day}`,
    show: (name: string) => `Show the card of ${name}`,
    unreadable: 'Can’t be read',
    use: 'Use this model',
    changing: 'Getting it ready…',
    changingWaits: 'It starts as soon as the clip under way is done.',
    nowInUse: (name: string) => `In use: ${name}`,
    changeFailed: (problem: string) => `${problem} The model before it is still in use.`,
    remove: 'Remove…',
    removed: (name: string) => `Removed: ${name}`,
    dialog: {
      title: 'Remove this model?',
      says: (name: string) => `“${name}” is taken off this device. To have it back, import its checkpoint again.`,
      inUse: 'It is in use: the model that comes with the page takes its place.',
      keep: 'Keep it',
      remove: 'Remove it',
    },
  },

  card: {
    what: 'What it is',
    id: 'Id',
    network: 'Network',
    networkOf: (name: string, widths: readonly number[], parts: number, embedding: number) =>
      `${name}: ResNet9 (${widths.join(', ')}), ${parts} parts, embeddings of ${embedding}`,
    attention: 'Attention',
    attentions: { 'before-fcs': 'PGA before the part FCs', 'after-fcs': 'PGA after the part FCs' },
    input: 'Input',
    inputs: {
      'skeleton-map': (recipe: string) => `Skeleton maps, recipe ${recipe}`,
      silhouette: 'Silhouettes, aligned as OpenGait does',
    },
    recipe: (limbSigma: number, jointSigma: number, note: string | undefined) =>
      `Limb σ ${limbSigma}, joint σ ${jointSigma}.${note ? ` ${note}` : ''}`,
    recipeLabel: 'Recipe',
    cadence: 'Frames',
    cadenceOf: (rate: number, most: number) => `${rate} a second, ${most} of a walk at most`,
    classes: 'Classes of the weights',
    classOrder: (order: readonly string[]) => order.join(', '),
    range: 'Asymmetry range',
    rangeKnown: 'Known, from its training walks',
    rangeUnknown: 'Not known: it can’t screen a walk until it is imported again with that range',
    probabilities: 'Probabilities',
    calibrated: (scale: number) => `Softmax at scale ${scale.toFixed(2)}, fitted on people it was not trained on`,
    uncalibrated: (scale: number) => `Softmax at scale ${scale.toFixed(2)}, not calibrated here`,
    weights: 'Weights',
    weightsOf: (size: string, storage: string) => `${size}, ${storage}`,
    weightsHash: 'SHA-256 of the weights',
    licence: 'Licence',
    origin: 'Where it comes from',
    trainedOn: 'Trained on',
    split: 'Split',
    trainedWith: 'Walks',
    walks: (people: number | null, clips: number) =>
      people === null ? `${clips} clips, people unknown` : `${people} people, ${clips} clips`,
    startedFrom: 'Started from',
    chosenBy: 'Checkpoint chosen by',
    iterations: 'Training steps',
    engine: 'Trained with',
    finished: 'Finished',
    file: 'Checkpoint',
    fileHash: 'SHA-256 of the checkpoint',
    importedOn: 'Imported',
    preset: 'Answered by the preset',
    renames: 'Names changed',
    rename: (from: string, to: string) => (to ? `${from} → ${to}` : `${from} left off`),
    use: 'What it is for',
    limits: 'Limits',
    metrics: 'How good it is',
    unmeasured: 'Nobody has measured that here.',
    judged: (set: string) => `Judged on ${set}. Intervals are 95 %.`,
    classifier: 'Classifier',
    thisModel: 'This model',
    pavBaseline: 'Posture alone',
    majorityBaseline: 'Always the commonest class',
    accuracy: 'Accuracy',
    macroF1: 'Macro-F1',
    precision: 'Precision',
    recall: 'Recall',
    sensitivity: 'Sensitivity for the pattern',
    specificity: 'Specificity',
    calibrationError: 'Calibration error',
    confusion: 'Which class was taken for which',
    truth: 'Truth',
    said: 'Said',
    device: 'On this device',
    selfTest: 'Self-test',
    passed: (error: string, allowed: string) => `Passed: logits off by ${error} at most, ${allowed} is allowed`,
    speed: 'Speed',
    runs: 'Engine',
    untested: 'It is tested when it is used.',
  },

  modelImport: {
    title: 'Import a checkpoint',
    drop: 'Drop a checkpoint here',
    dropNow: 'Let go to import',
    choose: 'Choose a checkpoint…',
    kinds: 'OpenGait’s .pt or .pth, or .safetensors. It is read here and kept on this device only.',
    oneAtATime: 'One checkpoint at a time, please: each has its own questions. Choose one of them.',
    busy: 'An import is under way. Wait for it, or cancel it first.',
    reading: (file: string) => `Reading ${file}…`,
    notImported: 'This file was not imported',
    cancel: 'Cancel',
    cancelled: 'Import cancelled. Nothing was kept.',
    is: (name: string, iterations: number | null) =>
      `${name}${iterations === null ? '' : `, after ${iterations.toLocaleString('en')} training steps`}`,
    tensors: (used: number, leftOver: number) =>
      `${used} tensors are used, ${leftOver === 0 ? 'none is' : leftOver === 1 ? '1 is' : `${leftOver} are`} left over`,
    questions: (file: string) => `What ${file} doesn’t say`,
    whose: 'Whose checkpoint is it?',
    whoseMore: 'The wrong recipe or class order makes good weights look useless, so nothing is guessed.',
    own: 'None of these',
    ownMore: 'Say it yourself.',
    recipe: 'Map recipe it was trained on',
    classOrder: 'Order of its classes',
    pick: 'Choose…',
    range: 'Range of the asymmetry vector',
    rangeMore:
      'Least and greatest value over the training walks: an .npy file of the shape [2, 8, 3]. Without it the model can be kept, and can’t screen a walk.',
    rangeChoose: 'Choose the .npy file…',
    rangeNone: 'No file chosen',
    trainedOn: 'Trained on',
    trainedOnMore: 'Said next to every result. Leave it empty to let the preset say it, or where nobody knows.',
    missingPreset: 'Say whose checkpoint it is.',
    missingRecipe: 'Choose the recipe it was trained on.',
    missingClassOrder: 'Choose the order of its classes.',
    start: 'Import',
    importing: (file: string) => `Importing ${file}`,
    stages: savingStages,
    done: (name: string) => `Imported: ${name}`,
    saved: 'It is kept on this device. It is not in use yet.',
    recognised: 'What the file says',
    answered: 'What it doesn’t say',
    answeredBy: (answer: string, who: string) => `${answer} · answered by ${who}`,
    used: (count: number) => `Used: ${count} tensors`,
    leftOver: (count: number) => `Left over: ${count === 1 ? '1 tensor' : `${count} tensors`}`,
    close: 'Close',
  },

  foot: {
    use: 'Plumbline is investigational. It is an aid for screening, for use in research, and does not replace a clinical examination.',
    licence: 'Open source under Apache 2.0.',
    version: (version: string) => `Version ${version}`,
  },
};

export type Words = typeof english;

export const words: Words = english;
