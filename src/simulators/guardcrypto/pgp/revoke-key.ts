import { enums, revokeKey as revokeMaster, type PrivateKey, type SecretKeyPacket } from 'openpgp';
import { GuardError } from '../guard-error.js';

const { reasonForRevocation } = enums;

/** Reasons of the wire and what they are in OpenPGP (dossier section 2.3, S20). */
const FLAGS = {
  no_reason: reasonForRevocation.noReason,
  key_superseded: reasonForRevocation.keySuperseded,
  key_compromised: reasonForRevocation.keyCompromised,
  key_retired: reasonForRevocation.keyRetired,
  user_no_longer_valid: reasonForRevocation.userIDInvalid,
} as const;

export type RevocationReason = keyof typeof FLAGS;

export const REVOCATION_REASONS = [
  'no_reason',
  'key_superseded',
  'key_compromised',
  'key_retired',
  'user_no_longer_valid',
] as const satisfies readonly RevocationReason[];

/**
 * Revokes a whole ring by its master's id, or one subkey by its own.
 * @param key open. @param keyId 16 hex digits.
 */
export async function revokeKey(
  key: PrivateKey,
  keyId: string,
  reason: RevocationReason,
  now: Date,
): Promise<PrivateKey> {
  const reasonForRevocation = { flag: FLAGS[reason], string: '' };
  if (key.getKeyID().toHex() === keyId) {
    if (key.revocationSignatures.length > 0) throw new GuardError('alreadyRevoked');
    const revoked = await revokeMaster({ key, reasonForRevocation, date: now, format: 'object' });
    return revoked.privateKey;
  }
  const place = key.subkeys.findIndex((subkey) => subkey.getKeyID().toHex() === keyId);
  const subkey = key.subkeys[place];
  if (subkey === undefined || !isSecret(key.keyPacket)) throw new GuardError('keyNotFound');
  if (subkey.revocationSignatures.length > 0) throw new GuardError('alreadyRevoked');
  key.subkeys[place] = await subkey.revoke(key.keyPacket, reasonForRevocation, now);
  return key;
}

function isSecret(packet: PrivateKey['keyPacket']): packet is SecretKeyPacket {
  return 'privateParams' in packet;
}
