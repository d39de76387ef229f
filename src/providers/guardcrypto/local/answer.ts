import type { MessagePort } from 'node:worker_threads';
import type { ProblemReason } from '../../../problem-reason.js';
import type { ProblemCode } from '../../../provider-error.js';

/** What is sent to a thread. */
export interface Task<Input> {
  readonly input: Input;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Told as soon as the thread takes it. */
  readonly taken: MessagePort;
}

/** What comes back from a thread. */
export type Answer<Result> =
  | { readonly value: Result; readonly refused?: undefined }
  | { readonly value?: undefined; readonly refused: Refusal };

/** A `ProviderError`, which would lose its class on the way. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly message: string;
  readonly path: readonly string[] | undefined;
  readonly reason: ProblemReason | undefined;
  /** What else is wrong. */
  readonly others: readonly Refusal[];
  /** Where a library failed that did not say why: name of the error and stack, for the log. */
  readonly trippedAt: string | undefined;
}
