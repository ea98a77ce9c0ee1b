/** What a run was trained on and with, as terms and their explanations. */
import { networkName } from '../../../src/nets/architecture.ts';
import type { StepLine } from '../figures.ts';
import { timeLeft } from '../../terminal/timeLeft.ts';
import { html, type Html } from './html.ts';
import { moment, percent, rate, whole } from './numbers.ts';
import type { RunOnDisk } from './runOnDisk.ts';

type Fact = [term: string, explanation: string];
type Config = RunOnDisk['record']['config'];

export function factsList({ record, steps }: RunOnDisk): Html {
  const { config, data, engine, warmStart, classWeights } = record;
  const people = data.trainPeople === null ? 'people not known apart' : `${whole(data.trainPeople)} people`;
  const facts: Fact[] = [
    ['Data', `${data.description}; split by “${data.partition}”`],
    ['Trained on', `${whole(data.trainClips)} clips, ${people}`],
    ['Checkpoints chosen by', chosenBy(data)],
    ['Network', networkText(config)],
    [
      'Input',
      data.recipe
        ? `skeleton maps, recipe ${data.recipe.name}`
        : config.input.kind === 'silhouette'
          ? 'silhouettes'
          : 'skeleton maps',
    ],
    ['Batches', batchText(config)],
    ['Losses', lossText(config, classWeights)],
    ['Optimiser', optimiserText(config)],
    ['Begun with', warmStart ?? `fresh weights, seed ${config.seed}`],
    ['Engine', engine],
    ['Pace', paceText(steps)],
    ['Steps taken', `${moment(steps[0]!.time)} to ${moment(steps.at(-1)!.time)}`],
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([term, explanation]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${explanation}</dd>
        </div>`,
    )}
  </dl>`;
}

function chosenBy({ validation, validationFrom }: RunOnDisk['record']['data']): string {
  if (validationFrom === 'none') return 'nobody: the last weights are the only ones';
  const who = validationFrom === 'partition' ? 'the validation people of the partition' : 'people held out of training';
  return `${whole(validation.length)} clips of ${who}`;
}

function networkText({ network }: Config): string {
  const { widths, embedding, parts, inChannels } = network;
  const channels = inChannels === 1 ? '1 channel' : `${inChannels} channels`;
  return `${networkName(network)}: ${channels}, ResNet9 (${widths.join(', ')}), ${parts} parts, embeddings of ${embedding}`;
}

function batchText({ sampler, frames, accumulate }: Config): string {
  const clips =
    sampler.kind === 'triplet'
      ? `${sampler.identities} identities × ${sampler.samples} clips`
      : `${sampler.clipsPerClass} clips of each class`;
  const length =
    frames.kind === 'all-ordered'
      ? `all frames, at most ${frames.limit}`
      : `${frames.count} frames, ${frames.kind.replace('fixed-', '')}`;
  const parts = accumulate > 1 ? `; in ${accumulate} parts` : '';
  return `${clips}; ${length}${parts}`;
}

function lossText({ loss: { crossEntropy, triplet } }: Config, classWeights: readonly number[] | null): string {
  const weights = classWeights ? `classes weighted ${classWeights.map((weight) => weight.toFixed(2)).join(', ')}` : 'plain';
  const entropy = `cross-entropy, ${weights}, scale ${crossEntropy.scale}, smoothing ${crossEntropy.smoothing}, weight ${crossEntropy.weight}`;
  if (triplet.weight === 0) return entropy;
  return `${entropy}; triplet on ${triplet.labels === 'identity' ? 'identities' : 'classes'}, margin ${triplet.margin}, weight ${triplet.weight}`;
}

function optimiserText({ optimiser, schedule, iterations }: Config): string {
  const name =
    optimiser.kind === 'sgd'
      ? `SGD, momentum ${optimiser.momentum}, weight decay ${optimiser.weightDecay}`
      : `AdamW, β ${optimiser.betas.join(' and ')}, weight decay ${optimiser.weightDecay}`;
  const course =
    schedule.kind === 'multi-step'
      ? `× ${schedule.factor} at ${schedule.milestones.map(whole).join(', ')}`
      : `cosine to ${rate(schedule.floor)}`;
  return `${name}; rate ${rate(schedule.peak)}, ${course}; ${whole(iterations)} iterations`;
}

function paceText(steps: readonly StepLine[]): string {
  const seconds = steps.reduce((sum, line) => sum + line.seconds, 0);
  const waiting = steps.reduce((sum, line) => sum + line.waitingForData, 0);
  const each = seconds / steps.length;
  return `${each.toPrecision(2)} s a step, ${percent(seconds > 0 ? waiting / seconds : 0)} of it waiting for data; ${timeLeft(seconds)} of steps in all`;
}
