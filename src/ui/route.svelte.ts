/** Which page is shown: it stands in the address's hash, so that back, reload and bookmarks work on any host without its help. */
export const PAGES = ['screening', 'session', 'records', 'models', 'settings', 'privacy'] as const;

export type PageName = (typeof PAGES)[number];

export const ADDRESS: Record<PageName, string> = {
  screening: '#/',
  session: '#/session',
  records: '#/records',
  models: '#/models',
  settings: '#/settings',
  privacy: '#/privacy',
};

/** The page of one visit, below that of all of them. */
export function addressOfVisit(id: string): string {
  return `${ADDRESS.records}/${id}`;
}

interface Shown {
  page: PageName;
  /** The visit that is looked at, on the page of the records. */
  visit: string | null;
}

export class Route {
  #shown = $state.raw<Shown>(shownAt(location.hash) ?? { page: 'screening', visit: null });

  get page(): PageName {
    return this.#shown.page;
  }

  get visit(): string | null {
    return this.#shown.visit;
  }

  /** The address has changed. A hash that is no page's, the content's for one, changes nothing. Returns whether what is shown did. */
  follow(): boolean {
    const before = this.#shown;
    const next = shownAt(location.hash) ?? before;
    if (next.page === before.page && next.visit === before.visit) return false;
    this.#shown = next;
    return true;
  }
}

function shownAt(hash: string): Shown | undefined {
  const visits = `${ADDRESS.records}/`;
  if (hash.startsWith(visits)) return { page: 'records', visit: hash.slice(visits.length) || null };
  const page = PAGES.find((name) => ADDRESS[name] === (hash || ADDRESS.screening));
  return page && { page, visit: null };
}
