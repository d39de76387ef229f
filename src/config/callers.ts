import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { list, secret, text, url } from './fields.js';
import { DEFAULT_PUBLIC_KEY_ALGORITHMS, PUBLIC_KEY_ALGORITHMS, readIssuers } from './issuers.js';
import { isLoopback } from './loopback.js';
import { readConfiguredFile } from './read-file.js';
import type { JwtConfig, JwtKey } from './jwt-config.js';
import { parseSettings, refuseTogether, type SettingsOf } from './settings.js';

const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'];
const DEFAULT_ALGORITHMS = { public: DEFAULT_PUBLIC_KEY_ALGORITHMS, secret: ['HS256'] };

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
  JWT_ISSUERS_FILE: text()
    .optional()
    .describe(
      'JSON file with several token issuers, instead of all the others here: a list of { issuer, audience, jwksUrl or publicKeyFile, tenant, or tenantClaim and tenants, algorithms }. Each tenant belongs to one issuer.',
    ),
  JWT_ALGORITHMS: list()
    .optional()
    .describe(
      `Accepted signature algorithms, separated by commas. Default: ${DEFAULT_ALGORITHMS.public.join(',')}; with JWT_SECRET ${DEFAULT_ALGORITHMS.secret.join(',')}.`,
    ),
};

/**
 * The issuers of tokens; undefined when no key to verify tokens with is configured.
 * @throws ConfigError
 */
export function readJwtConfig(environment: Environment): readonly JwtConfig[] | undefined {
  const settings = parseSettings(callerSettings, environment);
  const { JWT_ISSUERS_FILE, JWT_ISSUER, JWT_AUDIENCE } = settings;
  if (JWT_ISSUERS_FILE !== undefined) {
    const { JWT_JWKS_URL, JWT_PUBLIC_KEY_FILE, JWT_SECRET } = settings;
    for (const other of [
      { JWT_JWKS_URL },
      { JWT_PUBLIC_KEY_FILE },
      { JWT_SECRET },
      { JWT_ISSUER },
      { JWT_AUDIENCE },
    ])
      refuseTogether({ ...other, JWT_ISSUERS_FILE });
    return readIssuers(JWT_ISSUERS_FILE);
  }
  const key = readKey(settings);
  if (key === undefined) return undefined;
  const issuer: JwtConfig = {
    key,
    issuer: requireWithKey('JWT_ISSUER', JWT_ISSUER),
    audience: requireWithKey('JWT_AUDIENCE', JWT_AUDIENCE),
    tenantClaim: settings.JWT_TENANT_CLAIM,
    tenants: undefined,
    algorithms: readAlgorithms(key, settings.JWT_ALGORITHMS),
  };
  return [issuer];
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
