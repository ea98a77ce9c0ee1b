/** What stands on every page. */
import type { PageName } from '../../route.svelte.ts';

export const pages: Record<PageName, string> = {
  screening: 'Videos',
  session: 'Camera',
  records: 'Records',
  models: 'Models',
  settings: 'Settings',
  privacy: 'Privacy',
};

export const frame = {
  name: 'Plumbline',
  promise: 'Nothing leaves this device',
  promiseMore: 'Videos are read, judged and forgotten on this device. Nothing is uploaded.',
  skip: 'Skip to the content',

  pagesLabel: 'Pages',
  pageTitle: (page: PageName) => (page === 'screening' ? 'Plumbline' : `${pages[page]} · Plumbline`),
};

export const theme = {
  label: 'Colours',
  device: 'As the device',
  light: 'Light',
  dark: 'Dark',
};

export const language = {
  label: 'Language',
  /** Each in its own. */
  names: { en: 'English', 'zh-CN': '中文' },
};

export const foot = {
  use: 'Plumbline is investigational. It is an aid for screening, for use in research, and does not replace a clinical examination.',
  licence: 'Open source under Apache 2.0.',
  version: (version: string) => `Version ${version}.`,
};

export const later = {
  loading: 'Loading…',
  failed: 'This part of the app could not be loaded. Check the connection, and reload the page.',
};
