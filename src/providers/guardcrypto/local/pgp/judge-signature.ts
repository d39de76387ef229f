import {
  enums,
  SignaturePacket,
  type Key,
  type LiteralDataPacket,
  type Subkey,
  type UserIDPacket,
} from 'openpgp';
import { nameKey } from '../../../../same-name.js';
import { isBySender, type PgpSignature, type Verdict } from '../reports.js';
import { brokenHash, hashName, MATCHING } from './algorithms.js';
import { judgeKey, type KeyState } from './judge-key.js';
import { keyIds } from './key-id.js';
import { besideCovered } from './uncovered.js';

/** What a signature is judged with. */
export interface Surroundings {
  /** Of those who may have signed. */
  readonly keys: readonly Key[];
  /** As `senderOf` finds it. */
  readonly sender: string | null | undefined;
  /** The hash algorithms that a readable text names, lower case; undefined where nothing names them. */
  readonly hashes?: ReadonlySet<string> | undefined;
  readonly now: Date;
}

/** How one signature over content came out. @param packet what stands in the place of a signature */
export async function judgeSignature(
  packet: unknown,
  content: LiteralDataPacket,
  { keys, sender, hashes, now }: Surroundings,
): Promise<PgpSignature> {
  if (!(packet instanceof SignaturePacket)) return UNREADABLE;
  const signer = signerOf(packet, keys);
  const { hashAlgorithm } = packet;
  const userIds = signer && (await selfSignedUserIds(signer.key, now));
  return {
    ...keyIds(packet.issuerKeyID),
    ...(obstacleIn(packet, hashes) ?? (await judge(packet, content, signer, now))),
    fingerprint: signer?.key.getFingerprint() ?? null,
    userIds: userIds?.map(({ userID }) => userID) ?? [],
    isBySender: isBySender(
      sender,
      userIds?.map(({ email }) => nameKey(email)),
    ),
    signedAt: creationOf(packet)?.getTime() ?? null,
    hashAlgorithm: hashName(hashAlgorithm),
  };
}

/** What makes it impossible to go by a signature, whoever has made it. */
function obstacleIn(packet: SignaturePacket, hashes: Surroundings['hashes']): KeyState | undefined {
  if (besideCovered(packet.write()) === 'UNKNOWN') return MUST_BE_KNOWN;
  return isNamed(packet, hashes) ? undefined : UNNAMED;
}

/** Whether a readable text names the hash of its signature, as those of version 6 do not need (RFC 9580 section 7). */
function isNamed({ version, hashAlgorithm }: SignaturePacket, hashes?: ReadonlySet<string>): boolean {
  if (hashes === undefined || version === 6) return true;
  const [name = ''] = hashName(hashAlgorithm)?.split('_') ?? [];
  return hashes.has(name) || hashes.has(String(hashName(hashAlgorithm)).replace('_', '-'));
}

interface Signer {
  readonly key: Key;
  readonly component: Key | Subkey;
}

const UNREADABLE: PgpSignature = {
  outcome: 'UNSUPPORTED',
  reason: 'a signature of a version that is not known here',
  ...{ keyId: '0', keyIdHex: '0000000000000000', fingerprint: null, userIds: [] },
  ...{ isBySender: null, signedAt: null, hashAlgorithm: null, isKeyExpired: false, isKeyRevoked: false },
};

/** Ids of keys can be made to collide; where the signature has the whole fingerprint, that decides. */
function signerOf(
  { issuerKeyID, issuerFingerprint }: SignaturePacket,
  keys: readonly Key[],
): Signer | undefined {
  const wanted = issuerFingerprint === null ? undefined : Buffer.from(issuerFingerprint).toString('hex');
  return keys
    .flatMap((key) =>
      key.getKeys(wanted === undefined ? issuerKeyID : undefined).map((component) => ({ key, component })),
    )
    .find(({ component }) => wanted === undefined || component.getFingerprint() === wanted);
}

