/**
 * How the database on this device is laid out, as the steps that lead from nothing to it: the step at index n brings version n to n + 1.
 * Steps that were shipped are never changed. When `VISIT_SCHEMA` grows, a step comes with it, if only an empty one: then an older app
 * refuses the whole database rather than misreading single visits.
 */

/** Of each visit what a list shows and is searched by, so that keypoints aren't read for it. Key: the visit's id. */
export const SUMMARIES = 'summaries';
/** Visits whole. Key: the visit's id. */
export const VISITS = 'visits';
/** Recordings of walks. Key: the visit's id, then the walk's. */
export const RECORDINGS = 'recordings';
/** What isn't about people: the settings, and how the rest is locked. Key: what it is. */
export const SITE = 'site';

/** The stores that hold something of people: all their rows are sealed where there is a passphrase. */
export const PERSONAL_STORES = [SUMMARIES, VISITS, RECORDINGS] as const;

export type PersonalStore = (typeof PERSONAL_STORES)[number];

export type RowKey = string | string[];

export const LAYOUT: readonly ((database: IDBDatabase) => void)[] = [
  (database) => {
    for (const store of [...PERSONAL_STORES, SITE]) database.createObjectStore(store);
  },
];
