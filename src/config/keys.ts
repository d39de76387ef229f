import type { Environment } from './environment.js';
import { list, secret, secretList, text } from './fields.js';
import { readConfiguredFile } from './read-file.js';
import { Secret } from './secret.js';
import { parseSettings, refuseTogether } from './settings.js';

/** Keys of our own. */
export interface KeyConfig {
  /** Key ring of the vault as text, `id:base64` entries separated by commas; undefined when none is configured. */
  readonly vaultKeys: Secret | undefined;
  /** Shared by gateway and subgraph services: the first signs, all are accepted. Empty when none is configured. */
  readonly gatewaySecrets: readonly Secret[];
  /** How callers of a subgraph service may prove who they are. */
  readonly subgraphAuth: ReadonlySet<SubgraphAuth>;
}

/** By what a gateway of ours has signed, or by the caller's own token that another router hands on. */
export type SubgraphAuth = 'signed' | 'jwt';

export const keySettings = {
  VAULT_KEYS: secret()
    .optional()
    .describe(
      'Keys that seal secrets at rest: id:base64 of 32 random bytes, entries separated by commas, the first in use, the others still opened. Secret.',
    ),
  VAULT_KEYS_FILE: text().optional().describe('File that holds the same, instead of VAULT_KEYS.'),
  GATEWAY_SECRET: secretList(32)
    .optional()
    .describe(
      'Secrets shared by gateway and subgraph services, at least 32 characters each, separated by commas: the first signs, all are accepted. Secret.',
    ),
  SUBGRAPH_AUTH: list()
    .refine((names) => names.length > 0 && names.every(isSubgraphAuth), {
      error: 'must hold only signed and jwt.',
    })
    .transform((names) => names.filter(isSubgraphAuth))
    .default(['signed'])
    .describe(
      "What subgraph services accept, separated by commas: signed, which is what this product's gateway sends (GATEWAY_SECRET), and jwt, the caller's access token as another router forwards it (JWT_ settings).",
    ),
};

/** @throws ConfigError */
export function readKeyConfig(environment: Environment): KeyConfig {
  const { VAULT_KEYS, VAULT_KEYS_FILE, GATEWAY_SECRET, SUBGRAPH_AUTH } = parseSettings(
    keySettings,
    environment,
  );
  refuseTogether({ VAULT_KEYS, VAULT_KEYS_FILE });
  return {
    vaultKeys: VAULT_KEYS_FILE
      ? new Secret(readConfiguredFile('VAULT_KEYS_FILE', VAULT_KEYS_FILE))
      : VAULT_KEYS,
    gatewaySecrets: GATEWAY_SECRET ?? [],
    subgraphAuth: new Set(SUBGRAPH_AUTH),
  };
}

function isSubgraphAuth(name: string): name is SubgraphAuth {
  return name === 'signed' || name === 'jwt';
}
