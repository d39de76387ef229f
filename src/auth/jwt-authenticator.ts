import { createPublicKey, createSecretKey } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { FetchImplementation, JWTVerifyGetKey } from 'jose';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { JwtConfig } from '../config/jwt-config.js';
import { ConfigError } from '../config/config-error.js';
import { AuthenticationError } from './authenticator.js';
import type { Authenticator } from './authenticator.js';
import { callerFromClaims, tenantOf } from './caller-claims.js';
import { KeySet } from './key-set.js';
import { VerifiedTokens } from './verified-tokens.js';

export interface JwtAuthenticatorOptions extends JwtConfig {
  readonly clock: Clock;
  /** Told when keys cannot be fetched. */
  readonly logger: Logger;
  /** How far the issuer's clock may be from ours, milliseconds. Default 5000. */
  readonly clockToleranceMs?: number;
  /** Fetches the key set. Default: the global one. */
  readonly fetch?: FetchImplementation;
}

/**
 * Callers by `Bearer` tokens: a JWT whose signature, algorithm, issuer, audience and times are right. A key set is
 * fetched with the first token, kept for ten minutes, and fetched again for a key it does not hold; while it cannot be
 * fetched, the last keys are used for up to an hour. A verified token is remembered until it expires or the keys change.
 * @throws ConfigError when the configured public key cannot be used
 */
export function createJwtAuthenticator(options: JwtAuthenticatorOptions): Authenticator {
  const { issuer, audience, algorithms, tenantClaim, tenants, clock, clockToleranceMs = 5_000 } = options;
  const known = new VerifiedTokens(clock);
  const findKey = keyFinder(options, () => known.clear());

  return {
    async authenticate(authorization) {
      const token = bearerToken(authorization);
      if (token === undefined) throw new AuthenticationError('UNAUTHENTICATED', undefined, 'no bearer token');
      const remembered = known.get(token);
      if (remembered) return remembered;
      try {
        const { payload } = await jwtVerify(token, findKey, {
          issuer,
          audience,
          algorithms: [...algorithms],
          clockTolerance: clockToleranceMs / 1000,
          currentDate: new Date(clock.now()),
        });
        const caller = callerFromClaims(payload, tenantOf(payload, { tenantClaim, tenants }));
        known.add(token, caller);
        return caller;
      } catch (error) {
        throw new AuthenticationError(
          error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED',
          error,
          reasonOf(error),
        );
      }
    },
  };
}

/** The words of the library quote the token: its codes, and the name of the claim, do not. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
    return `${error.code} ${error.claim}`;
  return error instanceof errors.JOSEError ? error.code : undefined;
}

/** The token of an `authorization` header; undefined where there is none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +([\w~+/.-]+=*)$/i.exec(authorization ?? '')?.[1];
}

function keyFinder(
  { key, clock, logger, fetch }: JwtAuthenticatorOptions,
  onChange: () => void,
): JWTVerifyGetKey {
  if (key.type === 'jwks') return new KeySet({ url: key.url, clock, logger, fetch, onChange }).find;
  const fixed =
    key.type === 'secret'
      ? createSecretKey(Buffer.from(key.secret.reveal(), 'utf8'))
      : readPublicKey(key.pem);
  return () => fixed;
}

function readPublicKey(pem: string) {
  try {
    return createPublicKey(pem);
  } catch {
    throw new ConfigError('JWT_PUBLIC_KEY_FILE', 'names a file without a readable PEM public key.');
  }
}
