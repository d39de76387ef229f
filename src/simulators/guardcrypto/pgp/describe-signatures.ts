import { enums, type Key, type SignaturePacket } from 'openpgp';

/** Readable names of the signature types that stand on keys (dossier section 3.2, `Signature`). */
const DESCRIPTIONS: ReadonlyMap<number, string> = new Map([
  [enums.signature.certGeneric, 'Generic certification'],
  [enums.signature.certPersona, 'Persona certification'],
  [enums.signature.certCasual, 'Casual certification'],
  [enums.signature.certPositive, 'Positive certification'],
  [enums.signature.subkeyBinding, 'Subkey binding'],
  [enums.signature.keyBinding, 'Primary key binding'],
  [enums.signature.key, 'Direct key signature'],
  [enums.signature.keyRevocation, 'Key revocation'],
  [enums.signature.subkeyRevocation, 'Subkey revocation'],
  [enums.signature.certRevocation, 'Certification revocation'],
]);

interface Found {
  readonly signature: SignaturePacket;
  /** The key it stands on. */
  readonly keyId: string;
  readonly fingerPrint: string;
  readonly userId?: string;
  /** What it was made over. */
  readonly over: object;
}

/**
 * The signatures on one key of a ring, and on the subkeys of its master if wanted.
 * @param keyId 16 hex digits. @param known where issuers are looked for.
 */
export async function describeSignatures(
  ring: Key,
  keyId: string,
  subkeys: boolean,
  known: readonly Key[],
  now: Date,
): Promise<unknown[]> {
  const master = ring.getKeyID().toHex() === keyId;
  const found = [
    ...(master ? onMaster(ring) : []),
    ...onSubkeys(ring).filter((signature) => (master && subkeys) || signature.keyId === keyId),
  ];
  return Promise.all(found.map((signature) => describe(signature, known, now)));
}

function onMaster(ring: Key): Found[] {
  const keyId = ring.getKeyID().toHex();
  const fingerPrint = ring.getFingerprint();
  const key = ring.keyPacket;
  return [
    ...ring.revocationSignatures.map((signature) => ({ signature, keyId, fingerPrint, over: { key } })),
    ...ring.users.flatMap(({ userID, selfCertifications, otherCertifications, revocationSignatures }) =>
      userID === null
        ? []
        : [...selfCertifications, ...otherCertifications, ...revocationSignatures].map((signature) => ({
            signature,
            keyId,
            fingerPrint,
            userId: userID.userID,
            over: { userID, key },
          })),
    ),
  ];
}

function onSubkeys(ring: Key): Found[] {
  return ring.subkeys.flatMap((subkey) =>
    [...subkey.bindingSignatures, ...subkey.revocationSignatures].map((signature) => ({
      signature,
      keyId: subkey.getKeyID().toHex(),
      fingerPrint: subkey.getFingerprint(),
      over: { key: ring.keyPacket, bind: subkey.keyPacket },
    })),
  );
}

async function describe(found: Found, known: readonly Key[], now: Date): Promise<unknown> {
  const { signature, userId } = found;
  const type = signature.signatureType ?? 0;
  const issuer = known.find((key) => key.getKeyIDs().some((id) => id.equals(signature.issuerKeyID)));
  return {
    signatureType: type,
    description: DESCRIPTIONS.get(type) ?? 'Unknown',
    ...(userId === undefined ? {} : { userId }),
    keyId: found.keyId.toUpperCase(),
    fingerPrint: found.fingerPrint.toUpperCase(),
    ...(issuer === undefined ? {} : { issuer: issuer.getUserIDs()[0] }),
    issuerKeyId: signature.issuerKeyID.toHex().toUpperCase(),
    ...(issuer === undefined ? {} : { issuerFingerPrint: issuer.getFingerprint().toUpperCase() }),
    verified: issuer !== undefined && (await isGood(found, issuer, now)),
    keyMissing: issuer === undefined,
    hashAlgorithm: signature.hashAlgorithm,
    creationTime: signature.created?.getTime() ?? 0,
    version: signature.version,
  };
}

function isGood({ signature, over }: Found, issuer: Key, now: Date): Promise<boolean> {
  const type = signature.signatureType ?? enums.signature.certGeneric;
  return signature.verify(issuer.keyPacket, type, over, now).then(
    () => true,
    () => false,
  );
}
