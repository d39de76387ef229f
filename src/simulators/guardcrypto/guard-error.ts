import type { ErrorName } from './assumptions.js';

/** The operation fails in a way the protocol has an envelope for. */
export class GuardError extends Error {
  override readonly name = 'GuardError';

  /** @param params `error_params` of the envelope; a real server puts even session ids there. */
  constructor(
    readonly error: ErrorName,
    readonly params: readonly string[] = [],
  ) {
    super(error);
  }
}
