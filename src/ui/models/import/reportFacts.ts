/** What an import has to say, as lines: what the file said of itself, and what was answered, by whom. */
import { networkName } from '../../../nets/architecture.ts';
import { inputName } from '../../../nets/manifest.ts';
import type { ImportOutcome } from '../../../screening/importFace.ts';
import type { Fact } from '../../fact.ts';
import { words } from '../../words.ts';

export function recognisedFacts({ manifest: { architecture, origin } }: ImportOutcome): Fact[] {
  const { widths, parts, embedding, inChannels } = architecture;
  const { card, modelImport } = words;
  const steps = origin.kind === 'imported' ? origin.iterations : null;
  const renames = origin.kind === 'imported' ? Object.entries(origin.keyRenames).map(([from, to]) => card.rename(from, to)) : [];
  return [
    { name: card.network, value: card.networkOf(networkName(architecture), widths, parts, embedding) },
    ...(architecture.network === 'drf' ? [{ name: card.attention, value: card.attentions[architecture.attention] }] : []),
    { name: card.input, value: inChannels === 1 ? modelImport.takes.silhouettes : modelImport.takes.maps },
    ...(steps === null ? [] : [{ name: card.iterations, value: steps.toLocaleString('en') }]),
    ...(renames.length === 0 ? [] : [{ name: card.renames, value: words.joins.list(renames), code: true }]),
  ];
}

export function answeredFacts({ manifest, report }: ImportOutcome): Fact[] {
  const { architecture, asymmetryRange, cadence, classOrder, origin, training } = manifest;
  const { card, modelImport } = words;
  const { answeredBy, answerers } = modelImport;
  const preset = origin.kind === 'imported' ? origin.preset : null;
  const who = { you: answerers.you, OpenGait: answerers.alignment, preset: answerers.preset(preset ?? '') };
  return [
    { name: modelImport.input, value: answeredBy(inputName(manifest), who[report.by.input]) },
    { name: modelImport.classOrder, value: answeredBy(card.classOrder(classOrder), who[report.by.classOrder]) },
    {
      name: card.cadence,
      value: answeredBy(card.cadenceOf(cadence.framesPerSecond, cadence.maxFrames), answerers.evaluation),
    },
    ...(architecture.network === 'drf'
      ? [{ name: modelImport.range, value: asymmetryRange ? answeredBy(card.rangeKnown, who.you) : card.rangeUnknown }]
      : []),
    { name: modelImport.trainedOn, value: training.data, lang: '' },
  ];
}
