/** What can be wrong with what a report is asked for. */
export type ReportErrorCode =
  /** The system that the participant codes belong to is not a URI. */
  'system-not-a-uri';

/** `message` is a sentence for the person at the screen: what is wrong, and what to do. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
  constructor(
    readonly code: ReportErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
