/** What a manifest says, as lines for its card: what the model is, and where it comes from. */
import { networkName } from '../../nets/architecture.ts';
import type { ModelManifest } from '../../nets/manifest.ts';
import type { Fact } from '../fact.ts';
import { fileSize } from '../format.ts';
import { words } from '../words.ts';

export function whatItIs(manifest: ModelManifest): Fact[] {
  const { id, architecture, input, classOrder, asymmetryRange, cadence, probability, weights, licence } = manifest;
  const { widths, parts, embedding } = architecture;
  const said = words.card;
  return [
    { name: said.id, value: id, code: true },
    { name: said.network, value: said.networkOf(networkName(architecture), widths, parts, embedding) },
    ...(architecture.network === 'drf'
      ? [
          { name: said.attention, value: said.attentions[architecture.attention] },
          { name: said.range, value: asymmetryRange ? said.rangeKnown : said.rangeUnknown },
        ]
      : []),
    ...inputFacts(input),
    { name: said.cadence, value: said.cadenceOf(cadence.framesPerSecond, cadence.maxFrames) },
    { name: said.classes, value: said.classOrder(classOrder) },
    { name: said.probabilities, value: (probability.calibrated ? said.calibrated : said.uncalibrated)(probability.scale) },
    { name: said.weights, value: said.weightsOf(fileSize(weights.bytes), weights.storage) },
    { name: said.weightsHash, value: weights.sha256, code: true },
    inEnglish(said.licence, licence),
  ];
}

export function whereFrom({ training, origin }: ModelManifest): Fact[] {
  const said = words.card;
  const learned: Fact[] = [
    { name: said.trainedOn, value: training.data, lang: '' },
    ...(training.split === null ? [] : [inEnglish(said.split, training.split)]),
  ];
  if (origin.kind === 'trained') {
    return [
      ...learned,
      { name: said.trainedWith, value: said.walks(origin.people, origin.clips) },
      ...(origin.startedFrom === undefined ? [] : [inEnglish(said.startedFrom, origin.startedFrom)]),
      { name: said.iterations, value: origin.iterations.toLocaleString('en') },
      ...(origin.chosenBy === undefined ? [] : [inEnglish(said.chosenBy, origin.chosenBy)]),
      inEnglish(said.engine, origin.engine),
      { name: said.finished, value: origin.finished },
    ];
  }
  const renames = Object.entries(origin.keyRenames).map(([from, to]) => said.rename(from, to));
  return [
    ...learned,
    { name: said.file, value: origin.file },
    { name: said.fileHash, value: origin.sha256, code: true },
    { name: said.importedOn, value: origin.imported },
    ...(origin.iterations === null ? [] : [{ name: said.iterations, value: origin.iterations.toLocaleString('en') }]),
    ...(origin.preset === null ? [] : [{ name: said.preset, value: origin.preset, code: true }]),
    ...(renames.length === 0 ? [] : [{ name: said.renames, value: words.joins.list(renames), code: true }]),
  ];
}

/** What the manifest says in words of its own. */
function inEnglish(name: string, value: string): Fact {
  return { name, value, lang: 'en' };
}

function inputFacts(input: ModelManifest['input']): Fact[] {
  const said = words.card;
  if (input.kind === 'silhouette') return [{ name: said.input, value: said.inputs.silhouette }];
  const { name, limbSigma, jointSigma } = input.recipe;
  return [
    { name: said.input, value: said.inputs['skeleton-map'](name) },
    { name: said.recipeLabel, value: said.recipe(limbSigma, jointSigma, words.recipes[name]) },
  ];
}
