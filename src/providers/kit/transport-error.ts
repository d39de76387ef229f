import { BreakerOpenError } from './breaker.js';
import { ProviderError } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';
import { QueueFullError } from './slots.js';
import { BrokenUploadError } from './upload.js';

/** Reads change nothing and may be repeated; writes may not, unless they provably never arrived. */
export type CallKind = 'read' | 'write';

/** An attempt that brought no answer. */
export interface Failure {
  readonly ok: false;
  readonly error: ProviderError;
  /** The same attempt may be made again: it changes nothing, or never arrived, and another one has a chance. */
  readonly repeatable: boolean;
}

/** What is known about an attempt that failed. */
export interface FailedAttempt {
  readonly provider: string;
  readonly kind: CallKind;
  /** What was sent must not be sent again, whatever its kind. */
  readonly once?: boolean;
  /** The request, or part of it, may have reached the provider. */
  readonly sent: boolean;
  /** Our deadline for the whole call has passed. */
  readonly timedOut: boolean;
}

/** What an attempt that ended with `cause` means. */
export function toFailure(cause: unknown, attempt: FailedAttempt): Failure {
  if (cause instanceof ProviderError) return { ok: false, error: cause, repeatable: false };
  const { code, repeatable } = classify(cause, attempt);
  const retryAfterMs = cause instanceof BreakerOpenError ? cause.retryAfterMs : undefined;
  const message =
    cause instanceof BrokenUploadError
      ? 'The upload broke off, or came too slowly; nothing was stored.'
      : undefined;
  const error = new ProviderError(code, { provider: attempt.provider, cause, retryAfterMs, message });
  return { ok: false, error, repeatable };
}

/** The literal code of an error, for the log: a message could hold what must not be seen. */
export function causeCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return causeCode(error.cause) ?? error.name;
}

function classify(cause: unknown, attempt: FailedAttempt): { code: ProblemCode; repeatable: boolean } {
  const code = causeCode(cause) ?? '';
  // Nobody can make a file of a part of one.
  if (cause instanceof BrokenUploadError) return { code: 'INVALID_INPUT', repeatable: false };
  // Trying again at once would defeat what refused it.
  if (cause instanceof BreakerOpenError || cause instanceof QueueFullError) {
    return { code: 'PROVIDER_UNAVAILABLE', repeatable: false };
  }
  // The handshake was refused: whatever we wrote after it was thrown away unread.
  if (isOurCertificateRefused(cause, code)) return { code: 'PROVIDER_UNAUTHENTICATED', repeatable: false };
  // The same tomorrow, unless somebody acts.
  if (isTheirCertificateRefused(code)) return { code: 'PROVIDER_UNTRUSTED', repeatable: false };
  if (code === 'UND_ERR_INVALID_ARG') return { code: 'INVALID_INPUT', repeatable: false };
  if (attempt.kind === 'write') {
    return attempt.sent
      ? { code: 'OUTCOME_UNKNOWN', repeatable: false }
      : { code: 'PROVIDER_UNAVAILABLE', repeatable: !attempt.timedOut };
  }
  if (NOT_HTTP.test(code)) return { code: 'PROVIDER_PROTOCOL', repeatable: false };
  if (attempt.timedOut || TIMEOUTS.has(code)) return { code: 'PROVIDER_TIMEOUT', repeatable: false };
  const isSpent = attempt.once === true && attempt.sent;
  return { code: 'PROVIDER_UNAVAILABLE', repeatable: !isSpent };
}

const TIMEOUTS: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Codes of answers that are not HTTP. */
const NOT_HTTP = /^(HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW$)/;

/** TLS alerts by which a server refuses our certificate, as OpenSSL names them in codes and, for TLS 1.2, only in messages. */
const REFUSED_CODE =
  /ALERT_(CERTIFICATE_\w{1,40}|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR|HANDSHAKE_FAILURE)$/;
const REFUSED_TEXT =
  /alert (certificate \w+|bad certificate|unsupported certificate|unknown ca|access denied|handshake failure)/i;

function isOurCertificateRefused(cause: unknown, code: string): boolean {
  return (
    REFUSED_CODE.test(code) ||
    (code === 'EPROTO' && cause instanceof Error && REFUSED_TEXT.test(cause.message))
  );
}

/** Codes by which Node says that it does not trust the server's certificate: nothing was sent. */
function isTheirCertificateRefused(code: string): boolean {
  return /^(ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$)/.test(
    code,
  );
}
