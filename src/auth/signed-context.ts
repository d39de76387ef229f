import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { AuthenticationError } from './authenticator.js';
import type { Caller } from './caller.js';
import { SeenOnce } from './seen-once.js';

/** What a gateway tells a subgraph service about a call. */
export interface CallerContext {
  readonly caller: Caller;
  readonly requestId: string;
}

/** The one request that a signature is good for. */
export interface SignedRequest {
  /** Name of the subgraph that is asked. */
  readonly subgraph: string;
  /** Body of the HTTP request, text of the subscription, or `SIGNED_SOCKET`. */
  readonly body: string | Buffer;
}

/** What is signed in place of a body for the opening of a WebSocket. */
export const SIGNED_SOCKET = 'graphql-transport-ws';

/** Under which name a subscription has headers of its own in its `extensions`, signed for its text. */
export const SIGNED_OPERATION = 'sealgraph';

/** Base64url JSON: caller, request id, time of signing, subgraph, digest of the body, and a number used once. */
const CONTEXT_HEADER = 'x-sealgraph-context';
/** HMAC-SHA-256 over the text of the other header, base64url. */
const SIGNATURE_HEADER = 'x-sealgraph-signature';

/** How far the clocks of gateway and subgraph may be apart, and how long a signature is good. */
const WINDOW_MS = 60_000;
const MIN_SECRET_LENGTH = 32;

const signedContext = z.object({
  tenant: z.string().min(1),
  subject: z.string().min(1),
  scopes: z.array(z.string()),
  expiresAt: z.number().optional(),
  requestId: z.string(),
  signedAt: z.number(),
  subgraph: z.string(),
  digest: z.string(),
  nonce: z.string().min(16),
});

/** Headers (or `connection_init` entries) that prove to a subgraph service who is calling: once, for this request, within 60 seconds. */
export function signCallerContext(
  { caller, requestId }: CallerContext,
  { subgraph, body }: SignedRequest,
  secret: string,
  clock: Clock,
): Record<string, string> {
  const { tenant, subject, scopes, expiresAt } = caller;
  const plain: z.infer<typeof signedContext> = {
    tenant,
    subject,
    scopes: [...scopes],
    ...(expiresAt !== undefined && { expiresAt }),
    requestId,
    signedAt: clock.now(),
    subgraph,
    digest: digestOf(body),
    nonce: randomBytes(16).toString('base64url'),
  };
  const context = Buffer.from(JSON.stringify(plain), 'utf8').toString('base64url');
  return { [CONTEXT_HEADER]: context, [SIGNATURE_HEADER]: sign(context, secret).toString('base64url') };
}

/** Establishes who calls a subgraph service. */
export class CallerContextVerifier {
  readonly #options: { secrets: readonly string[]; subgraph: string; clock: Clock };
  readonly #seen: SeenOnce;

  /**
   * @param options.secrets any of them may have signed
   * @param options.subgraph the one that is asked here
   */
  constructor(options: { secrets: readonly string[]; subgraph: string; clock: Clock }) {
    this.#options = options;
    this.#seen = new SeenOnce(options.clock);
  }

  /**
   * The caller and request id out of such headers (names in lower case).
   * @throws AuthenticationError when they are missing, forged, signed for another request or subgraph, presented before,
   * or signed more than 60 seconds from now by our clock; TOKEN_EXPIRED when the caller's token has expired meanwhile
   */
  verify(headers: Readonly<Record<string, unknown>>, body: string | Buffer): CallerContext {
    const { secrets, subgraph, clock } = this.#options;
    const { [CONTEXT_HEADER]: context, [SIGNATURE_HEADER]: signature } = headers;
    if (typeof context !== 'string' || typeof signature !== 'string') throw refused('it is not signed');
    const given = Buffer.from(signature, 'base64url');
    if (!secrets.some((secret) => isEqual(sign(context, secret), given)))
      throw refused('it is signed with another GATEWAY_SECRET');
    const { requestId, tenant, subject, scopes, expiresAt, ...signed } = read(context);
    const aheadMs = signed.signedAt - clock.now();
    if (Math.abs(aheadMs) > WINDOW_MS) {
      const difference = `${Math.abs(Math.round(aheadMs / 1000))} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
      throw refused(`by its time, the clock of the gateway is ${difference} ours; at most 60 s are allowed`);
    }
    if (signed.subgraph !== subgraph) throw refused('it is signed for another subgraph');
    if (signed.digest !== digestOf(body)) throw refused('it is signed for another request');
    if (!this.#seen.add(signed.nonce, signed.signedAt + WINDOW_MS)) throw refused('it was presented before');
    if (expiresAt !== undefined && expiresAt <= clock.now()) throw new AuthenticationError('TOKEN_EXPIRED');
    return {
      caller: {
        tenant,
        subject,
        scopes: new Set(scopes),
        ...(expiresAt !== undefined && { expiresAt }),
      },
      requestId,
    };
  }
}

function refused(reason: string, cause?: unknown): AuthenticationError {
  return new AuthenticationError('UNAUTHENTICATED', cause, reason);
}

function digestOf(body: string | Buffer): string {
  return createHash('sha256').update(body).digest('base64url');
}

function sign(context: string, secret: string): Buffer {
  // Anybody could sign with an empty or guessable one.
  if (secret.length < MIN_SECRET_LENGTH)
    throw new Error(`the shared secret has fewer than ${MIN_SECRET_LENGTH} characters`);
  return createHmac('sha256', secret).update(`sealgraph caller context v2\n${context}`, 'utf8').digest();
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function read(context: string): z.infer<typeof signedContext> {
  try {
    return signedContext.parse(JSON.parse(Buffer.from(context, 'base64url').toString('utf8')));
  } catch (error) {
    throw refused('what it says of the caller cannot be read', error);
  }
}
