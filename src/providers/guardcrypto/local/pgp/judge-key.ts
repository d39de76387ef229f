import type { Key, SignaturePacket, Subkey } from 'openpgp';
import type { Verdict } from '../reports.js';
import { ACCEPTED, weaknessOf } from './algorithms.js';
import { endOf, isSubkey, maySign } from './statements.js';

/** Whether a key could sign at a time, and what has become of it since. */
export interface KeyState extends Verdict {
  readonly isKeyExpired: boolean;
  readonly isKeyRevoked: boolean;
}

/** Nothing else may ask about the key meanwhile. @param component the key that signed, of those in `key` */
export async function judgeKey(
  key: Key,
  component: Key | Subkey,
  signedAt: Date,
  now: Date,
): Promise<KeyState> {
  const components = component === key ? [key] : [key, component];
  const ends = await Promise.all(components.map((one) => endOf(one)));
  const end = Math.min(...ends);
  const wasRevoked = await isRevoked(key, components, signedAt);
  const isKeyRevoked = wasRevoked || (await isRevoked(key, components, now));
  const since = { isKeyExpired: end <= now.getTime(), isKeyRevoked };
  const weakness = components.map(weaknessOf).find((found) => found !== undefined);
  if (wasRevoked) return { outcome: 'REVOKED', reason: 'the key', ...since };
  if (weakness !== undefined) return { outcome: 'WEAK', reason: weakness, ...since };
  if (components.some((one) => one.getCreationTime() > signedAt))
    return { outcome: 'NOT_YET_VALID', reason: 'the key is younger than the signature', ...since };
  if (end <= signedAt.getTime()) return { outcome: 'EXPIRED', reason: 'the key', ...since };
  if ((await maySign(component)) && (await couldSign(key, component, signedAt, isKeyRevoked)))
    return { outcome: 'GOOD', reason: null, ...since };
  return { outcome: 'KEY_UNUSABLE', reason: 'the key is not bound to its owner for signing', ...since };
}

/** What was revoked softly, as out of use, is revoked from then on; anything else always was. */
async function isRevoked(key: Key, components: readonly (Key | Subkey)[], at: Date): Promise<boolean> {
  forget(key);
  const checks = components.map(async (component) => {
    if (!isSubkey(component)) return component.isRevoked(undefined, undefined, at, ACCEPTED);
    const binding = component.bindingSignatures.at(-1);
    return binding !== undefined && component.isRevoked(binding, component.mainKey.keyPacket, at, ACCEPTED);
  });
  return (await Promise.all(checks)).includes(true);
}

async function couldSign(
  key: Key,
  component: Key | Subkey,
  at: Date,
  isRevokedNow: boolean,
): Promise<boolean> {
  const signs = async (date: Date | null) => {
    forget(key);
    return key.getSigningKey(component.getKeyID(), date, undefined, ACCEPTED).then(
      () => true,
      () => false,
    );
  };
  // A key whose end was moved has a newer signature of its own than what it signed before.
  return (await signs(at)) || (!isRevokedNow && (await signs(null)));
}

/** OpenPGP.js keeps on a signature that it was found revoked, at whatever time that was asked for. */
function forget({ users, subkeys }: Key): void {
  const signatures: SignaturePacket[] = [
    ...users.flatMap(({ selfCertifications }) => selfCertifications),
    ...subkeys.flatMap(({ bindingSignatures }) => bindingSignatures),
  ];
  for (const signature of signatures) signature.revoked = null;
}
