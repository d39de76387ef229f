import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';

/** Whoever signs the tokens of callers. */
export interface TokenIssuer {
  /** What makes a gateway believe its tokens. */
  readonly settings: Readonly<Record<string, string>>;
  /** Headers, or connection parameters, of a caller of the tenant `acme`. */
  callerWith(subject: string, scopes: readonly string[]): Promise<{ authorization: string }>;
  /** A token of such a caller. @param goodForSeconds default five minutes */
  tokenFor(subject: string, scopes: readonly string[], goodForSeconds?: number): Promise<string>;
}

/** An issuer with a secret of its own. */
export function createTokenIssuer(): TokenIssuer {
  const issuer = 'https://issuer.example.test';
  const audience = 'sealgraph';
  const secret = randomBytes(32).toString('hex');
  const tokenFor: TokenIssuer['tokenFor'] = (subject, scopes, goodForSeconds = 300) =>
    new SignJWT({ scope: scopes.join(' '), tenant: 'acme' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(subject)
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(`${goodForSeconds} seconds`)
      .sign(Buffer.from(secret));
  return {
    settings: { JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: audience },
    tokenFor,
    callerWith: async (...who) => ({ authorization: `Bearer ${await tokenFor(...who)}` }),
  };
}
