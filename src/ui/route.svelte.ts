/** Which page is shown: it stands in the address's hash, so that back, reload and bookmarks work on any host without its help. */
export const PAGES = ['screening', 'session', 'models', 'privacy'] as const;

export type PageName = (typeof PAGES)[number];

export const ADDRESS: Record<PageName, string> = {
  screening: '#/',
  session: '#/session',
  models: '#/models',
  privacy: '#/privacy',
};

export class Route {
  page = $state<PageName>(pageAt(location.hash) ?? 'screening');

  /** The address has changed. A hash that is no page's, the content's for one, changes nothing. Returns whether the page did. */
  follow(): boolean {
    const before = this.page;
    this.page = pageAt(location.hash) ?? before;
    return this.page !== before;
  }
}

function pageAt(hash: string): PageName | undefined {
  return PAGES.find((page) => ADDRESS[page] === (hash || '#/'));
}
