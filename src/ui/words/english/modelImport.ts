/** A checkpoint on its way to being a model. */
import type { SavingStage } from '../../../screening/importFace.ts';

const savingStages: Record<SavingStage, string> = {
  reading: 'Reading the file',
  recognising: 'Recognising the network',
  checking: 'Computing what every device must get',
  writing: 'Putting the model together',
  saving: 'Saving it on this device',
};

export const modelImport = {
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
    `${name}${iterations === null ? '' : `, after ${iterations.toLocaleString('en')} training steps`}.`,
  tensors: (used: number, leftOver: number) =>
    `${used} tensors are used, ${leftOver === 0 ? 'none is' : leftOver === 1 ? '1 is' : `${leftOver} are`} left over.`,
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
  /** What a network takes, as its first layer says. */
  takes: { silhouettes: 'silhouettes (1 channel)', maps: 'skeleton maps (2 channels)' },
  input: 'What it is fed with',
  answeredBy: (answer: string, who: string) => `${answer} · answered by ${who}`,
  answerers: {
    you: 'you',
    preset: (name: string) => `the preset ${name}`,
    alignment: 'OpenGait, which knows one alignment',
    evaluation: 'OpenGait’s evaluation and the data set',
  },
  used: (count: number) => `Used: ${count} tensors`,
  leftOver: (count: number) => `Left over: ${count === 1 ? '1 tensor' : `${count} tensors`}`,
  close: 'Close',
};
