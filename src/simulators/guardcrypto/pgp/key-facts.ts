import { enums, type Key, type SignaturePacket, type Subkey } from 'openpgp';
import { signedKeyId } from './key-id.js';

/** One key of a ring as the wire tells it (dossier section 3.2, `PublicKey`). */
export interface KeyFacts {
  readonly id: bigint;
  readonly expired: boolean;
  readonly hasPrivateKey: boolean;
  /** 40 hex digits, upper case. */
  readonly fingerPrint: string;
  readonly userIds: readonly string[];
  readonly encryptionKey: boolean;
  readonly masterKey: boolean;
  /** Seconds after creation; 0 means for ever. */
  readonly validSeconds: number;
  readonly revoked: boolean;
  /** Milliseconds since the epoch. */
  readonly creationTime: number;
}

const ENCRYPTION_FLAGS = enums.keyFlags.encryptCommunication | enums.keyFlags.encryptStorage;

/** Every key of a ring, the master first. */
export async function keyFacts(key: Key, now: Date): Promise<KeyFacts[]> {
  const hasPrivateKey = key.isPrivate();
  const selfCertifications = key.users.flatMap((user) => user.selfCertifications);
  const master: KeyFacts = {
    ...common(key, newest(selfCertifications), now),
    hasPrivateKey,
    userIds: key.getUserIDs(),
    masterKey: true,
    revoked: await key.isRevoked(undefined, undefined, now),
  };
  const subkeys = key.subkeys.map((subkey): KeyFacts => {
    const revokedAt = newest(subkey.revocationSignatures)?.created;
    return {
      ...common(subkey, newest(subkey.bindingSignatures), now),
      hasPrivateKey,
      userIds: [],
      masterKey: false,
      revoked: revokedAt instanceof Date && revokedAt <= now,
    };
  });
  return [master, ...subkeys];
}

function common(key: Key | Subkey, binding: SignaturePacket | undefined, now: Date) {
  const created = key.getCreationTime().getTime();
  const validSeconds = binding?.keyExpirationTime ?? 0;
  return {
    id: signedKeyId(key.getKeyID()),
    expired: validSeconds > 0 && created + validSeconds * 1000 <= now.getTime(),
    fingerPrint: key.getFingerprint().toUpperCase(),
    encryptionKey: ((binding?.keyFlags?.[0] ?? 0) & ENCRYPTION_FLAGS) !== 0,
    validSeconds,
    creationTime: created,
  };
}

function newest(signatures: readonly SignaturePacket[]): SignaturePacket | undefined {
  return signatures.reduce<SignaturePacket | undefined>(
    (latest, signature) => ((signature.created ?? 0) >= (latest?.created ?? 0) ? signature : latest),
    undefined,
  );
}

/** Whether mail can be encrypted to a ring now: neither it nor its encryption key is expired or revoked. */
export async function canEncrypt(key: Key, now: Date): Promise<boolean> {
  return key.getEncryptionKey(undefined, now).then(
    () => true,
    () => false,
  );
}

/** The addresses in a ring's user ids, lower case. */
export function addresses(key: Key): string[] {
  return key.users.flatMap(({ userID }) =>
    userID === null || userID.email === '' ? [] : [userID.email.toLowerCase()],
  );
}
