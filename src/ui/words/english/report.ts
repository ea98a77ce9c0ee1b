/** The report: one sheet of paper, and what stands on the files that go with it. */
import { percent } from '../../format.ts';

export const report = {
  title: 'Gait screening',
  investigational: 'Investigational screening aid',
  code: 'Code',
  day: 'Day',
  place: 'Place',
  age: 'Age',
  sex: 'Sex',
  consent: 'Consent',
  consentBy: (by: string, day: string) => (by ? `${by}, ${day}` : `given on ${day}`),
  consentNone: 'not recorded',
  combined: (walks: number, of: number) =>
    walks === of ? (of === 1 ? 'From one walk.' : `From ${of} walks together.`) : `From ${walks} of ${of} walks.`,
  probability: (share: number) => `Probability of the pattern: ${percent(share)}.`,
  spread: (spread: number) => `The walks differ by ${percent(spread)} (standard deviation).`,
  thresholds: (refer: number, borderline: number) =>
    `Refer from ${percent(refer)} on; borderline from ${percent(borderline)} on.`,
  measures: 'What can be checked by eye',
  measuresOf: (walk: number) =>
    `From walk ${walk}. Left and right are the person’s own. Mean over the walk, with its 95 % interval.`,
  measuresNone: 'No walk could be measured.',
  worth: 'What this means here',
  followUp: 'Follow-up',
  followUpBy: (day: string) => `by ${day}`,
  madeBy: (version: string, model: string, hash: string, engine: string) =>
    `Made by Plumbline ${version}, model ${model} (SHA-256 ${hash}…) on ${engine}`,
  record: (id: string) => `Record ${id}`,
  signature: 'Seen by',
};

/** What referring, or not, means where the pattern is as common as the site says. */
export const worth = {
  title: 'What this means here',
  ofThousand: (people: number, prevalence: string) =>
    `Of ${people.toLocaleString('en-GB')} people screened here, with the pattern in ${prevalence}:`,
  referred: (referred: number, affected: number) =>
    `${referred} would be told to refer; ${affected} of them have the pattern, ${referred - affected} don’t.`,
  notReferred: (others: number, missed: number) => `${others} would not be; ${missed} of them have the pattern all the same.`,
  positive: (value: string) => `Of those referred, ${value} have it.`,
  negative: (value: string) => `Of those not referred, ${value} don’t.`,
  simulated: 'Sensitivity and specificity are those on simulated people: with real people nobody knows them yet.',
  noPrevalence: 'How common the pattern is here wasn’t said, so it can’t be worked out how much a result means.',
  setPrevalence: 'Say it in the settings',
  noAccuracy: 'How often this model is right wasn’t measured, so it can’t be worked out how much a result means.',
};
