import { nameKey } from '../../../../same-name.js';
import { enums, SignaturePacket, type Key, type Subkey, type User } from 'openpgp';
import { invalidInput } from '../../../../provider-error.js';
import { withinLimits } from '../effort.js';
import type {
  PgpCapability,
  PgpComponentFacts,
  PgpKeyFacts,
  PgpSubkeyFacts,
  PgpUserIdFacts,
} from '../facts.js';
import type { TextOrBytes } from '../local-crypto.js';
import { ACCEPTED } from './algorithms.js';
import { keyIds } from './key-id.js';
import { readCertifiedKeys } from './read-keys.js';
import { endOf } from './statements.js';

/** @throws ProviderError `INVALID_INPUT` unless it is one public key, `PROCESSING_LIMIT` */
export function inspectKey(value: TextOrBytes, now: Date): Promise<PgpKeyFacts> {
  return withinLimits(async (effort) => {
    const { keys, certified } = await readCertifiedKeys(['key'], value, effort);
    const [key, ...more] = keys;
    if (key === undefined || more.length > 0)
      throw invalidInput(['key'], 'MALFORMED', 'key must be a single key.');
    const countOf = (userId: string) =>
      certified.reduce((sum, { certifications }) => sum + (certifications.get(userId) ?? 0), 0);
    return keyFacts(key, countOf, now);
  }, OF_ONE_KEY);
}

/** Signatures of a key over itself, one of each of its parts at the least; those of others are not checked. */
const OF_ONE_KEY = { ownSignatures: 300, keySignatures: 50 };

/** How often others have certified a user id. */
type CountOf = (userId: string) => number;

async function keyFacts(key: Key, countOf: CountOf, now: Date): Promise<PgpKeyFacts> {
  const binding = await primaryBinding(key, now).catch(() => undefined);
  const isRevoked = await key.isRevoked(undefined, undefined, now);
  const end = await endOf(key);
  return {
    ...componentFacts(key, { binding, isRevoked, end }, now),
    userIds: await Promise.all(key.users.flatMap((user) => userIdFacts(user, countOf, now))),
    subkeys: await Promise.all(key.subkeys.map((subkey) => subkeyFacts(subkey, now))),
    isSelfSigned: binding !== undefined,
    canEncryptNow:
      end > now.getTime() &&
      (await isTrue(key.getEncryptionKey(undefined, now, undefined, ACCEPTED).then(() => true))),
  };
}

/** The signature of the key itself that says what it is for; of a user id, or since version 6 of the key alone. */
async function primaryBinding(key: Key, now: Date): Promise<SignaturePacket | undefined> {
  const { keyPacket } = key;
  if (keyPacket.version < 6) return (await key.getPrimaryUser(now)).selfCertification;
  const direct = key
    .toPacketList()
    .filter((packet) => packet instanceof SignaturePacket)
    .filter(({ signatureType }) => signatureType === enums.signature.key);
  for (const signature of direct.reverse()) {
    const check = signature.verify(keyPacket, enums.signature.key, { key: keyPacket }, now);
    if (await isTrue(check.then(() => true))) return signature;
  }
  return undefined;
}

async function subkeyFacts(subkey: Subkey, now: Date): Promise<PgpSubkeyFacts> {
  // Null when the primary key has not signed for it.
  const isBound = (await subkey.getExpirationTime(now)) !== null;
  const binding = isBound ? subkey.bindingSignatures.at(-1) : undefined;
  const isRevoked =
    binding !== undefined && (await isTrue(subkey.isRevoked(binding, subkey.mainKey.keyPacket, now)));
  return { ...componentFacts(subkey, { binding, isRevoked, end: await endOf(subkey) }, now), isBound };
}

interface Validity {
  readonly binding: SignaturePacket | undefined;
  readonly isRevoked: boolean;
  /** Milliseconds since the epoch, `Infinity`: never, or not known. */
  readonly end: number;
}

function componentFacts(key: Key | Subkey, validity: Validity, now: Date): PgpComponentFacts {
  const { binding, isRevoked, end } = validity;
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  const expiresAt = Number.isFinite(end) ? end : null;
  return {
    ...keyIds(key.getKeyID()),
    fingerprint: key.getFingerprint(),
    version: key.keyPacket.version,
    algorithm,
    bits: bits ?? null,
    curve: curve ?? null,
    createdAt: key.getCreationTime().getTime(),
    expiresAt,
    capabilities: capabilities(binding),
    isRevoked,
    isExpired: expiresAt !== null && expiresAt <= now.getTime(),
  };
}

const { certifyKeys, signData, encryptCommunication, encryptStorage, authentication } = enums.keyFlags;

const FLAGS: readonly (readonly [PgpCapability, number])[] = [
  ['CERTIFY', certifyKeys],
  ['SIGN', signData],
  ['ENCRYPT', encryptCommunication | encryptStorage],
  ['AUTHENTICATE', authentication],
];

function capabilities(binding: SignaturePacket | undefined): PgpCapability[] {
  const flags = binding?.keyFlags?.[0] ?? 0;
  return FLAGS.filter(([, bits]) => (flags & bits) !== 0).map(([capability]) => capability);
}

function userIdFacts(user: User, countOf: CountOf, now: Date): Promise<PgpUserIdFacts>[] {
  const { userID, otherCertifications, selfCertifications } = user;
  // A user attribute, usually a picture.
  if (userID === null) return [];
  const describe = async (): Promise<PgpUserIdFacts> => {
    // One stands for all of them: a revocation names who made what it revokes, and they are all of the key itself.
    const [certification] = selfCertifications;
    const isRevoked =
      certification !== undefined &&
      (await isTrue(user.isRevoked(certification, user.mainKey.keyPacket, now)));
    return {
      userId: userID.userID,
      name: userID.name || null,
      email: nameKey(userID.email) || null,
      isSelfSigned: await isTrue(user.verify(now)),
      isRevoked,
      certificationCount: otherCertifications.length + countOf(userID.userID),
    };
  };
  return [describe()];
}

async function isTrue(check: Promise<boolean | null>): Promise<boolean> {
  return check.then(
    (value) => value === true,
    () => false,
  );
}