const NOTHING_SINCE = { isKeyExpired: false, isKeyRevoked: false };
const MUST_BE_KNOWN: KeyState = {
  outcome: 'UNSUPPORTED',
  reason: 'something beside what it covers that must be known',
  ...NOTHING_SINCE,
};
const UNNAMED: KeyState = {
  outcome: 'BAD',
  reason: 'the text does not name the hash of the signature',
  ...NOTHING_SINCE,
};

async function judge(
  packet: SignaturePacket,
  content: LiteralDataPacket,
  signer: Signer | undefined,
  now: Date,
): Promise<KeyState> {
  if (signer === undefined) return { outcome: 'KEY_MISSING', reason: null, ...NOTHING_SINCE };
  const created = creationOf(packet);
  const fit = await matches(packet, content, signer.component);
  if (fit.outcome !== 'GOOD' || created === null) return { ...fit, ...NOTHING_SINCE };
  const state = await judgeKey(signer.key, signer.component, created, now);
  return { ...state, ...(ofItself(packet, created, now) ?? {}) };
}

/** Whether it is a signature of this key over this content. */
async function matches(
  packet: SignaturePacket,
  content: LiteralDataPacket,
  { keyPacket }: Key | Subkey,
): Promise<Verdict> {
  const { signatureType } = packet;
  const created = creationOf(packet);
  if (signatureType !== enums.signature.binary && signatureType !== enums.signature.text)
    return { outcome: 'BAD', reason: 'it is no signature of a message' };
  if (created === null) return { outcome: 'BAD', reason: 'it does not say when it was made' };
  return packet.verify(keyPacket, signatureType, content, created, true, MATCHING).then(
    () => ({ outcome: 'GOOD', reason: null }) as const,
    (error: unknown) => {
      const told = error instanceof Error ? error.message : '';
      // EdDSA is not even tried with a short hash.
      if (/too weak/i.test(told)) return { outcome: 'WEAK', reason: weakHash(packet) };
      return NOT_KNOWN.test(told)
        ? { outcome: 'UNSUPPORTED', reason: algorithmOf(packet) }
        : { outcome: 'BAD', reason: null };
    },
  );
}

// How OpenPGP.js words what it does not implement; what does not fit it words otherwise.
const NOT_KNOWN = /^(?:unknown|unsupported|invalid enum value)|not supported/i;

function weakHash({ hashAlgorithm }: SignaturePacket): string {
  return brokenHash(hashAlgorithm) ?? `the hash ${hashName(hashAlgorithm) ?? '?'} with this algorithm`;
}

function algorithmOf({ publicKeyAlgorithm, hashAlgorithm }: SignaturePacket): string {
  return `public key algorithm ${publicKeyAlgorithm ?? '?'} with hash ${hashAlgorithm ?? '?'}, or something in it that must be known`;
}

/** Null where it does not say, or says it in another number of octets than four: OpenPGP.js gives no date then. */
function creationOf({ created }: SignaturePacket): Date | null {
  return created === null || Number.isNaN(created.getTime()) ? null : created;
}

/** What is wrong with a signature that fits, whatever its key. */
function ofItself(packet: SignaturePacket, created: Date, now: Date): Verdict | undefined {
  const weakness = brokenHash(packet.hashAlgorithm);
  if (weakness !== undefined) return { outcome: 'WEAK', reason: weakness };
  if (created > now) return { outcome: 'NOT_YET_VALID', reason: 'the signature' };
  if (packet.getExpirationTime() <= now) return { outcome: 'EXPIRED', reason: 'the signature' };
  return undefined;
}

async function selfSignedUserIds(key: Key, now: Date): Promise<UserIDPacket[]> {
  const checked = await Promise.all(
    key.users.map(async (user) => ((await user.verify(now).catch(() => false)) ? user.userID : null)),
  );
  return checked.filter((userId) => userId !== null);
}
