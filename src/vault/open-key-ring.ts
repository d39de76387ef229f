import { ConfigError } from '../config/config-error.js';
import type { KeyConfig } from '../config/keys.js';
import { parseKeyRing } from './key-ring.js';
import type { KeyRing } from './key-ring.js';

/** The keys that are configured. @throws ConfigError when there are none, or they are malformed */
export function openKeyRing({ vaultKeys }: Pick<KeyConfig, 'vaultKeys'>): KeyRing {
  if (vaultKeys) return parseKeyRing(vaultKeys.reveal(), 'VAULT_KEYS');
  throw new ConfigError(
    'VAULT_KEYS',
    'is not set, nor is VAULT_KEYS_FILE: what is kept of real providers must be sealed.',
  );
}
