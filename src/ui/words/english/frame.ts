/** What stands on every page. */
import type { PageName } from '../../route.svelte.ts';

export const pages: Record<PageName, string> = { screening: 'Videos', session: 'Camera', models: 'Models', privacy: 'Privacy' };

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

export const foot = {
  use: 'Plumbline is investigational. It is an aid for screening, for use in research, and does not replace a clinical examination.',
  licence: 'Open source under Apache 2.0.',
  version: (version: string) => `Version ${version}`,
};
