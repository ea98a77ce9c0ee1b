/** What came of a walk, and what it is worth. */
import type { Words } from '../english/english.ts';
import { percent } from './percent.ts';
import { problems } from './problems.ts';

export const outcomes: Words['outcomes'] = {
  refer: {
    name: '可见侧弯步态特征',
    next: '建议转诊检查：由受过训练的人员查看站立和向前弯腰时的背部。',
  },
  borderline: {
    name: '临界',
    next: '请重新走一次。如果结果仍为临界，建议转诊检查。',
  },
  'none-found': {
    name: '未见该特征',
    next: '这次行走之后无需再做什么。如果肉眼看来身体不对称，仍建议转诊检查：筛查难免有遗漏。',
  },
  'not-assessable': {
    name: '无法评估',
    next: '请按上述提示改正后重新录制。这个视频没有得出任何结论。',
  },
};

export const classes: Words['classes'] = {
  positive: { name: '侧弯步态特征', meaning: '与明显侧弯者的行走相似' },
  neutral: { name: '临界', meaning: '与轻度侧弯者的行走相似' },
  negative: { name: '无该特征', meaning: '与无侧弯者的行走相似' },
};

export const frameReasons: Words['frameReasons'] = {
  'no-person': '没有找到人',
  'not-a-body': '不像站立的人体',
  'outside-picture': '有身体部位在画面外',
  'too-small': '离得太远',
  'from-behind': '拍到的是背面',
  'from-the-side': '拍到的是侧面',
  unclear: '手臂或腿不够清楚',
  'no-outline': '分不清身体与背景',
  'by-hand': '手动排除',
};

export const result: Words['result'] = {
  label: (name) => `${name} 的结果`,
  why: '为什么',
  next: '接下来怎么做',
  noted: '值得留意',
  /** The reason of an assessed walk. The manifest's own words say what the model learned from. */
  reason: (outcome, { positive, neutral, negative }, thresholds) => {
    const share = percent(positive);
    if (!thresholds) {
      if (outcome === 'refer') return `在模型所知的行走中，这段行走最像有侧弯步态特征的（${share}）。`;
      if (outcome === 'borderline') return `这段行走介于有侧弯步态特征与没有该特征的行走之间（临界 ${percent(neutral)}）。`;
      return `在模型所知的行走中，这段行走最像没有侧弯步态特征的（${percent(negative)}）。`;
    }
    const given = `模型给出该特征的概率为 ${share}`;
    const { refer, borderline } = thresholds;
    if (outcome === 'refer') return `${given}；达到 ${percent(refer)} 即建议转诊检查。`;
    if (outcome === 'none-found') return `${given}；低于 ${percent(borderline)} 时不据此下结论。`;
    if (positive >= borderline) return `${given}：已达到 ${percent(borderline)}，但未达到建议转诊检查的 ${percent(refer)}。`;
    return `这段行走最像轻度侧弯者的行走（${percent(neutral)}）；模型给出该特征的概率为 ${share}。`;
  },
  says: (name, outcome, reason) => `${name}：${outcome}。${reason}`,
  probabilities: '这段行走与各类的比较',
  probabilitiesMeaning: '这些比例已用检验模型的行走校准：某一类得到 70% 的那些行走中，约有 70% 确实属于该类。',
  probabilitiesUncalibrated: '这些比例未经校准：尚无人在此核对过，模型显得这样有把握时，实际有多少次是对的。',
  probabilitiesMissing: '没有概率：视频符合全部规则时，才作比较。',
  frames: '采用的帧',
  framesUsed: (usable, sampled) => `取样 ${sampled} 帧，采用 ${usable} 帧`,
  framesAll: '取样的帧全部可用。',
  framesLeftOut: '已排除',
  sidesSettled: (count) => `姿态模型在 ${count} 帧中把左右弄反，已经改正。`,
  clip: (duration, width, height) => `${duration.toFixed(1)} 秒，${width} × ${height}`,
  clipSample: (duration) => `${duration.toFixed(1)} 秒，模拟关键点`,
};

export const notice: Words['notice'] = {
  simulated: '模拟权重，仅供研究',
  simulatedMore: '这个模型只学过模拟的行走。它给出的结果用来展示工具如何运作，不说明任何人的情况。',
  research: '仅供研究',
  trainedOn: (data) => `训练数据：${data}`,
};

export const problem: Words['problem'] = {
  says: (code, sentence) => problems[code] ?? sentence,
  title: '这个视频没有筛查',
  unexpected: '出现了 Plumbline 没有预料到的问题。请再试一次；如果再次出现，请刷新页面。',
};
