/** 报告：一页纸，以及结果在这里的意义。 */
import type { Words } from '../english/english.ts';
import { percent } from './percent.ts';

export const report: Words['report'] = {
  title: '步态筛查',
  investigational: '研究中的筛查辅助工具',
  code: '编号',
  day: '日期',
  place: '场地',
  age: '年龄',
  sex: '性别',
  consent: '同意',
  consentBy: (by, day) => (by ? `${by}，${day}` : `${day}同意`),
  consentNone: '没有记录',
  combined: (walks, of) => (walks === of ? `根据 ${of} 段行走。` : `根据 ${of} 段行走中的 ${walks} 段。`),
  probability: (share) => `该特征的概率为 ${percent(share)}。`,
  spread: (spread) => `各段行走相差 ${percent(spread)}（标准差）。`,
  thresholds: (refer, borderline) => `${percent(refer)} 起建议转诊；${percent(borderline)} 起为临界。`,
  measures: '可以用眼睛核对的',
  measuresOf: (walk) => `来自第 ${walk} 段行走。左右指被测者自己的左右。为整段行走的平均值及其 95% 区间。`,
  measuresNone: '没有可以测量的行走。',
  worth: '在这里意味着什么',
  followUp: '随访',
  followUpBy: (day) => `${day}之前`,
  madeBy: (version, model, hash, engine) => `由 Plumbline ${version} 生成，模型 ${model}（SHA-256 ${hash}…），计算引擎 ${engine}`,
  record: (id) => `记录 ${id}`,
  signature: '审阅人',
};

/** 在侧弯这样常见的地方，转诊与否意味着什么。 */
export const worth: Words['worth'] = {
  title: '在这里意味着什么',
  ofThousand: (people, prevalence) => `如果有 ${people} 人在这里接受筛查，其中 ${prevalence} 有侧弯：`,
  referred: (referred, affected) => `${referred} 人会得到转诊的建议，其中 ${affected} 人有侧弯，${referred - affected} 人没有。`,
  notReferred: (others, missed) => `${others} 人不会，其中 ${missed} 人其实有侧弯。`,
  positive: (value) => `建议转诊的人中，有侧弯的占 ${value}。`,
  negative: (value) => `没有建议转诊的人中，没有侧弯的占 ${value}。`,
  simulated: '灵敏度和特异度来自模拟的人：对真人有多准，还没有人知道。',
  noPrevalence: '没有说明侧弯在这里有多常见，因此算不出一个结果意味着什么。',
  setPrevalence: '在设置中说明',
  noAccuracy: '没有测量过这个模型有多准，因此算不出一个结果意味着什么。',
};
