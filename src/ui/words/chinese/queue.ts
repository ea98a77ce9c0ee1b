/** The clips on their way, and how far they are. */
import type { Words } from '../english/english.ts';
import { percent } from './percent.ts';

export const queue: Words['queue'] = {
  title: '视频',
  file: '文件',
  outcome: '结果',
  probabilities: '侧弯步态特征、临界、无',
  usable: '可用帧',
  usableUnit: '帧可用',
  reason: '原因',
  actions: '操作',
  sampleName: '示例行走',
  done: (done, total) => `已完成 ${done} / ${total}`,
  csv: '下载 CSV',
  csvName: 'plumbline-screenings.csv',
  cancelAll: '全部取消',
  clear: '清空列表',
  cancel: '取消',
  cancelOf: (name) => `取消 ${name}`,
  remove: '移除',
  removeOf: (name) => `从列表中移除 ${name}`,
  again: '重新筛查',
  againOf: (name) => `重新筛查 ${name}`,
  open: (name) => `查看 ${name} 的结果`,
  waiting: '等待中',
  waitingLong: '正在等待前一个视频',
  cancelled: '已取消',
  cancelledLong: '已取消，未保留这个视频的任何内容。',
  failed: '未筛查',
  framesOf: (usable, sampled) => `${usable} / ${sampled}`,
};

export const progress: Words['progress'] = {
  stages: {
    preparing: '正在准备',
    watching: '正在跟随身体',
    classifying: '正在比较行走',
  },
  timeLeft: (seconds) => {
    if (seconds < 1.5) return '约剩 1 秒';
    if (seconds < 90) return `约剩 ${Math.round(seconds)} 秒`;
    return `约剩 ${Math.round(seconds / 60)} 分钟`;
  },
  timeLeftUnknown: '正在估算剩余时间',
  framesSeen: (count) => `已查看 ${count} 帧`,
  now: (stage, share, left) => `${stage}，${percent(share)}，${left}`,
  says: (name, share) => `${name}：已完成 ${percent(share)}`,
};
