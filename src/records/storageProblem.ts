/** What IndexedDB says when it refuses, as sentences that say what to do. The names of its errors: w3.org/TR/IndexedDB/#exceptions. */
import { RecordError } from './errors.ts';

/** Anything that went wrong with a request. Our own errors, and mistakes in the program, pass as they are. */
export function storageProblem(cause: unknown): unknown {
  if (!(cause instanceof DOMException)) return cause;
  switch (cause.name) {
    case 'QuotaExceededError':
      return new RecordError(
        'records-full',
        'There is no room left on this device, so this could not be saved. Delete records or free space, then try again. Everything saved before is still there.',
        { cause },
      );
    case 'InvalidStateError':
      return new RecordError(
        'records-closed',
        'The records were opened by a newer version in another tab, or the browser took them away. Reload this page.',
        { cause },
      );
    // What can't be cloned is a mistake in the program.
    case 'DataCloneError':
    case 'DataError':
      return cause;
    default:
      return new RecordError(
        'records-failed',
        'The browser could not read or write the records on this device. Reload the page; if that doesn’t help, restart the browser.',
        { cause },
      );
  }
}

/** Anything that went wrong with opening the database. */
export function openingProblem(cause: unknown): unknown {
  const name = cause instanceof DOMException ? cause.name : null;
  if (name === 'VersionError') {
    return new RecordError(
      'records-newer',
      'The records on this device were written by a newer version of Plumbline, and were left untouched. Reload the page to get that version.',
      { cause },
    );
  }
  // Private windows and blocked site data: each browser has its own way to say so.
  return name === 'SecurityError' || name === 'InvalidStateError' ? storageRefused(cause) : storageProblem(cause);
}

export function storageRefused(cause?: unknown): RecordError {
  return new RecordError(
    'records-refused',
    'This browser keeps nothing for this page, so no records can be kept here: leave the private window, or allow the page to store data.',
    { cause },
  );
}

export function storageBlocked(): RecordError {
  return new RecordError(
    'records-blocked',
    'Plumbline is open in another tab in an older version. Close the other tabs with Plumbline, then reload this page.',
  );
}
