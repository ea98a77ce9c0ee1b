/** Visits as a school would have them after a year, of simulated people; and one whose report has as much to say as one can have. */
import { rawAsymmetry } from '../../src/gait/asymmetry.ts';
import { CLINICAL_MEASURES, measureClinically } from '../../src/gait/clinical.ts';
import type { Visit, Walk } from '../../src/records/visit.ts';
import { drawClip } from '../../trainer/simulate/population.ts';
import { walkId, idOf } from '../unit/records/madeUpVisit.ts';
import { assessedWalk, blockedWalk, twoWalks } from '../unit/report/visits.ts';

type Outcome = Walk['outcome'];

const SEED = 20_260_302;

/** The probabilities that go with each outcome at the thresholds below. */
const PROBABILITIES: Record<Outcome, Walk['probabilities']> = {
  refer: { negative: 0.09, neutral: 0.2, positive: 0.71 },
  borderline: { negative: 0.23, neutral: 0.31, positive: 0.46 },
  'none-found': { negative: 0.83, neutral: 0.12, positive: 0.05 },
  'not-assessable': null,
};

/** Ten visits of nine people: every outcome, one person seen twice, a follow-up that is due, one that is overdue and one that is done. */
export function lifelikeVisits(): Visit[] {
  return [
    lifelikeVisit(1, { code: 'A-014', outcomes: ['refer', 'refer'], started: '2025-09-18T09:12:00+02:00' }),
    lifelikeVisit(2, { code: 'A-014', outcomes: ['borderline', 'refer'], started: '2026-03-02T09:30:00+01:00' }),
    lifelikeVisit(3, { code: 'A-021', outcomes: ['none-found'], started: '2026-03-02T09:41:00+01:00' }),
    lifelikeVisit(4, { code: 'A-022', outcomes: ['none-found', 'none-found'], started: '2026-03-02T09:48:00+01:00' }),
    lifelikeVisit(5, { code: 'A-030', outcomes: ['borderline'], started: '2026-03-02T10:05:00+01:00', due: '2026-03-20' }),
    lifelikeVisit(6, { code: 'B-002', outcomes: ['not-assessable'], started: '2026-03-02T10:16:00+01:00' }),
    lifelikeVisit(7, { code: 'B-007', outcomes: ['none-found'], started: '2026-03-03T08:55:00+01:00' }),
    lifelikeVisit(8, { code: 'B-011', outcomes: ['refer'], started: '2026-03-03T09:07:00+01:00', due: '2031-04-01' }),
    lifelikeVisit(9, { code: 'B-015', outcomes: ['not-assessable', 'none-found'], started: '2026-03-03T09:20:00+01:00' }),
    lifelikeVisit(10, {
      code: 'B-019',
      outcomes: ['borderline', 'none-found', 'borderline'],
      started: '2026-03-03T09:33:00+01:00',
      due: '2026-03-17',
      done: '2026-03-16T11:00:00+01:00',
    }),
  ];
}

/** Written in the screener's own language; Chinese is twice as wide. */
const LONG_TEXTS = {
  en: {
    place: 'Upper sports hall of the grammar school by the lake, long side, camera at the wall bars',
    by: 'Both parents in writing, and the child itself on the same morning',
    note: 'The school nurse telephones the parents, hands over this sheet and asks for an appointment at the orthopaedic clinic. ',
  },
  'zh-CN': {
    place: '湖滨中学体育馆二楼靠窗一侧，摄像头放在肋木前面的桌子上，',
    by: '父母双方已书面同意，孩子本人当天早上也表示同意，',
    note: '由校医打电话告知父母，交给他们这份报告，并预约骨科门诊的检查，之后请父母把检查的结果告诉学校。',
  },
};

/** Every text as long as its field lets it be, every measure, three walks, and all that can be worked out of them. */
export function fullestVisit(language: keyof typeof LONG_TEXTS): Visit {
  const { place, by, note } = LONG_TEXTS[language];
  const full = (text: string, length: number) => text.repeat(length).slice(0, length);
  const code = full('Kreis-Nord/2026-03/Gymnasium-am-See/', 64);
  const visit = lifelikeVisit(language === 'en' ? 40 : 41, { code, outcomes: ['refer', 'refer', 'refer'] });
  return {
    ...visit,
    participant: { ...visit.participant, notes: full(note, 4000) },
    place: full(place, 80),
    consent: { text: full(note, 10_000), by: full(by, 64), given: '2026-03-02T09:25:00+01:00' },
    walks: visit.walks.map((walk) => ({ ...walk, measures: everyMeasure() })),
    result: { ...visit.result, spread: 0.08 },
    followUp: { due: '2026-04-01', done: null, note: full(note, 200) },
  };
}

/** All of them with a side and with long figures: that takes the most words. */
function everyMeasure(): Walk['measures'] {
  const figures = { mean: -21.4, spread: 6.2, standardError: 2.1, low: -25.8, high: -17.1, count: 8, countOf: 'strides' };
  return CLINICAL_MEASURES.map(({ name, unit }) => ({ name, unit, ...figures, side: 'right' }));
}

interface Described {
  code: string;
  /** Of the walks, in their order; the visit's is the gravest of those that were assessed. */
  outcomes: Outcome[];
  started?: string;
  due?: string;
  done?: string;
}

function lifelikeVisit(number: number, { code, outcomes, started = '2026-03-02T09:30:00+01:00', due, done }: Described): Visit {
  const assessed = outcomes.filter((outcome) => outcome !== 'not-assessable');
  const outcome = (['refer', 'borderline', 'none-found'] as const).find((each) => assessed.includes(each)) ?? 'not-assessable';
  const { result, participant, ...rest } = twoWalks();
  return {
    ...rest,
    id: idOf(number),
    started,
    place: 'Small gym',
    participant: { ...participant, code, ageBand: '10-12', notes: '' },
    walks: outcomes.map((each, index) => ({
      ...lifelikeWalk(number, index, each),
      id: walkId(number, index),
      recorded: started,
    })),
    result: {
      ...result,
      outcome,
      probabilities: PROBABILITIES[outcome],
      spread: assessed.length > 1 ? 0.04 : null,
      walks: assessed.length,
    },
    followUp: due ? { due, done: done ?? null, note: 'Call the parents' } : null,
  };
}

/** A simulated person as the pose model would see them, with what can be measured of that. */
function lifelikeWalk(number: number, walk: number, outcome: Outcome): Walk {
  const { sequence } = drawClip(SEED, number, walk);
  const { picture, times, keypoints } = sequence;
  const seen = {
    picture: { ...picture },
    times: new Float64Array(times),
    keypoints: new Float32Array(keypoints),
    people: new Uint8Array(times.length).fill(1),
    duration: times.at(-1) ?? 0,
    outcome,
    probabilities: PROBABILITIES[outcome],
  };
  if (outcome === 'not-assessable') return { ...blockedWalk(), ...seen, leftOut: Array.from(times, () => 'outside-picture') };
  return {
    ...assessedWalk(),
    ...seen,
    leftOut: Array.from(times, () => null),
    measures: measureClinically(sequence),
    asymmetry: new Float32Array(rawAsymmetry(keypoints)),
  };
}
