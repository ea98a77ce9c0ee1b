/** A session with a webcam, as it is said to a screener and to a child three metres away. */
import type { Words } from '../english/english.ts';
import { percent } from './percent.ts';

export const camera: Words['camera'] = {
  picture: '摄像头画面',
  starting: '正在启动摄像头…',
  other: '跟随另一个人',
  guideHead: '起点处头的位置',
  guideFeet: '起点处脚的位置',
  choose: '摄像头',
  unnamed: (number) => `摄像头 ${number}`,
  start: '启动摄像头',
  again: '再试一次',
};

/** One sentence, read from three metres away. */
export const liveAdvice: Words['liveAdvice'] = {
  uncover: '画面全黑，请移开镜头前的遮挡',
  'more-light': '光线太暗，请开灯',
  'come-into-view': '请走进画面',
  'one-person': '请只留一个人',
  'stand-upright': '请面向镜头站直',
  'step-back': '请向后退',
  'come-closer': '请走近一点',
  'whole-feet': '看不到脚，请向后退',
  'whole-head': '看不到头，请向后退',
  'to-the-middle': '请站到中间',
  'face-the-camera': '请朝镜头走来',
  'clear-background': '看不清手臂和腿',
  walk: '请朝镜头走来',
};

const checks: Words['session']['place']['checks'] = {
  picture: {
    name: '画面',
    passed: '够大',
    failed: '太小：请换一个摄像头，或调高分辨率',
    open: '等待摄像头',
  },
  light: {
    name: '光线',
    passed: '够亮',
    failed: '太暗：请多开灯，或不要正对窗户',
    open: '等待摄像头',
  },
  rate: {
    name: '每秒画面数',
    passed: '够快',
    failed: '太慢：请关闭其他程序、接上电源，或增加光线',
    open: '正在测量…',
  },
  walk: {
    name: '试走',
    passed: '从头到脚都看得到',
    failed: '看得不够清楚',
    open: '请一个人朝镜头走两秒',
  },
};

export const session: Words['session'] = {
  steps: { place: '场地', person: '被测者', walk: '行走', result: '结果' },
  stepsLabel: '筛查的步骤',
  title: '用摄像头筛查',
  place: {
    title: '布置场地',
    lead: '每个场地只需布置一次。请把摄像头放在一条四到五米长、没有障碍的路线尽头，放正、放稳。',
    points: [
      '摄像头与腰同高，保持水平，放在不会晃动的地方',
      '站在远端的人在两条虚线之间，包括双脚',
      '光从摄像头一侧照来，画面中没有旁人',
    ],
    checks,
    checksTitle: '场地合适吗？',
    done: '场地合适',
    anyway: '仍然继续',
  },
  person: {
    title: '谁来走？',
    lead: '填一个编号即可：这里不问姓名，也请不要填写姓名。',
    code: '编号',
    codeMissing: '请填写编号，使学校或机构能据此找到本人。',
    ageBand: '年龄',
    ageBands: {
      'under-10': '不满 10 岁',
      '10-12': '10 至 12 岁',
      '13-15': '13 至 15 岁',
      '16-18': '16 至 18 岁',
      'over-18': '19 岁及以上',
    },
    sex: '性别',
    sexes: { female: '女', male: '男', other: '其他' },
    unsaid: '未填写',
    notes: '备注',
    consent: '同意',
    consentText: '本人或其家长、监护人知道录制的用途，并表示同意。',
    consentBy: '同意人',
    consentMissing: '有人表示同意之后，才能录制行走。',
    go: '开始行走',
  },
  walk: {
    title: '行走',
    ready: '准备好了，请朝镜头走来',
    walking: '继续走',
    ended: '谢谢，请停下',
    framesOf: (usable, wanted) => `${usable} / ${wanted} 帧`,
    begin: '现在开始',
    finish: '到此停止',
    cancel: '返回',
    speak: '语音提示',
    judging: '正在比较行走',
    problem: '这段行走没有筛查',
    again: '再走一次',
  },
  result: {
    title: (code) => `${code} 的结果`,
    of: (walks) => (walks === 1 ? '依据一段行走。' : `综合 ${walks} 段行走。`),
    spread: (spread) => `各段行走相差 ${percent(spread)}（标准差）。`,
    notCombined: '此人的行走都无法评估。',
    another: '再走一段',
    next: '下一位',
    walks: '各段行走',
    walk: (number) => `第 ${number} 段行走`,
    show: (number) => `查看第 ${number} 段行走`,
  },
};
