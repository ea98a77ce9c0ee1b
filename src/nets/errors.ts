/** Everything that can be wrong with a model or with the device that should run it. */
export type NetErrorCode =
  | 'manifest-invalid'
  | 'import-incomplete'
  | 'weights-mismatch'
  | 'weights-damaged'
  | 'backend-missing'
  | 'backend-wrong'
  | 'device-lost';

export class NetError extends Error {
  override readonly name = 'NetError';
  constructor(
    readonly code: NetErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
