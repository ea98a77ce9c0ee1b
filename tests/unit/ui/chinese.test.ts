/** The Chinese words: nothing left in English, set as Chinese is set, and a sentence for every error the page can be told of. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WALK_RULES } from '../../../src/gait/quality/walkRules.ts';
import { chinese } from '../../../src/ui/words/chinese/chinese.ts';
import { problems } from '../../../src/ui/words/chinese/problems.ts';
import { english } from '../../../src/ui/words/english/english.ts';

const CHINESE = /\p{Script=Han}/u;
/** Chinese letters and the full-width signs that stand among them. */
const WIDE = '[\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef]';
/** After a space a full stop begins the name of a file's kind (.npy), and a bracket may end the name of a function. */
const NARROW_SIGN = new RegExp(`${WIDE} ?[,;:!?]|[,;:!?] ?${WIDE}|${WIDE}[.()'"]|[.()'"]${WIDE}`, 'u');

/** Names, signs and figures that read the same in both languages. */
const LATIN = new Set([
  'name',
  'pageTitle',
  'language.names.en',
  'device.engines.webgpu',
  'device.engines.wasm',
  'queue.csvName',
  'queue.framesOf',
  'replay.frameOf',
  'replay.speeds.0.name',
  'replay.speeds.1.name',
  'replay.speeds.2.name',
  'details.poseModels.lite',
  'details.poseModels.full',
  'details.version',
  'details.modelOf',
  'details.downloadName',
  'card.classOrder',
  'card.rename',
  'card.weightsOf',
  'modelImport.is',
  'records.transfer.fileName',
  'records.transfer.tableName',
  'visit.fileName',
  'reportFile.language',
]);

const SHARES = { positive: 0.5, neutral: 0.3, negative: 0.2 };
const THRESHOLDS = { refer: 0.6, borderline: 0.4 };
const OUTCOMES = ['refer', 'borderline', 'none-found', 'not-assessable'];
const REASONS = Object.keys(chinese.frameReasons);

