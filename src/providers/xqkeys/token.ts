import { decodeJwt } from 'jose';
import { z } from 'zod';

/** What a token says of itself; nothing of it is verified: only its issuer can, and does at every call. */
export interface TokenFacts {
  /** Milliseconds since the epoch; null when it does not say. */
  readonly expiresAt: number | null;
  readonly subject: string | null;
}

const claims = z.object({
  exp: z.number().max(8.64e12).nullish().catch(null),
  sub: z.string().nullish().catch(null),
});

/** Tokens are JWTs in practice, which nothing promises (dossier section 1.2). */
export function readToken(token: string): TokenFacts {
  try {
    const { exp, sub } = claims.parse(decodeJwt(token));
    return { expiresAt: typeof exp === 'number' ? exp * 1000 : null, subject: sub ?? null };
  } catch {
    return { expiresAt: null, subject: null };
  }
}
