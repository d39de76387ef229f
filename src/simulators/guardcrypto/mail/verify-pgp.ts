import {
  createMessage,
  readCleartextMessage,
  readSignature,
  verify,
  type CleartextMessage,
  type Key,
  type VerifyMessageResult,
} from 'openpgp';
import { decodedBody, mediaTypeOf, parseEntity, partsOf, type Entity } from './entity.js';

/** What looking for signatures in a mail came to. */
export interface SignatureResult {
  /** Signed, every signer known, and every signature good. */
  readonly verified: boolean;
  /** A signer's key is not known, so nothing can be said. */
  readonly missing: boolean;
}

export const NOT_SIGNED: SignatureResult = { verified: false, missing: false };

/** Checks the signatures of a PGP/MIME or inline mail; undefined when it is neither. */
export async function verifyPgp(
  mail: Entity,
  keys: readonly Key[],
  now: Date,
): Promise<SignatureResult | undefined> {
  const verificationKeys = keys.map((key) => key.toPublic());
  const { type, parameters } = mediaTypeOf(mail);
  if (type === 'multipart/signed' && parameters.get('protocol') === 'application/pgp-signature') {
    const [signed = '', signature = ''] = partsOf(mail);
    return judge(verificationKeys, async () => {
      const binary = new Uint8Array(Buffer.from(signed, 'latin1'));
      return verify({
        message: await createMessage({ binary }),
        signature: await readSignature({
          armoredSignature: decodedBody(parseEntity(signature)).toString('latin1'),
        }),
        verificationKeys,
        format: 'binary',
        date: now,
      });
    });
  }
  if (type !== 'text/plain') return undefined;
  const text = decodedBody(mail).toString('utf8');
  const start = text.indexOf('-----BEGIN PGP SIGNED MESSAGE-----');
  if (start < 0) return undefined;
  return judge(verificationKeys, async () => {
    const message: CleartextMessage = await readCleartextMessage({ cleartextMessage: text.slice(start) });
    return verify({ message, verificationKeys, date: now });
  });
}

async function judge(
  keys: readonly Key[],
  check: () => Promise<Pick<VerifyMessageResult, 'signatures'>>,
): Promise<SignatureResult> {
  try {
    const { signatures } = await check();
    const known = signatures.every(({ keyID }) => keys.some((key) => key.getKeys(keyID).length > 0));
    if (signatures.length === 0 || !known) return { verified: false, missing: signatures.length > 0 };
    await Promise.all(signatures.map(({ verified }) => verified));
    return { verified: true, missing: false };
  } catch {
    return NOT_SIGNED;
  }
}
