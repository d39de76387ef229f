import { decodeJwt } from 'jose';
import type { JwtConfig } from '../config/jwt-config.js';
import { AuthenticationError } from './authenticator.js';
import type { Authenticator } from './authenticator.js';
import { bearerToken, createJwtAuthenticator } from './jwt-authenticator.js';
import type { JwtAuthenticatorOptions } from './jwt-authenticator.js';

/**
 * Callers by the tokens of any of these issuers. What a token says of its issuer only chooses whose key, audience and
 * tenants it is verified by.
 * @throws ConfigError when a configured public key cannot be used
 */
export function createTokenAuthenticator(
  issuers: readonly JwtConfig[],
  options: Omit<JwtAuthenticatorOptions, keyof JwtConfig>,
): Authenticator {
  const byIssuer = new Map(
    issuers.map((issuer) => [issuer.issuer, createJwtAuthenticator({ ...options, ...issuer })]),
  );
  const [first, ...others] = byIssuer.values();
  if (first && others.length === 0) return first;
  return {
    async authenticate(authorization) {
      const chosen = byIssuer.get(issuerOf(bearerToken(authorization)) ?? '');
      if (!chosen) throw new AuthenticationError('UNAUTHENTICATED', undefined, 'no known issuer');
      return chosen.authenticate(authorization);
    },
  };
}

function issuerOf(token: string | undefined): string | undefined {
  try {
    return token === undefined ? undefined : decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
