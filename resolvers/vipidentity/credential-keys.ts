import { checkAll } from '../../src/check-all.js';
import { checkCredentials } from '../../src/providers/vipidentity/credentials.js';
import type { CredentialKey } from '../../src/providers/vipidentity/model.js';
import type { VipCredentialKeyInput } from './credential.input.js';
import { requireCredentialType } from './enums.js';

/** @throws ProviderError INVALID_INPUT */
export function toCredentialKeys(inputs: readonly VipCredentialKeyInput[]): CredentialKey[] {
  const toKey = ({ credentialId, type }: VipCredentialKeyInput, index: number): CredentialKey => ({
    credentialId,
    credentialType: requireCredentialType(`credentials.${index}.type`, type),
  });
  checkAll([() => checkCredentials(inputs), ...inputs.map((input, index) => () => toKey(input, index))]);
  return inputs.map(toKey);
}
