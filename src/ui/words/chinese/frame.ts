/** What stands on every page. */
import type { Words } from '../english/english.ts';

export const pages: Words['pages'] = {
  screening: '视频',
  session: '摄像头',
  records: '记录',
  models: '模型',
  settings: '设置',
  privacy: '隐私',
};

export const frame: Pick<Words, 'name' | 'promise' | 'promiseMore' | 'skip' | 'pagesLabel' | 'pageTitle'> = {
  name: 'Plumbline',
  promise: '数据不离开本设备',
  promiseMore: '视频只在本设备上读取和比较，不留存，也不上传任何内容。',
  skip: '跳到正文',

  pagesLabel: '页面',
  pageTitle: (page) => (page === 'screening' ? 'Plumbline' : `${pages[page]} · Plumbline`),
};

export const theme: Words['theme'] = {
  label: '配色',
  device: '跟随设备',
  light: '浅色',
  dark: '深色',
};

export const language: Words['language'] = {
  label: '语言',
  names: { en: 'English', 'zh-CN': '中文' },
};

export const foot: Words['foot'] = {
  use: 'Plumbline 尚处于研究阶段，仅供研究使用；它辅助筛查，不能代替临床检查。',
  licence: '以 Apache 2.0 许可开放源代码。',
  version: (version) => `版本 ${version}。`,
};

export const later: Words['later'] = {
  loading: '正在载入…',
  failed: '页面的这一部分无法载入。请检查网络连接，然后刷新页面。',
};
