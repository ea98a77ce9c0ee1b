/** The data of a run: which clips are trained on, which choose the checkpoint, and everything about them that can be wrong, found first. */
import { fitAsymmetryRange, type AsymmetryRange } from '../../src/gait/asymmetry.ts';
import { CLASS_COUNT, CLASSES } from '../../src/gait/labels.ts';
import { join, resolve } from 'node:path';
import { readClipData } from '../data/clipData.ts';
import { openDataset, type ClipEntry, type Dataset } from '../data/dataset.ts';
import { keepApart, type KeptApart } from '../data/keepApart.ts';
import { checkSplits, PARTITION_FILE, readPartition, requireSplit, type Partition } from '../data/partition.ts';
import { Random } from '../random/random.ts';
import type { TrainingConfig } from './config.ts';
import { drawDistinct } from './sampling/draw.ts';
import { STREAM } from '../random/streams.ts';

export interface TrainingData {
  dataset: Dataset;
  partition: Partition;
  train: ClipEntry[];
  /** The clips that choose among checkpoints; empty where there are none. */
  validation: ClipEntry[];
  /** Where the validation clips come from. */
  validationFrom: 'partition' | 'held out of training' | 'none';
  /** Of the training clips; null for a network that isn't given the vector. */
  asymmetryRange: AsymmetryRange | null;
  /** Weights of the classes, null = all equal. */
  classWeights: number[] | null;
  /** What a reader should know, a sentence each. */
  warnings: string[];
}

/**
 * Opens a data set for training and reads every clip of it once, so that what is wrong stops the run before it starts. Throws in a sentence.
 * @param report hears how many of how many clips are read
 */
export async function openTrainingData(
  root: string,
  partitionPath: string | null,
  config: TrainingConfig,
  report: (done: number, of: number) => void,
): Promise<TrainingData> {
  const dataset = await openDataset(resolve(root));
  const partition = await readPartition(partitionPath ?? join(dataset.root, PARTITION_FILE));
  checkRecipe(dataset, config);
  const listed = requireSplit(dataset, partition, 'train');
  const given = partition.ids.validation.length > 0 ? requireSplit(dataset, partition, 'validation') : [];
  const { train, validation } =
    given.length > 0 ? { train: listed, validation: given } : holdOut(listed, config.evaluation.holdOut, config.seed);
  const vectors = await inspect(train, validation, config, report);
  return {
    dataset,
    partition,
    train,
    validation: proxyOf(validation, config),
    validationFrom: given.length > 0 ? 'partition' : validation.length > 0 ? 'held out of training' : 'none',
    asymmetryRange: config.network.network === 'drf' ? fitAsymmetryRange(vectors) : null,
    classWeights: classWeightsOf(train, config.loss.crossEntropy.classWeights),
    warnings: checkSplits(dataset, partition).map(({ message }) => message),
  };
}

function checkRecipe({ root, about }: Dataset, { input }: TrainingConfig): void {
  if (input.kind !== 'skeleton-map' || !about?.recipe || about.recipe.name === input.recipe) return;
  throw new Error(
    `The maps in ${root} were drawn by the recipe ${about.recipe.name} and the config wants ${input.recipe}: prepare them anew, or change the config.`,
  );
}

/** Keeps a share of the people out of training; clips are people of their own where nobody says who they are of. */
function holdOut(clips: readonly ClipEntry[], share: number, seed: number): KeptApart {
  const random = new Random(STREAM.holdOut, seed);
  return keepApart(clips, (people) => drawDistinct(people, Math.round(share * people.length), random));
}

/** A fixed subset, the same for every evaluation of every run of this seed. */
function proxyOf(clips: readonly ClipEntry[], { evaluation: { proxyClips }, seed }: TrainingConfig): ClipEntry[] {
  if (proxyClips === null || proxyClips >= clips.length) return [...clips];
  return drawDistinct(clips, proxyClips, new Random(STREAM.proxy, seed));
}

/** Reads every clip; returns the raw asymmetry vectors of the training clips where the network wants them. */
async function inspect(
  train: readonly ClipEntry[],
  validation: readonly ClipEntry[],
  { input, network, sampler }: TrainingConfig,
  report: (done: number, of: number) => void,
): Promise<Float32Array[]> {
  if (sampler.kind === 'class-balanced') {
    const absent = CLASSES.find((_, label) => !train.some((clip) => clip.label === label));
    if (absent)
      throw new Error(`There is no ${absent} clip to train on, and the class-balanced sampler needs some of each class.`);
  }
  const vectors: Float32Array[] = [];
  const clips = [...train, ...validation];
  for (const [index, clip] of clips.entries()) {
    const { asymmetry } = await readClipData(clip, input.kind);
    if (network.network === 'drf') {
      if (!asymmetry) {
        throw new Error(`${clip.folder} has no asymmetry vector, which a DRF is trained on: prepare the data with --pav.`);
      }
      if (index < train.length) vectors.push(asymmetry);
    }
    report(index + 1, clips.length);
  }
  return vectors;
}

/** Inverse frequency with mean 1 (domain.md §5.3), as given, or none. */
function classWeightsOf(
  train: readonly ClipEntry[],
  wanted: TrainingConfig['loss']['crossEntropy']['classWeights'],
): number[] | null {
  if (wanted === 'none') return null;
  if (wanted !== 'inverse-frequency') return [...wanted];
  const inverse = CLASSES.map((name, label) => {
    const count = train.filter((clip) => clip.label === label).length;
    if (count === 0) throw new Error(`There is no ${name} clip to train on, so its class has no inverse frequency.`);
    return 1 / count;
  });
  const mean = inverse.reduce((sum, value) => sum + value, 0) / CLASS_COUNT;
  return inverse.map((value) => value / mean);
}
