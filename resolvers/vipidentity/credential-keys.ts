import type { CredentialKey } from '../../src/providers/vipidentity/model.js';
import type { VipCredentialKeyInput } from './credential.input.js';
import { requireCredentialType } from './enums.js';

/** @throws ProviderError INVALID_INPUT */
export function toCredentialKeys(inputs: readonly VipCredentialKeyInput[]): CredentialKey[] {
  return inputs.map(({ credentialId, type }, index) => ({
    credentialId,
    credentialType: requireCredentialType(`credentials.${index}.type`, type),
  }));
}
