/** What other rooms use of the records: the store, the settings, and files that carry visits from one device to another. */
export type { Change } from './changes.ts';
export { RecordError, type RecordErrorCode } from './errors.ts';
export { EXPORT_ENDING, exportVisits, type ExportedVisits, type ExportOptions } from './exportVisits.ts';
export { importVisits, type ImportOptions } from './importVisits.ts';
export { toFrames, toWalk, type WalkFacts } from './keptWalk.ts';
export type { LockState } from './recordLock.ts';
export { RecordStore, type MergeCounts } from './recordStore.ts';
export { deleteExpired, type Expired } from './retention.ts';
export { DEFAULT_SETTINGS, type Place, type Settings } from './settings.ts';
export type { StorageRoom } from './storageRoom.ts';
export type { VisitFilter, VisitSummary } from './summary.ts';
export type { Found } from './visitRows.ts';
export * from './visit.ts';
