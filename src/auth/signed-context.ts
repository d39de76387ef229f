import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { AuthenticationError } from './authenticator.js';
import type { Caller } from './caller.js';

/** What a gateway tells a subgraph service about a call. */
export interface CallerContext {
  readonly caller: Caller;
  readonly requestId: string;
}

/** Base64url JSON: caller, request id and time of signing. */
const CONTEXT_HEADER = 'x-sealgraph-context';
/** HMAC-SHA-256 over the text of the other header, base64url. */
const SIGNATURE_HEADER = 'x-sealgraph-signature';

const MAX_AGE_MS = 30_000;
const MAX_AHEAD_MS = 5_000;
const MIN_SECRET_LENGTH = 32;

const signedContext = z.object({
  tenant: z.string().min(1),
  subject: z.string().min(1),
  scopes: z.array(z.string()),
  expiresAt: z.number().optional(),
  requestId: z.string(),
  signedAt: z.number(),
});

/** Headers (or `connection_init` entries) that prove to a subgraph service who is calling, for 30 seconds. */
export function signCallerContext(
  { caller, requestId }: CallerContext,
  secret: string,
  clock: Clock,
): Record<string, string> {
  const { tenant, subject, scopes, expiresAt } = caller;
  const plain = { tenant, subject, scopes: [...scopes], expiresAt, requestId, signedAt: clock.now() };
  const context = Buffer.from(JSON.stringify(plain), 'utf8').toString('base64url');
  return { [CONTEXT_HEADER]: context, [SIGNATURE_HEADER]: sign(context, secret).toString('base64url') };
}

/**
 * The caller and request id out of such headers (names in lower case), signed with any of the secrets.
 * @throws AuthenticationError when they are missing, forged, older than 30 seconds or ahead of our clock by more than
 * 5; TOKEN_EXPIRED when the caller's token has expired meanwhile
 */
export function verifyCallerContext(
  headers: Readonly<Record<string, unknown>>,
  secrets: readonly string[],
  clock: Clock,
): CallerContext {
  const { [CONTEXT_HEADER]: context, [SIGNATURE_HEADER]: signature } = headers;
  if (typeof context !== 'string' || typeof signature !== 'string')
    throw new AuthenticationError('UNAUTHENTICATED');
  const given = Buffer.from(signature, 'base64url');
  if (!secrets.some((secret) => isEqual(sign(context, secret), given))) {
    throw new AuthenticationError('UNAUTHENTICATED');
  }
  const { requestId, signedAt, scopes, expiresAt, ...owner } = read(context);
  const ageMs = clock.now() - signedAt;
  if (ageMs > MAX_AGE_MS || ageMs < -MAX_AHEAD_MS) throw new AuthenticationError('UNAUTHENTICATED');
  if (expiresAt !== undefined && expiresAt <= clock.now()) throw new AuthenticationError('TOKEN_EXPIRED');
  return {
    caller: { ...owner, scopes: new Set(scopes), ...(expiresAt !== undefined && { expiresAt }) },
    requestId,
  };
}

function sign(context: string, secret: string): Buffer {
  // Anybody could sign with an empty or guessable one.
  if (secret.length < MIN_SECRET_LENGTH)
    throw new Error(`the shared secret has fewer than ${MIN_SECRET_LENGTH} characters`);
  return createHmac('sha256', secret).update(`sealgraph caller context v1\n${context}`, 'utf8').digest();
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function read(context: string): z.infer<typeof signedContext> {
  try {
    return signedContext.parse(JSON.parse(Buffer.from(context, 'base64url').toString('utf8')));
  } catch (error) {
    throw new AuthenticationError('UNAUTHENTICATED', error);
  }
}
