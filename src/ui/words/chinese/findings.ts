/** What each rule about a clip has to say: where it holds, what holds; where it doesn't, what is wrong and what to do. */
import type { FrameReason } from '../../../gait/quality.ts';
import type { Words } from '../english/english.ts';
import { percent } from './percent.ts';

/** "Only 12 % of the frames …", "none of the frames …": the subject of the sentence that follows. */
const only = (share: number): string => (share < 0.005 ? '没有一帧' : `只有 ${percent(share)} 的帧`);

/** What most of the frames that were left out have against them, and what to do about it. */
const mostly: Record<FrameReason, string> = {
  'no-person': '其余的帧大多没有找到人。请增加光线、靠近些拍，并让全身都在画面内。',
  'not-a-body': '其余的帧大多没有找到直立的人体。请只拍一人行走，从头拍到脚。',
  'outside-picture': '其余的帧大多有身体部位在画面外。请向后退，或将镜头竖放。',
  'too-small': '其余的帧大多人太小。请靠近些拍：身体应占画面高度的三分之一。',
  'from-behind': '其余的帧大多拍到的是背面。请朝镜头重新走一次。',
  'from-the-side': '其余的帧大多拍到的是侧面。请正对镜头重新走一次。',
  unclear: '其余的帧大多看不清手臂或腿。请增加光线，并穿与背景分明的衣服。',
  'no-outline': '其余的帧大多分不清身体与背景。请在均匀的光线下、素净的背景前拍摄。',
  'by-hand': '其余的帧已手动排除。请多用一些帧，或重新走一次。',
};

export const findings: Words['findings'] = {
  'clip-length': {
    failed: ({ value }) => `视频长 ${value.toFixed(1)} 秒。请录下至少一秒的行走，十秒更好。`,
    passed: ({ value }) => `视频长 ${value.toFixed(1)} 秒。`,
  },
  'person-found': {
    failed: ({ value, threshold, facts }) =>
      value === 0
        ? '没有找到人。请让一人朝镜头走来，全身都在画面内，光线均匀，身体至少占画面高度的三分之一。'
        : `${facts['sampled']} 帧中只有 ${value} 帧有人，至少需要 ${threshold} 帧。请在均匀的光线下拍一人，从头到脚，拍满十秒。`,
    passed: ({ value }) => `${value} 帧中找到了人。`,
  },
  'plausible-body': {
    failed: ({ value }) => `${only(value)}看起来像直立的人体。请只拍一人行走，从头到脚，身前不要有遮挡。`,
    passed: ({ value }) => `${percent(value)} 的帧中人体直立且完整。`,
  },
  'whole-body': {
    failed: ({ value }) => `${only(value)}拍到了全身。请重新走一次，让头、手、脚始终在画面内：向后退，或将镜头竖放。`,
    passed: ({ value }) => `${percent(value)} 的帧拍到了全身。`,
  },
  'size-in-picture': {
    failed: ({ value }) => `${percent(1 - value)} 的帧中人太小。请靠近些拍：身体至少应占画面高度的三分之一。`,
    passed: ({ value }) => `${percent(value)} 的帧中人足够大。`,
  },
  'same-person': {
    failed: () => '身体的位置忽然跳动：可能混淆了两个人，或人与物体。请让画面中只有一人，重新走一次。',
    passed: () => '跟随的始终是同一个人。',
  },
  'left-and-right': {
    failed: () => '无法可靠地分清左右。请在均匀的光线下从正面拍摄，镜头正对身体，脸和双臂都在画面内。',
    passed: () => '左右可以分清。',
  },
  'front-view': {
    failed: ({ value, facts }) =>
      facts['mostly'] === 'from-behind'
        ? `拍到的多是背面，${only(value)}是正面。请朝镜头重新走一次。`
        : `拍到的多是侧面，${only(value)}是正面。请把镜头放在路线的尽头，让人正对镜头走来。`,
    passed: ({ value }) => `${percent(value)} 的帧拍到的是正面。`,
  },
  'clear-joints': {
    failed: ({ value }) => `${only(value)}看得清手臂和腿。请增加光线，穿合身且与背景分明的衣服，并让旁人和家具不要挡住。`,
    passed: ({ value }) => `${percent(value)} 的帧看得清手臂和腿。`,
  },
  'found-throughout': {
    failed: ({ value }) => `行走中多次跟丢：只在 ${percent(value)} 的帧中找到人。请增加光线，让衣服与背景分明，并请旁人避开。`,
    passed: ({ value }) => `行走中 ${percent(value)} 的帧找到了人。`,
  },
  'steady-body': {
    failed: () => '身体轮廓抖动太大，无法测量。请把镜头放在支架上，增加光线，并穿合身的衣服。',
    passed: () => '各帧之间身体测量平稳。',
  },
  'usable-frames': {
    failed: ({ value, threshold, facts }) =>
      `${facts['sampled']} 帧中${value === 0 ? '没有一帧' : `只有 ${value} 帧`}可用，至少需要 ${threshold} 帧：` +
      mostly[facts['mostly'] as FrameReason],
    passed: ({ value }) => `${value} 帧可用。`,
  },
  'found-mostly': {
    failed: ({ value }) => `视频中${only(value)}找到了人。如果人一直在画面内，请增加光线，或靠近些拍。`,
    passed: ({ value }) => `视频中 ${percent(value)} 的帧找到了人。`,
  },
  'long-enough': {
    failed: ({ value }) => `可用的行走只有 ${value.toFixed(1)} 秒。走得越久结果越稳：请尽量走满十秒。`,
    passed: ({ value }) => `可用的行走有 ${value.toFixed(1)} 秒。`,
  },
  'frame-rate': {
    failed: ({ value }) => `视频每秒 ${value.toFixed(0)} 帧，太少，难以看清一步。请以每秒 25 或 30 帧录制。`,
    passed: ({ value }) => `每秒查看了 ${value.toFixed(0)} 帧。`,
  },
  'one-person': {
    failed: ({ value }) =>
      `${percent(value)} 的帧中不止一人；跟随的是最近的一个。请在回放中确认没有跟错人，或让画面中只有一人，重新走一次。`,
    passed: () => '画面中只有一人。',
  },
  steps: {
    failed: ({ value }) =>
      `看到的步子很少（每秒 ${value.toFixed(1)} 步）。只有确实在行走，结果才算数：请查看回放，或重新走一次。`,
    passed: ({ value }) => `每秒看到 ${value.toFixed(1)} 步。`,
  },
  strides: {
    failed: ({ value, threshold }) =>
      `${value === 0 ? '没有看到步子' : `只看到 ${value} 步`}，比较左右至少需要 ${threshold} 步。请走满十秒。`,
    passed: ({ value }) => `看到了 ${value} 步。`,
  },
  'file-complete': {
    failed: ({ value }) => `文件在 ${value.toFixed(1)} 秒处中断：只筛查了这一部分。如果后面还有内容，请重新复制文件。`,
    passed: () => '文件完整。',
  },
};
