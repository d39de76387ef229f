import { verifySignedData } from '../smime/cms.js';
import { canonicalText, decodedBody, mediaTypeOf, parseEntity, partsOf, type Entity } from './entity.js';
import type { SignatureResult } from './verify-pgp.js';

const SIGNATURE_PROTOCOLS = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];
const SIGNED_TYPES = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];

/** Checks the signatures of an S/MIME mail; undefined when it is none. @param trusted PEM. */
export async function verifySmime(
  mail: Entity,
  trusted: readonly string[],
  now: Date,
): Promise<SignatureResult | undefined> {
  const { type, parameters } = mediaTypeOf(mail);
  if (type === 'multipart/signed' && SIGNATURE_PROTOCOLS.includes(parameters.get('protocol') ?? '')) {
    const [signed = '', signature = ''] = partsOf(mail);
    const der = decodedBody(parseEntity(canonicalText(Buffer.from(signature, 'latin1'))));
    return result(await verifySignedData(der, Buffer.from(signed, 'latin1'), trusted, now));
  }
  if (SIGNED_TYPES.includes(type) && parameters.get('smime-type') === 'signed-data')
    return result(await verifySignedData(decodedBody(mail), undefined, trusted, now));
  return undefined;
}

// The signer's certificate comes with the signature, so it is never missing.
function result(verified: boolean): SignatureResult {
  return { verified, missing: false };
}
