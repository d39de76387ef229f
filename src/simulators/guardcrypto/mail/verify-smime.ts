import { verifySignedData } from '../smime/cms.js';
import { decodedBody, isClean, mediaTypeOf, type Entity } from './entity.js';
import { signedParts } from './signed-parts.js';
import type { SignatureResult } from './verify-pgp.js';

const SIGNATURE_PROTOCOLS = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];
const SIGNED_TYPES = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];

/** Checks the signatures of an S/MIME mail; undefined when it is none. @param trusted PEM. */
export async function verifySmime(
  mail: Entity,
  trusted: readonly string[],
  now: Date,
): Promise<SignatureResult | undefined> {
  if (!isClean(mail)) return undefined;
  const { type, parameters } = mediaTypeOf(mail);
  if (type === 'multipart/signed') {
    const parts = signedParts(mail, SIGNATURE_PROTOCOLS);
    if (parts === undefined) return undefined;
    return result(await verifySignedData(parts.signature, Buffer.from(parts.signed, 'latin1'), trusted, now));
  }
  const der = decodedBody(mail);
  if (SIGNED_TYPES.includes(type) && parameters.get('smime-type') === 'signed-data' && der !== undefined)
    return result(await verifySignedData(der, undefined, trusted, now));
  return undefined;
}

// The signer's certificate comes with the signature, so it is never missing.
function result(verified: boolean): SignatureResult {
  return { verified, missing: false };
}