/** What each function of the words is called with: every list once. */
const CALLS: Record<string, readonly unknown[][]> = {
  pageTitle: [['screening'], ['models']],
  'foot.version': [['0.1.0']],
  'figures.seconds': [[1234]],
  'figures.within': [['2.1°', '1.5°', '2.7°']],
  'figures.shareWithin': [[{ value: 0.671, low: 0.612, high: 0.729 }]],
  'figures.measured': WALK_RULES.filter(({ unit }) => unit !== 'share').map(({ unit }) => ['4', unit]),
  'joins.list': [[['WebAssembly', '4 个线程']]],
  'joins.sentences': [[['以 Apache 2.0 许可开放源代码。', '版本 0.1.0。']]],
  'joins.named': [['配色', '浅色']],
  'problem.says': [['device-lost', 'The graphics device went away.']],
  'progress.now': [['正在准备', 0.25, '约剩 20 秒']],
  'details.modelOf': [['ScoNet', 'sconet-1']],
  'device.threads': [[1], [4]],
  'device.frameTime': [[3.24], [41.6]],
  'device.lost': [['sconet-1', 'ScoNet']],
  'queue.done': [[1, 3]],
  'queue.cancelOf': [['walk.mp4']],
  'queue.removeOf': [['walk.mp4']],
  'queue.againOf': [['walk.mp4']],
  'queue.open': [['walk.mp4']],
  'queue.framesOf': [[120, 150]],
  'progress.timeLeft': [[1], [20], [200]],
  'progress.framesSeen': [[1], [20]],
  'progress.says': [['walk.mp4', 0.25]],
  'result.label': [['walk.mp4']],
  'result.reason': OUTCOMES.flatMap((outcome) => [
    [outcome, SHARES, null],
    [outcome, SHARES, THRESHOLDS],
    [outcome, { ...SHARES, positive: 0.3 }, THRESHOLDS],
  ]),
  'result.says': [['walk.mp4', '临界', '这段行走最像轻度侧弯者的行走。']],
  'result.framesUsed': [[120, 150]],
  'result.sidesSettled': [[1], [12]],
  'result.clip': [[10.04, 1280, 720]],
  'result.clipSample': [[10.04]],
  'notice.trainedOn': [['Scoliosis1K']],
  'replay.positionValue': [[4, 150, 72.5, '已采用']],
  'replay.leftOutBecause': [['离得太远']],
  'replay.frameOf': [[4, 150]],
  'replay.influenceMost': [
    [1, 2.5, 0.2],
    [1, 2.5, -0.001],
  ],
  'replay.seriesMore': [['±15°'], ['±60%']],
  'replay.exclude.count': [[0], [1], [12]],
  'details.downloadName': [['walk.mp4']],
  'models.importedFrom': [['best.pt', '2026-11-25']],
  'models.show': [['ScoNet']],
  'models.nowInUse': [['ScoNet']],
  'models.changeFailed': [[problems['device-lost']]],
  'models.removed': [['ScoNet']],
  'models.dialog.says': [['ScoNet']],
  'card.networkOf': [['DRF', [64, 128, 256, 512], 16, 256]],
  'card.inputs.skeleton-map': [['sigma8']],
  'card.recipe': [
    [1.5, 8, undefined],
    [8, 8, 'As OpenGait does.'],
  ],
  'card.cadenceOf': [[15, 300]],
  'card.classOrder': [[['negative', 'neutral', 'positive']]],
  'card.calibrated': [[16]],
  'card.uncalibrated': [[16]],
  'card.weightsOf': [['14.1\u00a0MB', 'float16']],
  'card.walks': [
    [null, 1493],
    [1050, 1493],
  ],
  'card.rename': [
    ['a.weight', 'b.weight'],
    ['a.weight', ''],
  ],
  'card.judged': [['validation']],
  'card.passed': [['2 × 10⁻⁷', '10⁻³']],
  'modelImport.reading': [['best.pt']],
  'modelImport.is': [
    ['ScoNet', null],
    ['ScoNet', 20000],
  ],
  'modelImport.tensors': [
    [120, 0],
    [120, 1],
  ],
  'modelImport.questions': [['best.pt']],
  'modelImport.importing': [['best.pt']],
  'modelImport.done': [['ScoNet']],
  'modelImport.answeredBy': [['sigma8', '预设 drf-118']],
  'modelImport.answerers.preset': [['drf-118']],
  'modelImport.used': [[120]],
  'modelImport.leftOver': [[1]],
  'privacy.stays.used': [[14065424]],
  'privacy.worth.trained': [['Scoliosis1K']],
  'camera.unnamed': [[2]],
  'session.person.at': [['体育馆', '2026年3月2日']],
  'session.person.earlier': [[1], [3]],
  'session.walk.framesOf': [[30, 150]],
  'session.result.title': [['A-17']],
  'session.result.spread': [[0.05]],
  'session.result.walk': [[2]],
  'session.result.show': [[2]],
  'session.result.notKept': [[1], [2]],
  'records.day': [['2026-03-02T09:30:00+01:00']],
  'records.dayAndClock': [['2026-03-02T09:30:00+01:00', '09:30']],
  'records.search.count': [
    [3, 10],
    [10, 10],
  ],
  'records.search.more': [[100]],
  'records.walks': [[1], [3]],
  'records.dueOn': [['2026年3月2日']],
  'records.overdue': [['2026年3月2日']],
  'records.open': [['A-17', '2026年3月2日']],
  'records.damaged': [[1], [2]],
  'records.expired': [[1], [2]],
  'records.expiredDue': [[1], [2]],
  'records.transfer.exported': [[1], [12]],
  'records.transfer.exportedWithout': [[1], [2]],
  'records.transfer.importLocked': [['school.plumbline']],
  'records.transfer.importing': [['25%']],
  'records.transfer.imported': [[12, 1, 3]],
  'records.transfer.fileName': [['2026-03-02']],
  'records.transfer.tableName': [['2026-03-02']],
  'records.deleteAll.ask': [[1], [12]],
  'visit.title': [['A-17']],
  'visit.fileName': [['A-17', '2026-03-02', 'csv']],
  'visit.followUp.doneOn': [['2026年3月2日']],
  'visit.walk': [[2]],
  'visit.otherModel': [['ScoNet', 'DRF']],
  'visit.recordingOf': [[2]],
  'visit.compare.play': [['2026年3月2日']],
  'visit.remove.ask': [['A-17', '2026年3月2日']],
  'settings.keeping.retentionDays': [[30], [365], [730]],
  'settings.places.checked': [['体育馆', '2026年3月2日']],
  'settings.places.forget': [['体育馆']],
  'measures.spread': [
    ['1.2°', 8, 'strides'],
    ['5%', 9, 'seconds'],
  ],
  'report.consentBy': [
    ['母亲', '2026年3月2日'],
    ['', '2026年3月2日'],
  ],
  'report.combined': [
    [1, 1],
    [2, 3],
  ],
  'report.probability': [[0.7]],
  'report.spread': [[0.05]],
  'report.thresholds': [[0.6, 0.4]],
  'report.measuresOf': [[1]],
  'report.followUpBy': [['2026年3月2日']],
  'report.madeBy': [['0.1.0', 'ScoNet', 'abababababab', 'webgpu']],
  'report.record': [['3f2c8a52']],
  'worth.ofThousand': [[1000, '3%']],
  'worth.referred': [[90, 27]],
  'worth.notReferred': [[910, 3]],
  'worth.positive': [['30%（20% 至 40%）']],
  'worth.negative': [['99%（98% 至 100%）']],
  'reportFile.probability': [
    [0.7, 1],
    [0.7, 2],
  ],
  'reportFile.finding': [[{ rule: 'steps', value: 1.1, threshold: 1.2, unit: 'steps/s' }]],
  'reportFile.trainedOn': [['Scoliosis1K']],
  'offline.progress': [[12_400_000, 36_000_000]],
  'offline.otherTabs': [[1], [3]],
};

