/** The README of a job: what is in it, how OpenGait is started on it, what OpenGait lacks, and how the result comes back. */
import { CLASSES } from '../../src/gait/labels.ts';
import { networkName } from '../../src/nets/architecture.ts';
import type { ClipEntry } from '../data/dataset.ts';
import type { TrainingConfig } from '../train/config.ts';
import type { TrainingData } from '../train/trainingData.ts';
import { missingInOpenGait } from './beyond.ts';
import { DATASET_NAME, modelName, type OpenGaitRun } from './writeConfig.ts';

export interface JobFacts {
  config: TrainingConfig;
  run: OpenGaitRun;
  data: TrainingData;
  /** What the weights to start from are of. */
  from: string;
}

export function jobReadme(facts: JobFacts): string {
  const { config, data } = facts;
  const sections = [
    `# ${config.name}`,
    `A job for OpenGait, written by Plumbline: ${networkName(config.network)}, ${config.iterations} iterations. Nothing of OpenGait's is in it. OpenGait is a program of others and free for academic use only; its terms are between you and its authors.`,
    whatIsHere(facts),
    data.validation.length > 0
      ? 'The clips under TEST_SET are the **validation** clips: OpenGait judges by TEST_SET during training, and whoever chooses a checkpoint by that must not have chosen it on the test clips. Those are not in this job; they are for `evaluate`, once, at the end.'
      : 'TEST_SET is empty and nothing is judged during training: there are no validation clips, and test clips are not in this job. They are for `evaluate`, once, at the end.',
    commands(facts),
    missing(config),
    comingBack(facts),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function whatIsHere({ config, run, data, from }: JobFacts): string {
  const { about, root } = data.dataset;
  const maps = config.input.kind === 'silhouette' ? 'silhouettes' : `skeleton maps by the recipe ${config.input.recipe}`;
  const vectors = data.asymmetryRange
    ? ', each with its asymmetry vector, normalised by the range of the clips that are trained on'
    : '';
  return [
    '| file | what it is |',
    '| --- | --- |',
    `| \`data\` | ${maps}${vectors}, in OpenGait's layout. Where the disk can do that, the files are those of the data set (hard links): change neither |`,
    `| \`partition.json\` | ${counted(data.train)} to train on (TRAIN_SET), ${counted(data.validation)} to choose checkpoints by (TEST_SET)${data.validationFrom === 'held out of training' ? ', of people held out of training' : ''} |`,
    '| `config.yaml` | the training, with comments on what comes from where |',
    `| \`initial.pt\` | the weights it starts from: ${from} |`,
    ...(data.asymmetryRange
      ? ['| `asymmetry-range.npy` | what the vectors were normalised by, which belongs to the model |']
      : []),
    '',
    `The data: ${about?.data ?? 'of unknown origin'}${about?.simulated ? ', made up by a program' : ''}, from a folder called \`${root.split(/[\\/]/).at(-1) ?? root}\`, by the partition \`${data.partition.name}\`. ${run.gpus === 1 ? 'Written for one GPU.' : `Written for ${run.gpus} GPUs.`}`,
    ...data.warnings,
  ].join('\n');
}

function counted(clips: readonly ClipEntry[]): string {
  const classes = CLASSES.map((name, label) => `${clips.filter((clip) => clip.label === label).length} ${name}`);
  return clips.length === 0 ? 'no clips' : `${clips.length} clips (${classes.join(', ')})`;
}

function commands({ config, run }: JobFacts): string {
  const { saveName, gpus } = run;
  const devices = Array.from({ length: gpus }, (_, gpu) => gpu).join(',');
  const launch = `CUDA_VISIBLE_DEVICES=${devices} python -m torch.distributed.launch --nproc_per_node=${gpus} opengait/main.py`;
  const judged = run.judged ? ', and the validation clips are judged; TensorBoard finds the figures beside it' : '';
  const output = `output/${DATASET_NAME}/${modelName(config)}/${saveName}`;
  return [
    '## Train',
    '',
    'In a copy of OpenGait, with this folder linked into it under its own name:',
    '',
    '```sh',
    `ln -s /where/this/folder/is/${saveName} ${saveName}`,
    `${launch} --cfgs ${saveName}/config.yaml --phase train --log_to_file`,
    '```',
    '',
    `There have to be exactly as many GPUs in sight as processes, and as \`evaluator_cfg.sampler.batch_size\` says, ${gpus} here: on another number change all three. The batch is shared out among them; batch norm sees all of it.`,
    '',
    `Every ${config.evaluation.every} iterations a checkpoint is written to \`${output}/checkpoints\`${judged}. A stopped run goes on with \`restore_hint\` set to the iterations of its last checkpoint, as a number, and both resets set to false.`,
  ].join('\n');
}

function missing(config: TrainingConfig): string {
  const lacking = missingInOpenGait(config);
  if (lacking.length === 0) return '';
  return ['## What OpenGait as published lacks for this job', '', ...lacking.map((sentence) => `- ${sentence}`)].join('\n');
}

function comingBack({ config, run, data }: JobFacts): string {
  const { saveName } = run;
  const checkpoint = `${saveName}-${String(lastSaved(config)).padStart(5, '0')}.pt`;
  const answers = [
    `--class-order ${CLASSES.join(',')}`,
    ...(config.input.kind === 'skeleton-map' ? [`--recipe ${config.input.recipe}`] : []),
    ...(data.asymmetryRange ? [`--pav-range ${saveName}/asymmetry-range.npy`] : []),
    `--trained-on ${shellQuoted(data.dataset.about?.data ?? 'data of unknown origin')}`,
    ...(config.split === null ? [] : [`--split ${shellQuoted(config.split)}`]),
  ];
  return [
    '## Bring the result back',
    '',
    'In Plumbline, with the checkpoint that was best on the validation clips, here the last one:',
    '',
    '```sh',
    `npm run -s plumbline -- import ${checkpoint} --out models/${saveName} \\`,
    `  ${answers.join(' \\\n  ')}`,
    `npm run -s plumbline -- evaluate models/${saveName} DATA --partition PARTITION --split test`,
    '```',
    '',
    'DATA and PARTITION are the data set that this job was written from, and its partition.',
  ].join('\n');
}

/** OpenGait saves at whole multiples alone. */
function lastSaved({ iterations, evaluation: { every } }: TrainingConfig): number {
  return iterations - (iterations % every);
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
