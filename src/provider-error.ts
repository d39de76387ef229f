import { channel } from 'node:diagnostics_channel';
import type { ProblemReason } from './problem-reason.js';

/**
 * Everything a provider call can fail with. One closed list: it is also the `ProblemCode` of the graph and
 * the `extensions.code` of failed reads, so a client can switch on it.
 */
export const PROBLEM_CODES = {
  INVALID_INPUT: 'A value breaks a rule; nothing was sent.',
  NOT_CONFIGURED: 'This service is not connected to the provider.',
  NOT_FOUND: 'There is no such thing, or it belongs to somebody else.',
  ALREADY_COMPLETED: 'It is finished already; this can no longer be done.',
  CONFLICT: 'It contradicts what exists at the provider.',
  FORBIDDEN: 'The provider does not allow this to our account or to this user.',
  PROVIDER_UNAUTHENTICATED: 'The provider does not accept our credential.',
  CREDENTIAL_EXPIRED: 'The session at the provider has ended; sign in again.',
  SIGN_IN_REQUIRED: 'There is no session at the provider yet; sign in first.',
  WRONG_SECRET: 'The password, PIN or code is not right.',
  LOCKED: 'Too many failed attempts; it is locked.',
  RATE_LIMITED: 'Too many requests; try again later.',
  QUOTA_EXCEEDED: 'A limit of the account or plan at the provider is reached.',
  NOT_SUPPORTED: 'The provider, or this account, cannot do this.',
  TOO_LARGE: 'It is larger than allowed.',
  PROCESSING_LIMIT: 'It takes more time or memory than one call may use here; nobody else was asked.',
  CALLS_EXCEEDED:
    'The operation has made all the calls to providers that one may make; this one was not made.',
  PROVIDER_REJECTED: 'The provider said no; see providerCode.',
  PROVIDER_UNAVAILABLE: 'The provider cannot be reached or has failed; try again later.',
  PROVIDER_UNTRUSTED: 'The provider could not prove who it is: its certificate is not trusted here.',
  PROVIDER_TIMEOUT: 'The provider did not answer in time.',
  PROVIDER_PROTOCOL: 'The provider answered in a way that is not understood.',
  OUTCOME_UNKNOWN: 'It may or may not have happened: the answer was lost. It was not repeated.',
  STORE_UNAVAILABLE: 'The store of this service cannot be used now; nothing was sent. Try again later.',
  STREAM_LOST:
    'What this subscription was told is no longer known here: the store has lost it. Look again, and subscribe anew.',
  IDEMPOTENCY_MISMATCH: 'The idempotency key was used before with other input.',
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;

export interface ProviderErrorOptions {
  /** The provider's own code, kept as data. */
  readonly providerCode?: string | undefined;
  readonly provider?: string | undefined;
  /** The input field at fault, outermost first. */
  readonly path?: readonly string[] | undefined;
  /** A fixed sentence of ours when the general one of the code says too little. Never upstream text. */
  readonly message?: string | undefined;
  /** Why a value, or what was asked for, is refused; undefined when the code says all. */
  readonly reason?: ProblemReason | undefined;
  /** What else is wrong, where several things are known at once. */
  readonly others?: readonly ProviderError[] | undefined;
  /** What the provider calls the thing that may have been made or changed. */
  readonly reference?: string | undefined;
  /** How long to wait before trying again, milliseconds, when the provider or our own rules say so. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Told every answer that was not understood. A client hears of it in one sentence only, wherever it was noticed:
 * whoever runs the process learns the reason here.
 */
export const notUnderstood = channel('sealgraph.provider.not-understood');

/** Tells of an answer that was used without a part that is odd. `what` says which, and holds nothing of the answer. */
export function tellOddity(provider: string, what: string): void {
  // The error itself tells when it is made.
  void new ProviderError('PROVIDER_PROTOCOL', { provider, cause: new Error(what) });
}

/** The graph tells the time to wait as an `Int`; a provider may ask for longer. */
const LONGEST_RETRY_AFTER_MS = 2_147_483_647;

/** The one error that leaves a provider client. `message` is always safe to show; `cause` is for the log alone. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly providerCode: string | undefined;
  readonly provider: string | undefined;
  readonly path: readonly string[] | undefined;
  readonly reason: ProblemReason | undefined;
  readonly others: readonly ProviderError[];
  readonly reference: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ProblemCode,
    options: ProviderErrorOptions = {},
  ) {
    super(options.message ?? PROBLEM_CODES[code], { cause: options.cause });
    this.providerCode = options.providerCode;
    this.provider = options.provider;
    this.path = options.path;
    this.reason = options.reason;
    this.others = options.others ?? [];
    this.reference = options.reference;
    this.retryAfterMs =
      options.retryAfterMs === undefined
        ? undefined
        : Math.min(Math.max(Math.ceil(options.retryAfterMs), 0), LONGEST_RETRY_AFTER_MS);
    if (code === 'PROVIDER_PROTOCOL') notUnderstood.publish(this);
  }

  /** The same, told otherwise by whoever knows more of it. */
  with({
    code = this.code,
    ...changes
  }: ProviderErrorOptions & { readonly code?: ProblemCode }): ProviderError {
    return new ProviderError(code, { ...this, message: this.message, cause: this, ...changes });
  }

  /** Whether the same call may succeed later, unchanged. */
  get isRetryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

const RETRYABLE: ReadonlySet<ProblemCode> = new Set([
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_TIMEOUT',
  'STORE_UNAVAILABLE',
]);

/**
 * Our own store cannot be reached, or cannot keep what it is given. It says nothing of the provider: whoever gets it
 * after a call to one does not know less than before.
 */
export class StoreUnavailableError extends ProviderError {
  constructor(cause: unknown) {
    super('STORE_UNAVAILABLE', { cause });
  }
}

/** A rule broken by input, found before anything was sent. `message` names the field and the rule. */
export function invalidInput(path: readonly string[], reason: ProblemReason, message: string): ProviderError {
  return new ProviderError('INVALID_INPUT', { path, reason, message });
}
