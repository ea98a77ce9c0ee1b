/**
 * What a checkpoint doesn't say, for checkpoints whose story is known: what the network is fed with, the order of its classes, and the
 * split it was trained on. Each is a contract that the public record shows to matter: with another recipe or another class order the
 * same weights look useless.
 */
import type { ClassName } from '../../gait/labels.ts';
import { findRecipe } from '../../gait/recipes.ts';
import type { Architecture } from '../architecture.ts';
import { NetError } from '../errors.ts';
import type { ModelManifest } from '../manifest.ts';

export interface ImportPreset {
  name: string;
  /** For whom it is, in a sentence. */
  about: string;
  /** The networks it can be true of. */
  fits(architecture: Architecture): boolean;
  input: ModelManifest['input'];
  classOrder: ModelManifest['classOrder'];
  trainedOn: string;
  split: string | null;
}

/** OpenGait's evaluator, and every checkpoint trained by it. */
export const EVALUATOR_ORDER: ModelManifest['classOrder'] = ['negative', 'neutral', 'positive'];
/** The DRF authors' own checkpoint. */
const AUTHORS_ORDER: ModelManifest['classOrder'] = ['negative', 'positive', 'neutral'];

const recipe = (name: string): ModelManifest['input'] => ({ kind: 'skeleton-map', recipe: findRecipe(name)! });

export const IMPORT_PRESETS: readonly ImportPreset[] = [
  {
    name: 'drf-authors-118',
    about: "The DRF authors' checkpoint: full-body maps aligned as in OpenGait (σ 8), class order negative, positive, neutral.",
    fits: ({ network }) => network === 'drf',
    input: recipe('upstream-aligned'),
    classOrder: AUTHORS_ORDER,
    trainedOn: 'Scoliosis1K-Pose (said by the preset, not by the file)',
    split: '118',
  },
  {
    name: 'opengait-silhouette',
    about: "A silhouette ScoNet trained by OpenGait: its alignment, and its evaluator's class order.",
    fits: ({ inChannels }) => inChannels === 1,
    input: { kind: 'silhouette', alignment: 'opengait' },
    classOrder: EVALUATOR_ORDER,
    trainedOn: 'Scoliosis1K silhouettes (said by the preset, not by the file)',
    split: null,
  },
  {
    name: 'opengait-skeleton',
    about: "A skeleton-map network trained by OpenGait as it stands: full-body maps (σ 8), and its evaluator's class order.",
    fits: ({ inChannels }) => inChannels === 2,
    input: recipe('upstream-aligned'),
    classOrder: EVALUATOR_ORDER,
    trainedOn: 'Scoliosis1K-Pose (said by the preset, not by the file)',
    split: null,
  },
  {
    name: 'bodyonly-112',
    about:
      "The strongest public skeleton recipe: sigma15_joint8, body-only, trained on the 1:1:2 split; the evaluator's class order.",
    fits: ({ inChannels }) => inChannels === 2,
    input: recipe('sigma15_joint8-bodyonly'),
    classOrder: EVALUATOR_ORDER,
    trainedOn: 'Scoliosis1K-Pose (said by the preset, not by the file)',
    split: '112',
  },
];

/** The preset of that name. Throws {@link NetError} `import-incomplete` where there is none, or it can't be true of this network. */
export function requirePreset(name: string, architecture: Architecture): ImportPreset {
  const preset = IMPORT_PRESETS.find((known) => known.name === name);
  if (!preset) {
    const names = IMPORT_PRESETS.map((known) => known.name).join(', ');
    throw new NetError('import-incomplete', `There is no preset "${name}"; there are ${names}.`);
  }
  if (!preset.fits(architecture)) {
    const what = `${architecture.network === 'drf' ? 'a DRF' : 'a ScoNet'} with ${architecture.inChannels} input channels`;
    throw new NetError('import-incomplete', `The preset "${name}" can't be true of this checkpoint, which is ${what}.`);
  }
  return preset;
}

/** Reads an order such as "negative,positive,neutral". Throws {@link NetError} `import-incomplete`. */
export function parseClassOrder(text: string): ModelManifest['classOrder'] {
  const names = text.split(',').map((name) => name.trim());
  const [a, b, c] = names.filter((name): name is ClassName => (EVALUATOR_ORDER as readonly string[]).includes(name));
  if (names.length !== 3 || !a || !b || !c || new Set([a, b, c]).size !== 3) {
    throw new NetError(
      'import-incomplete',
      `"${text}" is no class order: name negative, neutral and positive, each once, with commas.`,
    );
  }
  return [a, b, c];
}
