import {
  createMessage,
  enums,
  readCleartextMessage,
  readMessage,
  readSignature,
  verify,
  type Key,
  type PartialConfig,
  type VerifyMessageResult,
} from 'openpgp';
import { invalidInput, ProviderError } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import type { VerifyPgpInput } from '../local-crypto.js';
import type { PgpSignature, SignatureOutcome, SignatureReport } from '../reports.js';
import { isBinaryPgp } from './armor.js';
import { findSigned, type SignedPgp } from './find-signed.js';
import { keyIds } from './key-id.js';
import { readKeyList } from './read-keys.js';

// A few bytes can unfold to many.
const LIMITS: PartialConfig = { maxDecompressedMessageSize: 128 * 1024 * 1024 };

/** @throws ProviderError `INVALID_INPUT` when there is no signature, or the message is encrypted */
export async function verifyMessage(
  { message, signature, keys }: VerifyPgpInput,
  now: Date,
): Promise<SignatureReport<PgpSignature>> {
  const publicKeys = await readKeyList('keys', keys);
  const content = bytesOf(message);
  const signed: SignedPgp | undefined =
    signature === undefined
      ? findSigned(content)
      : { form: 'DETACHED', content, signature: bytesOf(signature) };
  if (signed === undefined) throw NOT_SIGNED();
  const { data, signatures } = await check(signed, publicKeys, now).catch((error: unknown) => {
    if (error instanceof ProviderError) throw error;
    throw signature === undefined ? NOT_SIGNED() : invalidInput(['signature'], UNREADABLE_SIGNATURE);
  });
  if (signatures.length === 0) throw NOT_SIGNED();
  const described = await Promise.all(signatures.map((one) => describe(one, publicKeys, now)));
  return {
    form: signed.form,
    isVerified: described.every(({ outcome }) => outcome === 'GOOD'),
    signatures: described,
    content: typeof data === 'string' ? Buffer.from(data, 'utf8') : data,
  };
}

const NOT_SIGNED = (): ProviderError => invalidInput(['message'], 'message must carry an OpenPGP signature.');
const UNREADABLE_SIGNATURE = 'signature must be an OpenPGP signature.';

type Checked = VerifyMessageResult<string> | VerifyMessageResult<Uint8Array>;

async function check(signed: SignedPgp, keys: readonly Key[], date: Date): Promise<Checked> {
  const options = { verificationKeys: keys.map((key) => key.toPublic()), date, config: LIMITS };
  switch (signed.form) {
    case 'CLEARTEXT':
      return verify({ message: await readCleartextMessage({ cleartextMessage: signed.text }), ...options });
    case 'OPAQUE':
      return verify({ message: await openMessage(signed.message), format: 'binary', ...options });
    case 'MIME':
    case 'DETACHED': {
      const { content, signature } = signed;
      return verify({
        message: await createMessage({ binary: new Uint8Array(content) }),
        signature: isBinaryPgp(signature)
          ? await readSignature({ binarySignature: new Uint8Array(signature) })
          : await readSignature({ armoredSignature: signature.toString('latin1') }),
        format: 'binary',
        ...options,
      });
    }
  }
}

async function openMessage(bytes: Buffer) {
  const message = isBinaryPgp(bytes)
    ? await readMessage({ binaryMessage: new Uint8Array(bytes), config: LIMITS })
    : await readMessage({ armoredMessage: bytes.toString('latin1'), config: LIMITS });
  const { aeadEncryptedData, symEncryptedIntegrityProtectedData, symmetricallyEncryptedData } = enums.packet;
  const encrypted = message.packets.filterByTag(
    aeadEncryptedData,
    symEncryptedIntegrityProtectedData,
    symmetricallyEncryptedData,
  );
  if (encrypted.length > 0)
    throw invalidInput(['message'], 'message is encrypted: only its reader can look for a signature.');
  return message;
}

async function describe(
  { keyID, signature, verified }: VerifyMessageResult['signatures'][number],
  keys: readonly Key[],
  now: Date,
): Promise<PgpSignature> {
  const signer = keys.find((key) => key.getKeys(keyID).length > 0);
  const isGood = await verified.catch(() => false);
  const [packet] = (await signature).packets;
  const signedAt = packet?.created ?? null;
  const outcome = async (): Promise<SignatureOutcome> => {
    if (signer === undefined) return 'KEY_MISSING';
    if (isGood) return 'GOOD';
    // Whether the key could sign at all then tells why it is not good.
    return signer.getSigningKey(keyID, signedAt ?? undefined).then(
      () => 'BAD',
      () => 'KEY_UNUSABLE',
    );
  };
  return {
    ...keyIds(keyID),
    outcome: await outcome(),
    fingerprint: signer?.getFingerprint() ?? null,
    userIds: signer === undefined ? [] : await selfSignedUserIds(signer, now),
    signedAt: signedAt?.getTime() ?? null,
    hashAlgorithm: packet?.hashAlgorithm ? enums.read(enums.hash, packet.hashAlgorithm) : null,
  };
}

async function selfSignedUserIds(key: Key, now: Date): Promise<string[]> {
  const checked = await Promise.all(
    key.users.map(async (user) =>
      (await user.verify(now).catch(() => false)) ? user.userID?.userID : undefined,
    ),
  );
  return checked.filter((userId) => userId !== undefined);
}
