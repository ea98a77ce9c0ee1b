/** The questions that a checkpoint leaves open, and the answers as far as they are given. Nothing is filled in for anybody. */
import type { AsymmetryRange } from '../../../gait/asymmetry.ts';
import { findRecipe, RECIPES } from '../../../gait/recipes.ts';
import type { ImportAnswers } from '../../../nets/import/importModel.ts';
import { IMPORT_PRESETS, parseClassOrder, type ImportPreset } from '../../../nets/import/presets.ts';
import type { CheckpointSummary } from '../../../screening/importFace.ts';
import { problemOf, type Sentence } from '../../problem.ts';
import { readRangeFile } from './rangeFile.ts';

/** What stands for "none of the presets" among their names. */
export const OWN = 'own';

export const RECIPE_NAMES = Object.keys(RECIPES);

/** All orders of the three classes; OpenGait's own first. */
export const CLASS_ORDERS = [
  'negative,neutral,positive',
  'negative,positive,neutral',
  'neutral,negative,positive',
  'neutral,positive,negative',
  'positive,negative,neutral',
  'positive,neutral,negative',
];

export type Missing = 'preset' | 'recipe' | 'classOrder';

export class ImportQuestions {
  /** The presets that can be true of this checkpoint. */
  readonly presets: readonly ImportPreset[];
  readonly open: CheckpointSummary['open'];
  /** A preset's name, {@link OWN}, or empty while nothing is chosen. */
  preset = $state('');
  recipe = $state('');
  classOrder = $state('');
  range = $state.raw<{ file: string; range: AsymmetryRange } | null>(null);
  rangeProblem = $state.raw<Sentence | null>(null);
  trainedOn = $state('');

  constructor({ architecture, open }: CheckpointSummary) {
    this.presets = IMPORT_PRESETS.filter((preset) => preset.fits(architecture));
    this.open = open;
  }

  /** Questions that must be answered and aren't, in the order in which they are asked. */
  get missing(): Missing[] {
    if (this.preset === '') return ['preset'];
    if (this.preset !== OWN) return [];
    return [
      ...(this.open.input && this.recipe === '' ? (['recipe'] as const) : []),
      ...(this.classOrder === '' ? (['classOrder'] as const) : []),
    ];
  }

  async readRange(file: File): Promise<void> {
    this.range = null;
    this.rangeProblem = null;
    try {
      this.range = { file: file.name, range: await readRangeFile(file) };
    } catch (error) {
      this.rangeProblem = () => problemOf(error);
    }
  }

  answers(): ImportAnswers {
    const answers: ImportAnswers = {};
    if (this.preset !== OWN) answers.preset = this.preset;
    else {
      const recipe = findRecipe(this.recipe);
      if (this.open.input && recipe) answers.input = { kind: 'skeleton-map', recipe };
      answers.classOrder = parseClassOrder(this.classOrder);
    }
    if (this.range) answers.asymmetryRange = this.range.range;
    const trainedOn = this.trainedOn.trim();
    if (trainedOn) answers.trainedOn = trainedOn;
    return answers;
  }
}