/** The arguments of a rule's two sentences and of a measure's three are the same for every rule and measure. */
function callsOf(path: string): readonly unknown[][] {
  if (path.startsWith('findings.')) {
    return [0, 0.3, 1, 3].flatMap((value) =>
      REASONS.map((mostly) => [{ value, threshold: 15, facts: { sampled: 150, mostly } }]),
    );
  }
  if (path.startsWith('measures.byName.')) return [['2.1°']];
  const calls = CALLS[path];
  if (!calls) throw new Error(`Say in CALLS what ${path} is called with.`);
  return calls;
}

interface Leaf {
  path: string;
  value: unknown;
}

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path ? `${path}.${key}` : key));
}

function textsOf({ path, value }: Leaf): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'function') return [];
  const say = value as (...parameters: unknown[]) => string;
  return callsOf(path).map((parameters) => say(...parameters));
}

const words = leavesOf(chinese);
const said = words.flatMap((leaf) => textsOf(leaf).map((text) => ({ path: leaf.path, text })));
const sentences = Object.entries(problems).map(([code, text]) => ({ path: `problems.${code}`, text }));
const all = [...said, ...sentences];

test('whatever the page says in English it says in Chinese, lists and all', () => {
  const paths = (leaves: Leaf[]) => leaves.map(({ path, value }) => `${path} ${typeof value}`).sort();
  expect(paths(words)).toEqual(paths(leavesOf(english)));
});

test('all of it is Chinese, but for the names and signs that are listed', () => {
  expect(all.filter(({ path, text }) => !LATIN.has(path) && !CHINESE.test(text))).toEqual([]);
});

test('the list of what stays Latin names nothing that is gone', () => {
  const paths = new Set(words.map(({ path }) => path));
  expect([...LATIN, ...Object.keys(CALLS)].filter((path) => !paths.has(path))).toEqual([]);
});

test('no half-width sign stands beside a Chinese one', () => {
  expect(all.filter(({ text }) => NARROW_SIGN.test(text))).toEqual([]);
});

test('a share is set without a space before its sign', () => {
  expect(said.filter(({ text }) => /\s%/.test(text))).toEqual([]);
});

test('nothing is exclaimed, and nothing is called a diagnosis', () => {
  expect(all.filter(({ text }) => /[!！]|诊断/.test(text))).toEqual([]);
});

test('no sentence shows a hole where a fact should stand', () => {
  expect(all.filter(({ text }) => /undefined|NaN|null|\[object/.test(text))).toEqual([]);
});

test('a problem, a reason and what a rule says are whole sentences', () => {
  const whole = (path: string) => /^(problems|findings|result\.reason)/.test(path);
  expect(all.filter(({ path, text }) => whole(path) && !text.endsWith('。'))).toEqual([]);
});

/** The codes of the rooms' errors, read from their source. What `src/pose/bundle` raises is seen at build time only. */
function errorCodes(): string[] {
  const source = new URL('../../../src/', import.meta.url);
  const rooms = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return rooms.flatMap(({ name }) => {
    const files = readdirSync(new URL(`${name}/`, source)).filter((file) => file === 'errors.ts');
    return files.flatMap((file) => codesIn(readFileSync(new URL(`${name}/${file}`, source), 'utf8')));
  });
}

function codesIn(text: string): string[] {
  const plain = text.replace(/\/\*[^]*?\*\//g, '');
  const union = /type \w+ErrorCode =([^;]*);/.exec(plain)?.[1] ?? '';
  const codes = [...union.matchAll(/'([\w-]+)'/g)].map(([, code]) => code ?? '');
  if (codes.length === 0) throw new Error('A file of errors without a union of codes.');
  return codes;
}

test('every code of an error has its sentence, and no sentence is left of a code that is gone', () => {
  const codes = errorCodes();
  expect(codes).toEqual(expect.arrayContaining(['camera-refused', 'engine-failed', 'worker-silent', 'device-lost', 'truncated']));
  expect(Object.keys(problems).sort()).toEqual([...new Set(codes)].sort());
});
