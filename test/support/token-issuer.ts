import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';

/** Whoever signs the tokens of callers. */
export interface TokenIssuer {
  /** What makes a gateway believe its tokens. */
  readonly settings: Readonly<Record<string, string>>;
  /** Headers, or connection parameters, of a caller of the tenant `acme`. */
  callerWith(subject: string, scopes: readonly string[]): Promise<{ authorization: string }>;
}

/** An issuer with a secret of its own; its tokens are good for five minutes. */
export function createTokenIssuer(): TokenIssuer {
  const issuer = 'https://issuer.example.test';
  const audience = 'sealgraph';
  const secret = randomBytes(32).toString('hex');
  return {
    settings: { JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: audience },
    async callerWith(subject, scopes) {
      const token = await new SignJWT({ scope: scopes.join(' '), tenant: 'acme' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime('5 minutes')
        .sign(Buffer.from(secret));
      return { authorization: `Bearer ${token}` };
    },
  };
}
