/** How far apart the classes lie, measured by a probe on people it has not seen. */
import { rawAsymmetry } from '../../src/gait/asymmetry.ts';
import { bootstrapByPerson } from '../../src/gait/bootstrap.ts';
import { CLASSES } from '../../src/gait/labels.ts';
import { confusionMatrix, figuresOf } from '../../src/gait/metrics.ts';
import { simulateClip, simulateExactClip } from './clip.ts';
import { measureClip } from './measures.ts';
import type { SimulatedPerson } from './person.ts';
import { simulatePeople, splitRanges } from './population.ts';
import { probe, type ProbeSample } from './probe.ts';
import { SIGN_NAMES } from './signs.ts';

export interface SeparabilityOptions {
  people: number;
  seed: number;
  /** Clips a person. */
  clips: number;
}

interface View {
  name: string;
  look: (person: SimulatedPerson, clip: number) => ArrayLike<number>;
}

/** What a probe is given, from what only the generator knows down to what a pose model would leave. */
const VIEWS: View[] = [
  { name: 'all true signs of the person', look: (person) => SIGN_NAMES.map((name) => person.signs[name]) },
  {
    name: 'clean keypoints of one clip',
    look: (person, clip) => measureClip(simulateExactClip(person, clip).sequence.keypoints),
  },
  { name: 'noisy keypoints of one clip', look: (person, clip) => measureClip(simulateClip(person, clip).sequence.keypoints) },
  { name: 'PAV of one noisy clip', look: (person, clip) => rawAsymmetry(simulateClip(person, clip).sequence.keypoints) },
];
const SINGLE_SIGNS: View[] = SIGN_NAMES.map((name) => ({ name: `true ${name} alone`, look: (person) => [person.signs[name]] }));

export function reportSeparability({ people, seed, clips }: SeparabilityOptions): void {
  const everyone = simulatePeople({ people, seed });
  const held = Math.floor(people / 4);
  const ranges = splitRanges({ train: people - 2 * held, validation: held, test: held });
  const tested = everyone.slice(ranges.test.first, ranges.test.end);
  const counts = CLASSES.map((name) => `${tested.filter((person) => person.className === name).length} ${name}`);
  console.log(`${people} people, seed ${seed}, ${clips} clips each; test on ${tested.length} people: ${counts.join(', ')}`);

  for (const { name, look } of [...VIEWS, ...SINGLE_SIGNS]) {
    const samplesOf = ({ first, end }: { first: number; end: number }): (ProbeSample & { person: number })[] =>
      everyone.slice(first, end).flatMap((person) =>
        Array.from({ length: clips }, (_, clip) => ({
          measures: look(person, clip),
          label: person.label,
          person: person.index,
        })),
      );
    const test = samplesOf(ranges.test);
    const predicted = probe({ train: samplesOf(ranges.train), validation: samplesOf(ranges.validation), test });
    const truth = test.map((sample) => sample.label);
    const figures = figuresOf(confusionMatrix(truth, predicted));
    const persons = test.map((sample) => sample.person);
    const { macroF1 } = bootstrapByPerson(persons, truth, predicted, { seed: 1, rounds: 500 });
    const recall = figures.perClass.map((one) => one.recall.toFixed(2)).join(' / ');
    const interval = `${macroF1.low.toFixed(3)} to ${macroF1.high.toFixed(3)}`;
    console.log(
      `${name}: macro-F1 ${figures.macroF1.toFixed(3)} (${interval}), accuracy ${figures.accuracy.toFixed(3)}, recall ${recall}`,
    );
  }
}
