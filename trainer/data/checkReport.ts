/** A dataset's report as text for a terminal. */
import { ASYMMETRY_METRICS, JOINT_PAIRS } from '../../src/gait/asymmetry.ts';
import { JOINTS } from '../../src/gait/keypoint.ts';
import { CLASSES, type ClassName } from '../../src/gait/labels.ts';
import { textTable } from '../terminal/textTable.ts';
import type { ClassFigures, DatasetReport } from './checkDataset.ts';
import { GEOMETRY_FIGURES, PUBLISHED_GEOMETRY } from './mapGeometry.ts';
import { modalityLabel, MODALITY_NAMES } from './modality.ts';
import { SPLITS } from './partition.ts';

/** What each row of the geometry is, in the order of {@link GEOMETRY_FIGURES}. */
const GEOMETRY_LABELS = {
  width: 'support width, px',
  height: 'support height, px',
  active: 'active share',
  centreXStd: 'centre x, SD over time',
  centreYStd: 'centre y, SD over time',
  widthStd: 'width, SD over time',
  heightStd: 'height, SD over time',
  offsetX: 'limbs to joints, x',
  offsetY: 'limbs to joints, y',
  cutMass: 'mass in the cut columns',
} as const;

export function reportText(report: DatasetReport): string {
  return [
    headText(report),
    splitText(report),
    classText(report.classes),
    geometryText(report.geometry),
    asymmetryText(report.classes),
    findingText(report.findings),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headText({ root, about, clips, people, frames, modalities }: DatasetReport): string {
  const who = people === null ? 'people not known' : `${people} people`;
  const held = MODALITY_NAMES.filter((name) => modalities[name] > 0);
  return [
    `${root}: ${clips} clips, ${who}`,
    ...(about ? [`${about.data}${about.recipe ? `; maps by the recipe ${about.recipe.name}` : ''}`] : []),
    ...held.map((name) => `${modalities[name]} clips with ${modalityLabel(name)}`),
    ...(frames
      ? [`frames of a clip: ${frames.shortest} to ${frames.longest}, median ${frames.median}; ${frames.total} in all`]
      : []),
  ].join('\n');
}

function splitText({ partition, splits }: DatasetReport): string {
  const names = partition === null ? (['none'] as const) : ([...SPLITS, 'none'] as const);
  const all = (counts: Record<ClassName, number>): number => CLASSES.reduce((sum, name) => sum + counts[name], 0);
  const shown = names.filter((name) => name !== 'none' || partition === null || all(splits.none) > 0);
  const label = (name: (typeof names)[number]): string => (name !== 'none' ? name : partition === null ? 'clips' : 'in no split');
  return textTable(
    [partition === null ? 'no partition' : `splits of ${partition}.json`, ...CLASSES, 'all'],
    shown.map((name) => [label(name), ...CLASSES.map((other) => String(splits[name][other])), String(all(splits[name]))]),
  );
}

function classText(classes: Record<ClassName, ClassFigures>): string {
  const rows: [string, (figures: ClassFigures) => number | null, number][] = [
    ['mean confidence', ({ confidence }) => confidence, 3],
    ['share of joints missing', ({ missingJoints }) => missingJoints, 4],
    ['mean asymmetry, normalised on train', ({ normalisedAsymmetry }) => normalisedAsymmetry, 4],
  ];
  const known = rows.filter(([, figure]) => CLASSES.some((name) => figure(classes[name]) !== null));
  if (known.length === 0) return '';
  return textTable(
    ['by class', ...CLASSES],
    known.map(([label, figure, digits]) => [label, ...CLASSES.map((name) => figure(classes[name])?.toFixed(digits) ?? '')]),
  );
}

function geometryText(geometry: DatasetReport['geometry']): string {
  if (!geometry) return '';
  return textTable(
    ['maps, mean / 95th percentile over clips', 'here', 'Scoliosis1K 1:1:8, thin limbs'],
    GEOMETRY_FIGURES.map((figure) => {
      const { mean, p95 } = geometry[figure];
      return [GEOMETRY_LABELS[figure], `${mean.toFixed(3)} / ${p95.toFixed(3)}`, PUBLISHED_GEOMETRY[figure]];
    }),
  );
}

/** A row for each pair, in it VD, MD and AD of each class. */
function asymmetryText(classes: Record<ClassName, ClassFigures>): string {
  const known = CLASSES.filter((name) => classes[name].asymmetry !== null);
  if (known.length === 0) return '';
  const metrics = ASYMMETRY_METRICS.length;
  return textTable(
    [`mean ${ASYMMETRY_METRICS.join(', ')}`, ...known],
    JOINT_PAIRS.map(([left], pair) => [
      `${JOINTS[left].replace('left', '').toLowerCase()}s`,
      ...known.map((name) =>
        classes[name]
          .asymmetry!.slice(pair * metrics, (pair + 1) * metrics)
          .map((value) => value.toFixed(2))
          .join('  '),
      ),
    ]),
  );
}

function findingText(findings: DatasetReport['findings']): string {
  if (findings.length === 0) return 'Nothing is wrong.';
  return findings.map(({ grade, message }) => `${grade}: ${message}`).join('\n');
}
