import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { list, secret, text, url } from './fields.js';
import { isLoopback } from './loopback.js';
import { readConfiguredFile } from './read-file.js';
import type { Secret } from './secret.js';
import { parseSettings, refuseTogether, type SettingsOf } from './settings.js';

/** What access tokens are verified with. */
export type JwtKey =
  | { readonly type: 'jwks'; readonly url: string }
  /** PEM text, read from the configured file. */
  | { readonly type: 'publicKey'; readonly pem: string }
  | { readonly type: 'secret'; readonly secret: Secret };

/** How access tokens are verified. */
export interface JwtConfig {
  readonly key: JwtKey;
  readonly issuer: string;
  readonly audience: string;
  /** Claim that holds the caller's tenant. */
  readonly tenantClaim: string;
  readonly algorithms: readonly string[];
}

const PUBLIC_KEY_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'];
const DEFAULT_ALGORITHMS = { public: ['RS256', 'ES256', 'EdDSA'], secret: ['HS256'] };

export const callerSettings = {
  JWT_JWKS_URL: url('https', 'http')
    .refine((address) => address.startsWith('https:') || isLoopback(new URL(address).hostname), {
      error: 'must be an https URL, or an http URL on this machine.',
    })
    .optional()
    .describe(
      'Where the public keys of the token issuer are published. Set one of JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE and JWT_SECRET.',
    ),
  JWT_PUBLIC_KEY_FILE: text().optional().describe('PEM file with the public key of the token issuer.'),
  JWT_SECRET: secret(32)
    .optional()
    .describe('Secret shared with the token issuer, at least 32 characters. Secret.'),
  JWT_ISSUER: text()
    .optional()
    .describe('Required issuer (iss) of every token. Must be set with any of the three above.'),
  JWT_AUDIENCE: text().optional().describe('Required audience (aud) of every token. Must be set likewise.'),
  JWT_TENANT_CLAIM: text().default('tenant').describe("Claim that holds the caller's tenant."),
  JWT_ALGORITHMS: list()
    .optional()
    .describe(
      `Accepted signature algorithms, separated by commas. Default: ${DEFAULT_ALGORITHMS.public.join(',')}; with JWT_SECRET ${DEFAULT_ALGORITHMS.secret.join(',')}.`,
    ),
};

/**
 * Undefined when no key to verify tokens with is configured.
 * @throws ConfigError
 */
export function readJwtConfig(environment: Environment): JwtConfig | undefined {
  const settings = parseSettings(callerSettings, environment);
  const key = readKey(settings);
  if (key === undefined) return undefined;
  return {
    key,
    issuer: requireWithKey('JWT_ISSUER', settings.JWT_ISSUER),
    audience: requireWithKey('JWT_AUDIENCE', settings.JWT_AUDIENCE),
    tenantClaim: settings.JWT_TENANT_CLAIM,
    algorithms: readAlgorithms(key, settings.JWT_ALGORITHMS),
  };
}

function readKey(settings: SettingsOf<typeof callerSettings>): JwtKey | undefined {
  const { JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE, JWT_SECRET } = settings;
  refuseTogether({ JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE, JWT_SECRET });
  if (JWT_JWKS_URL !== undefined) return { type: 'jwks', url: JWT_JWKS_URL };
  if (JWT_PUBLIC_KEY_FILE !== undefined) {
    return { type: 'publicKey', pem: readConfiguredFile('JWT_PUBLIC_KEY_FILE', JWT_PUBLIC_KEY_FILE) };
  }
  return JWT_SECRET && { type: 'secret', secret: JWT_SECRET };
}

function requireWithKey(variable: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new ConfigError(variable, 'is not set, but a key to verify tokens with is.');
}

// Naming what a key can be used with keeps a public key from being taken for a shared secret.
function readAlgorithms(key: JwtKey, configured: readonly string[] | undefined): readonly string[] {
  const sort = key.type === 'secret' ? 'secret' : 'public';
  const known = sort === 'secret' ? SECRET_ALGORITHMS : PUBLIC_KEY_ALGORITHMS;
  if (configured === undefined) return DEFAULT_ALGORITHMS[sort];
  if (configured.length > 0 && configured.every((algorithm) => known.includes(algorithm))) return configured;
  throw new ConfigError('JWT_ALGORITHMS', `must hold only ${known.join(', ')} with the configured key.`);
}
