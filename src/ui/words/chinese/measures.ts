/** What can be checked by eye: each measure as a sentence, with its convention. */
import type { Words } from '../english/english.ts';

/** 区间含零：区间宽时只说明不知道，并不说明两侧相当。 */
const NO_SIDE = '未见明显偏侧';

const byName: Words['measures']['byName'] = {
  'shoulder-tilt': {
    name: '肩部倾斜',
    how: '两肩关节连线与水平线的夹角',
    says: {
      left: (size) => `左肩高 ${size}`,
      right: (size) => `右肩高 ${size}`,
      even: () => NO_SIDE,
    },
  },
  'pelvis-tilt': {
    name: '骨盆倾斜',
    how: '两髋关节连线与水平线的夹角',
    says: {
      left: (size) => `左髋高 ${size}`,
      right: (size) => `右髋高 ${size}`,
      even: () => NO_SIDE,
    },
  },
  'trunk-shift': {
    name: '躯干偏移',
    how: '两耳中点相对两髋中点的左右偏移，占躯干长度的百分比',
    says: {
      left: (size) => `头部相对骨盆偏左 ${size}`,
      right: (size) => `头部相对骨盆偏右 ${size}`,
      even: () => NO_SIDE,
    },
  },
  'trunk-lean': {
    name: '躯干倾斜',
    how: '两髋中点到两肩中点的连线与铅垂线的夹角',
    says: {
      left: (size) => `躯干向左倾斜 ${size}`,
      right: (size) => `躯干向右倾斜 ${size}`,
      even: () => NO_SIDE,
    },
  },
  'arm-gap': {
    name: '臂与躯干的间隙',
    how: '肘与躯干侧缘之间的距离，左减右，占肩宽的百分比',
    says: {
      left: (size) => `左侧间隙宽 ${size}`,
      right: (size) => `右侧间隙宽 ${size}`,
      even: () => NO_SIDE,
    },
  },
  'step-symmetry': {
    name: '步时',
    how: '左步与右步所用时间之差，占两者均值的百分比',
    says: {
      left: (size) => `左步用时长 ${size}`,
      right: (size) => `右步用时长 ${size}`,
      even: () => NO_SIDE,
    },
  },
  'arm-swing-symmetry': {
    name: '摆臂',
    how: '两腕上下摆动幅度之差，占两者均值的百分比',
    says: {
      left: (size) => `左腕上下摆动大 ${size}`,
      right: (size) => `右腕上下摆动大 ${size}`,
      even: () => NO_SIDE,
    },
  },
};

export const measures: Words['measures'] = {
  byName,
  title: '肉眼可以核对的测量',
  lead: '由身体关键点直接测得，不依赖任何模型。左右指被测者自己的左右，画面边缘视为水平。零落在 95% 区间之外时，才指明偏向哪一侧；该区间只反映各步之间的变化，不含摄像头倾斜。',
  column: '均值与 95% 区间',
  howTitle: '各项如何测得，离散多少',
  spread: (spread, count, of) => `取 ${count} ${of === 'strides' ? '个步幅' : '秒'}的均值；整段行走的标准差为 ${spread}。`,
  none: '行走太短或不够清楚，无法测量身体。',
  asymmetry: {
    title: '八对关键点的不对称',
    more: '左右相差多少，不论哪侧较高：这就是 DRF 所看的向量。高度与偏移以占身高的百分比表示。',
    pairs: ['眼', '耳', '肩', '肘', '腕', '髋', '膝', '踝'],
    metrics: { VD: '高度', MD: '偏移', AD: '角度' },
  },
};
