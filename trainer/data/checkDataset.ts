/** Looks through a whole dataset: what it holds, and what is wrong with it. Nothing that a single clip has wrong ends the check. */
import { fitAsymmetryRange, normaliseAsymmetry } from '../../src/gait/asymmetry.ts';
import { CLASSES, type ClassName } from '../../src/gait/labels.ts';
import { percentileOfSorted } from '../../src/gait/percentile.ts';
import type { DatasetAbout } from './about.ts';
import { measureClip } from './clipFigures.ts';
import { clipFindings, holding, type Measured } from './clipFindings.ts';
import { scanDataset, type ClipEntry, type Dataset } from './dataset.ts';
import { DataError } from '../files/errors.ts';
import type { Finding } from './finding.ts';
import { GEOMETRY_FIGURES, type GeometryFigure } from './mapGeometry.ts';
import { MODALITY_NAMES, type Modality } from './modality.ts';
import { checkSplits, selectSplit, SPLITS, unknownPeople, type Partition, type Split } from './partition.ts';

export interface DatasetReport {
  schema: 1;
  root: string;
  about: DatasetAbout | null;
  partition: string | null;
  clips: number;
  /** null where the dataset doesn't say who its clips are of. */
  people: number | null;
  /** Clips that hold each modality. */
  modalities: Record<Modality, number>;
  /** Clips of each class in each split, and in none. */
  splits: Record<Split | 'none', Record<ClassName, number>>;
  frames: { total: number; shortest: number; median: number; longest: number } | null;
  classes: Record<ClassName, ClassFigures>;
  /** Of the skeleton maps: mean and 95th percentile over clips. */
  geometry: Record<GeometryFigure, { mean: number; p95: number }> | null;
  findings: Finding[];
}

/** Means over the clips of a class; null where none of them has what it takes. */
export interface ClassFigures {
  clips: number;
  /** Of keypoints, 0…1. */
  confidence: number | null;
  /** Share of joints that were not seen. */
  missingJoints: number | null;
  /** The vector as measured, 8×3. */
  asymmetry: number[] | null;
  /** Mean of the vector's elements, each normalised by its range over the training clips. */
  normalisedAsymmetry: number | null;
}

/** Throws {@link DataError} where there is nothing to check: no folder, no clip. */
export async function checkDataset(
  root: string,
  partition: Partition | null,
  report: (done: number, total: number) => void,
): Promise<DatasetReport> {
  const { dataset, problems } = await scanDataset(root);
  const findings = problems.map(({ error }) => asFinding(error));
  const measured: Measured[] = [];
  for (const [index, clip] of dataset.clips.entries()) {
    try {
      measured.push({ clip, figures: await measureClip(clip) });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      findings.push(asFinding(error));
    }
    report(index + 1, dataset.clips.length);
  }
  findings.push(...clipFindings(measured), ...(partition ? checkSplits(dataset, partition) : unknownPeople(dataset)));
  const training = new Set(partition?.ids.train);
  return {
    schema: 1,
    root: dataset.root,
    about: dataset.about,
    partition: partition?.name ?? null,
    clips: dataset.clips.length,
    people: dataset.subjectsKnown ? new Set(dataset.clips.map(({ subject }) => subject)).size : null,
    modalities: byName(MODALITY_NAMES, (name) => holding(measured, name).length),
    splits: countSplits(dataset, partition),
    frames: lengths(measured.map(({ figures }) => figures.frames)),
    classes: classFigures(
      measured,
      measured.filter(({ clip }) => training.has(clip.id)),
    ),
    geometry: geometryFigures(measured),
    findings: findings.sort((a, b) => Number(b.grade === 'error') - Number(a.grade === 'error')),
  };
}

function asFinding({ code, message }: DataError): Finding {
  return { grade: 'error', code, message };
}

function countSplits({ clips }: Dataset, partition: Partition | null): DatasetReport['splits'] {
  const inSplit = (split: Split): ClipEntry[] => (partition ? selectSplit({ clips }, partition, split).clips : []);
  const named = new Set(SPLITS.flatMap((split) => partition?.ids[split] ?? []));
  return byName([...SPLITS, 'none'], (split) => {
    const found = split === 'none' ? clips.filter(({ id }) => !named.has(id)) : inSplit(split);
    return byName(CLASSES, (name) => found.filter(({ label }) => CLASSES[label] === name).length);
  });
}

function lengths(frames: readonly number[]): DatasetReport['frames'] {
  const sorted = [...frames].sort((a, b) => a - b);
  const [shortest, longest] = [sorted[0], sorted.at(-1)];
  if (shortest === undefined || longest === undefined) return null;
  const total = sorted.reduce((sum, count) => sum + count, 0);
  return { total, shortest, median: percentileOfSorted(sorted, 0.5), longest };
}

function classFigures(measured: readonly Measured[], training: readonly Measured[]): DatasetReport['classes'] {
  const vectorsOf = (clips: readonly Measured[]): Float32Array[] => clips.flatMap(({ figures }) => figures.asymmetry ?? []);
  const fitted = vectorsOf(training);
  const range = fitted.length > 0 ? fitAsymmetryRange(fitted) : null;
  return byName(CLASSES, (name) => {
    const clips = measured.filter(({ clip }) => CLASSES[clip.label] === name);
    const poses = clips.flatMap(({ figures }) => figures.poses ?? []);
    const vectors = vectorsOf(clips);
    const normalised = range ? vectors.flatMap((vector) => [...normaliseAsymmetry(vector, range)]) : [];
    return {
      clips: clips.length,
      confidence: mean(poses.map(({ confidence }) => confidence)),
      missingJoints: mean(poses.map(({ missing }) => missing)),
      asymmetry: vectors[0] ? Array.from(vectors[0], (_, element) => mean(vectors.map((vector) => vector[element]!))!) : null,
      normalisedAsymmetry: mean(normalised),
    };
  });
}

function geometryFigures(measured: readonly Measured[]): DatasetReport['geometry'] {
  const geometry = measured.flatMap(({ figures }) => figures.maps?.geometry ?? []);
  if (geometry.length === 0) return null;
  return byName(GEOMETRY_FIGURES, (figure) => {
    // A clip of blank maps has no geometry.
    const values = geometry.map((clip) => clip[figure]).filter(Number.isFinite);
    return {
      mean: mean(values) ?? NaN,
      p95: percentileOfSorted(
        values.sort((a, b) => a - b),
        0.95,
      ),
    };
  });
}

function mean(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

/** A value for each name. */
function byName<Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}
