import type { JwtConfig } from './jwt-config.js';
import { ConfigError } from './config-error.js';
import { isLoopback } from './loopback.js';

/** Who may call: whoever presents a valid token, or (sandbox mode) one demo caller. */
export type CallerMode =
  { readonly type: 'jwt'; readonly jwt: readonly JwtConfig[] } | { readonly type: 'demo' };

/**
 * Decides who may call. The demo caller exists only where nobody else can reach it and nothing real is behind it.
 * @throws ConfigError when a token is needed and no key to verify one with is configured
 */
export function callerMode(server: {
  readonly host: string;
  /** False also where a subgraph runs elsewhere: what is behind it is not known here. */
  readonly allProvidersSimulated: boolean;
  readonly jwt: readonly JwtConfig[] | undefined;
}): CallerMode {
  if (server.jwt) return { type: 'jwt', jwt: server.jwt };
  if (isLoopback(server.host) && server.allProvidersSimulated) return { type: 'demo' };
  const reason = server.allProvidersSimulated
    ? 'HOST is not a loopback address'
    : 'not every provider is simulated';
  throw new ConfigError(
    'JWT_JWKS_URL',
    `is not set, nor is JWT_PUBLIC_KEY_FILE or JWT_SECRET: callers need tokens because ${reason}.`,
  );
}
