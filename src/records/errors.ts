/** Everything that can go wrong with what is kept on this device, and with a file that carries it to another one. */
export type RecordErrorCode =
  /** The browser keeps nothing for this page. */
  | 'records-refused'
  /** No room. */
  | 'records-full'
  /** Another tab holds them in an older form and doesn't let go. */
  | 'records-blocked'
  /** They were written by a newer version of the app. */
  | 'records-newer'
  /** This tab had to let go: another one brought them to a newer form, or the browser took them away. */
  | 'records-closed'
  /** The browser failed at reading or writing, for reasons of its own. */
  | 'records-failed'
  /** They are under a passphrase that nobody has entered in this tab. */
  | 'records-locked'
  | 'wrong-passphrase'
  /** There is no visit with this id. */
  | 'record-missing'
  /** A visit that is kept can't be read. */
  | 'record-damaged'
  /** What should be kept is not a visit. */
  | 'record-invalid'
  | 'settings-invalid'
  /** A file that isn't an export of records. */
  | 'export-foreign'
  /** An export by a newer version of the app. */
  | 'export-newer'
  /** Cut off, changed, or holding something that isn't a visit. */
  | 'export-damaged'
  | 'export-too-large'
  /** It is under a passphrase, and none was given. */
  | 'export-locked'
  /** It can't be read from where it lies. */
  | 'export-unreadable';

/** `message` is a sentence for the person at the screen: what is wrong, and what to do. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  constructor(
    readonly code: RecordErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function recordsLocked(): RecordError {
  return new RecordError('records-locked', 'The records are locked with a passphrase. Enter it to go on.');
}

export function recordDamaged(cause?: unknown): RecordError {
  return new RecordError(
    'record-damaged',
    'This record is damaged and can’t be read. Delete it, or import it from an exported file; the others are not affected.',
    { cause },
  );
}

export function exportDamaged(cause?: unknown): RecordError {
  return new RecordError(
    'export-damaged',
    'This file is damaged or was cut off. Copy it again from where it was made. Nothing was imported.',
    { cause },
  );
}
