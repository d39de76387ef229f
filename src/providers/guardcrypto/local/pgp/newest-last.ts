import { SignaturePacket, type Key } from 'openpgp';
import { distinct } from '../distinct.js';

/**
 * Puts the signatures of a key over itself in order, each once. OpenPGP.js goes through them from the last on and checks
 * none that is older than one that fits, so that of a key that was renewed very often it checks one for each of its parts.
 */
export function orderSignatures(key: Key): void {
  key.revocationSignatures = newestLast(key.revocationSignatures);
  const direct: unknown = 'directSignatures' in key ? key.directSignatures : undefined;
  if (Array.isArray(direct)) orderInPlace(direct);
  for (const user of key.users) {
    user.selfCertifications = newestLast(user.selfCertifications);
    user.revocationSignatures = newestLast(user.revocationSignatures);
  }
  for (const subkey of key.subkeys) {
    subkey.bindingSignatures = newestLast(subkey.bindingSignatures);
    subkey.revocationSignatures = newestLast(subkey.revocationSignatures);
  }
}

/** Of what the types of OpenPGP.js do not have. */
function orderInPlace(signatures: unknown[]): void {
  const ordered = newestLast(signatures.filter((one) => one instanceof SignaturePacket));
  signatures.splice(0, signatures.length, ...ordered);
}

/** By when they were made, as they say. */
function newestLast(signatures: readonly SignaturePacket[]): SignaturePacket[] {
  return distinct(signatures, (one) => one.write()).sort((a, b) => createdAt(a) - createdAt(b));
}

function createdAt({ created }: SignaturePacket): number {
  return created?.getTime() || 0;
}
