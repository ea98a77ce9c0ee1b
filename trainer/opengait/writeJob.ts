/**
 * A ready job for OpenGait: data in its layout, a partition, its YAML, a checkpoint to start from and a README with the commands. Nothing of
 * OpenGait's is in it. Only the clips that are trained on and those that choose among checkpoints are: OpenGait judges by its TEST_SET
 * during training, so that the validation clips stand there and the test clips stay unseen.
 */
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { NdArray } from '../../src/formats/ndarray.ts';
import { writeNpy } from '../../src/formats/npy.ts';
import {
  ASYMMETRY_LENGTH,
  ASYMMETRY_METRICS,
  JOINT_PAIRS,
  normaliseAsymmetry,
  type AsymmetryRange,
} from '../../src/gait/asymmetry.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import { exportModel } from '../../src/nets/export/exportModel.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { meanVector } from '../data/clipData.ts';
import { readClipFiles } from '../data/clipFiles.ts';
import type { ClipEntry } from '../data/dataset.ts';
import { DataError, messageOf } from '../files/errors.ts';
import { writePartition } from '../data/partition.ts';
import { clipFolder, writeClipFile, type ClipPlace } from '../data/writeClip.ts';
import type { TrainingConfig } from '../train/config.ts';
import type { TrainingData } from '../train/trainingData.ts';
import { underPublicNames } from './attentionNames.ts';
import { jobReadme } from './jobReadme.ts';
import type { JobSource } from './jobSource.ts';
import { writeOpenGaitConfig } from './writeConfig.ts';

/** The files of a job. */
export const JOB = {
  data: 'data',
  partition: 'partition.json',
  config: 'config.yaml',
  initial: 'initial.pt',
  range: 'asymmetry-range.npy',
  readme: 'README.md',
} as const;

/** Files of a clip, named so that OpenGait, which sorts them, takes the maps for its first modality and the vector for its second. */
const MAPS_FILE = '0_heatmap.pkl';
const VECTOR_FILE = '1_pav.pkl';

export interface JobOptions {
  gpus: number;
  /** Hears how many of how many clips are there. */
  report: (done: number, of: number) => void;
}

/** Writes the folder, its README last. Throws in a sentence; what is there by then stays and is no job without a README. */
export async function writeJob(
  folder: string,
  source: JobSource,
  data: TrainingData,
  { gpus, report }: JobOptions,
): Promise<void> {
  const name = basename(resolve(folder));
  if (!/^[\w.-]+$/.test(name))
    throw new Error(`"${name}" is no name for a job, which is part of its paths: take letters, digits, dots and dashes.`);
  await requireEmpty(folder);
  const { parameters, from } = source;
  const config = { ...resolved(source.config, data), warmStart: { optimiserState: false } };
  const run = {
    places: { data: `${name}/${JOB.data}`, partition: `${name}/${JOB.partition}`, initial: `${name}/${JOB.initial}` },
    saveName: name,
    gpus,
    judged: data.validation.length > 0,
  };
  const yaml = writeOpenGaitConfig(config, run);

  await writeClips(join(folder, JOB.data), data, config, report);
  await writePartition(join(folder, JOB.partition), { train: idsOf(data.train), validation: [], test: idsOf(data.validation) });
  if (data.asymmetryRange) await writeAtomically(join(folder, JOB.range), rangeFile(data.asymmetryRange));
  const model = { architecture: config.network, parameters: underPublicNames(parameters), iterations: 0, manifest: null };
  await writeAtomically(join(folder, JOB.initial), exportModel(model, 'pt'));
  await writeAtomically(join(folder, JOB.config), yaml);
  await writeAtomically(join(folder, JOB.readme), jobReadme({ config, run, data, from }));
}

/** The config with what depends on the data put in. */
function resolved(config: TrainingConfig, { classWeights }: TrainingData): TrainingConfig {
  const [negative, neutral, positive] = classWeights ?? [];
  if (negative === undefined || neutral === undefined || positive === undefined) return config;
  const { loss } = config;
  return { ...config, loss: { ...loss, crossEntropy: { ...loss.crossEntropy, classWeights: [negative, neutral, positive] } } };
}

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new DataError('unwritable', `The folder ${folder} can't be made: ${messageOf(error)}.`, { cause: error });
  });
  const names = await readdir(folder);
  if (names.length > 0) throw new Error(`${folder} holds something already: name another folder, or remove that one.`);
}

async function writeClips(
  root: string,
  { train, validation, asymmetryRange }: TrainingData,
  { input }: TrainingConfig,
  report: JobOptions['report'],
): Promise<void> {
  const clips = [...train, ...validation];
  for (const [index, clip] of clips.entries()) {
    const { files, count } = await readClipFiles(clip);
    const place = { id: clip.id, className: CLASSES[clip.label]!, view: clip.view };
    // What is not there was found before, by openTrainingData.
    await share(files.get(input.kind)!.path, root, place, input.kind === 'silhouette' ? `${clip.view}.pkl` : MAPS_FILE);
    if (asymmetryRange) {
      const vector = normaliseAsymmetry(meanVector(files.get('asymmetry')!, count), asymmetryRange);
      await writeClipFile(root, place, VECTOR_FILE, repeated(vector, count));
    }
    report(index + 1, clips.length);
  }
}

/** The same file under another name where the disk can do that, or else a copy. Throws {@link DataError}. */
async function share(source: string, root: string, place: ClipPlace, name: string): Promise<void> {
  const folder = clipFolder(root, place);
  const target = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await link(source, target).catch(async () => {
      await copyFile(source, `${target}.part`);
      await rename(`${target}.part`, target);
    });
  } catch (error) {
    await rm(`${target}.part`, { force: true });
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new DataError(
      full ? 'disk-full' : 'unwritable',
      full
        ? `The disk is full, and ${target} could not be saved: make room and run it again.`
        : `${target} can't be saved: ${messageOf(error)}.`,
      { cause: error },
    );
  }
}

/** OpenGait has the vector of a walk once for each frame. */
function repeated(vector: Float32Array, frames: number): NdArray {
  const data = new Float32Array(frames * ASYMMETRY_LENGTH);
  for (let frame = 0; frame < frames; frame++) data.set(vector, frame * ASYMMETRY_LENGTH);
  return { dtype: 'float32', shape: [frames, JOINT_PAIRS.length, ASYMMETRY_METRICS.length], data };
}

/** As `import --pav-range` takes it. */
function rangeFile({ min, max }: AsymmetryRange): Uint8Array {
  return writeNpy({
    dtype: 'float32',
    shape: [2, JOINT_PAIRS.length, ASYMMETRY_METRICS.length],
    data: Float32Array.of(...min, ...max),
  });
}

function idsOf(clips: readonly ClipEntry[]): string[] {
  return [...new Set(clips.map(({ id }) => id))];
}
