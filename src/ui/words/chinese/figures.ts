/** Figures with their units, and how one text is joined to the next. */
import { tenths } from '../../format.ts';
import type { Words } from '../english/english.ts';

/** The units of the rules about a clip. */
const UNITS: Readonly<Record<string, string>> = {
  s: '秒',
  frames: '帧',
  'frames/s': '帧/秒',
  steps: '步',
  'steps/s': '步/秒',
  'torso lengths': '倍躯干长度',
};

export const figures: Words['figures'] = {
  seconds: (milliseconds) => `${(milliseconds / 1000).toFixed(1)} 秒`,
  within: (value, low, high) => `${value}（${low} 至 ${high}）`,
  shareWithin: ({ value, low, high }) => `${tenths(value)}%（${tenths(low)} 至 ${tenths(high)}）`,
  measured: (value, unit) => `${value} ${UNITS[unit] ?? unit}`,
};

export const joins: Words['joins'] = {
  list: (items) => items.join('，'),
  sentences: (sentences) => sentences.join(''),
  named: (name, says) => `${name}：${says}`,
};
