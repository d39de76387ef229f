import type { CallKind } from './transport-error.js';

/** Who answered what: for errors and the log. */
export interface WireSource {
  readonly provider: string;
  /** Name of the provider's operation: URLs can hold ids and secrets, so the log has this instead. */
  readonly operation: string;
  /** Whether something may have happened although the answer does not say so. */
  readonly kind: CallKind;
}
