import { z } from 'zod';
import type { JwtConfig, JwtKey } from './jwt-config.js';
import { ConfigError } from './config-error.js';
import { isLoopback } from './loopback.js';
import { readConfiguredFile } from './read-file.js';

export const PUBLIC_KEY_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
export const DEFAULT_PUBLIC_KEY_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

const VARIABLE = 'JWT_ISSUERS_FILE';

const jwksUrl = z
  .url({ protocol: /^https?$/ })
  .refine((address) => address.startsWith('https:') || isLoopback(new URL(address).hostname));

const issuer = z
  .strictObject({
    issuer: z.string().min(1),
    audience: z.string().min(1),
    jwksUrl: jwksUrl.optional(),
    publicKeyFile: z.string().min(1).optional(),
    /** The one tenant of all its callers. */
    tenant: z.string().min(1).optional(),
    /** Or the claim that names one of `tenants`. */
    tenantClaim: z.string().min(1).optional(),
    tenants: z.array(z.string().min(1)).min(1).optional(),
    algorithms: z.array(z.enum(PUBLIC_KEY_ALGORITHMS)).min(1).default(DEFAULT_PUBLIC_KEY_ALGORITHMS),
  })
  .refine(
    ({ jwksUrl: keys, publicKeyFile }) => (keys === undefined) !== (publicKeyFile === undefined),
    'must have one of jwksUrl and publicKeyFile',
  )
  .refine(
    ({ tenant, tenantClaim, tenants }) =>
      tenant === undefined
        ? tenantClaim !== undefined && tenants !== undefined
        : tenantClaim === undefined && tenants === undefined,
    'must have either tenant, or tenantClaim and tenants',
  );

/**
 * The issuers that the setting's file tells of. Each has tenants of its own: whoever may issue tokens for one tenant
 * cannot do so for another's.
 * @throws ConfigError
 */
export function readIssuers(path: string): readonly JwtConfig[] {
  const parsed = z
    .array(issuer)
    .min(1)
    .safeParse(parseJson(readConfiguredFile(VARIABLE, path)));
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    throw new ConfigError(VARIABLE, `is not right at ${problem?.path.join('.') || 'its top'}.`);
  }
  const issuers = parsed.data.map(toConfig);
  refuseDoubled(
    issuers.map((one) => one.issuer),
    'names an issuer twice',
  );
  refuseDoubled(
    issuers.flatMap(({ tenants }) => tenants ?? []),
    'gives one tenant to two issuers',
  );
  return issuers;
}

function toConfig({ jwksUrl: address, publicKeyFile, tenant, ...rest }: z.output<typeof issuer>): JwtConfig {
  const key: JwtKey =
    address === undefined
      ? { type: 'publicKey', pem: readConfiguredFile(VARIABLE, publicKeyFile ?? '') }
      : { type: 'jwks', url: address };
  return {
    key,
    issuer: rest.issuer,
    audience: rest.audience,
    algorithms: rest.algorithms,
    tenantClaim: rest.tenantClaim,
    tenants: tenant === undefined ? rest.tenants : [tenant],
  };
}

function refuseDoubled(names: readonly string[], what: string): void {
  if (new Set(names).size < names.length) throw new ConfigError(VARIABLE, `${what}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
