import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { fromBER, ObjectIdentifier, OctetString, UTCTime } from 'asn1js';
import {
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  EnvelopedData,
  id_ContentType_Data,
  id_ContentType_EnvelopedData,
  id_ContentType_SignedData,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { signingKey } from './private-key.js';
import { isStrong, isTrusted } from './trust.js';

const CONTENT_TYPE_ATTRIBUTE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST_ATTRIBUTE = '1.2.840.113549.1.9.4';
const SIGNING_TIME_ATTRIBUTE = '1.2.840.113549.1.9.5';

const CIPHER = { name: 'AES-CBC', length: 256 };

/** Signs a MIME entity. @param certificate PEM. @returns DER of a SignedData that does not hold the entity. */
export async function signDetached(
  entity: Buffer,
  certificate: string,
  key: KeyObject,
  now: Date,
): Promise<Buffer> {
  const signer = readCertificate(certificate);
  const digest = createHash('sha256').update(entity).digest();
  const signerInfo = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber }),
    signedAttrs: new SignedAndUnsignedAttributes({
      type: 0,
      attributes: [
        new Attribute({
          type: CONTENT_TYPE_ATTRIBUTE,
          values: [new ObjectIdentifier({ value: id_ContentType_Data })],
        }),
        new Attribute({ type: SIGNING_TIME_ATTRIBUTE, values: [new UTCTime({ valueDate: now })] }),
        new Attribute({
          type: MESSAGE_DIGEST_ATTRIBUTE,
          values: [new OctetString({ valueHex: bytesOf(digest) })],
        }),
      ],
    }),
  });
  const signed = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: id_ContentType_Data }),
    certificates: [signer],
    signerInfos: [signerInfo],
  });
  await signed.sign(await signingKey(key), 0, 'SHA-256', bytesOf(entity));
  return wrap(id_ContentType_SignedData, signed.toSchema(true));
}

/**
 * Whether every signature is good and by somebody trusted: an authority, or a certificate held directly.
 * @param entity what was signed when the SignedData does not hold it; @param trusted PEM.
 */
export async function verifySignedData(
  der: Buffer,
  entity: Buffer | undefined,
  trusted: readonly string[],
  now: Date,
): Promise<boolean> {
  try {
    const { offset, result: read } = fromBER(bytesOf(der));
    const signed = new SignedData({ schema: new ContentInfo({ schema: read }).content });
    if (offset !== der.length || signed.signerInfos.length === 0) return false;
    // A content within, of a signature for what stands beside it, must be no other: pkijs checks what is within.
    const within = signed.encapContentInfo.eContent?.getValue();
    if (entity !== undefined && within !== undefined && !entity.equals(Buffer.from(within))) return false;
    for (const [signer, info] of signed.signerInfos.entries()) {
      if (!isStrong(info)) return false;
      const result = await signed.verify({
        signer,
        ...(entity === undefined ? {} : { data: bytesOf(entity) }),
        extendedMode: true,
      });
      const { signatureVerified, signerCertificate } = result;
      if (signatureVerified !== true || !signerCertificate) return false;
      const certificate = new X509Certificate(Buffer.from(signerCertificate.toSchema(true).toBER()));
      if (!isTrusted(certificate, trusted, now)) return false;
    }
    return true;
  } catch {
    // pkijs throws for what is not a SignedData, and for a signer whose certificate is not in it.
    return false;
  }
}

/** Encrypts a MIME entity with AES-256 for the holders of certificates (PEM). @returns DER of an EnvelopedData. */
export async function envelope(entity: Buffer, certificates: readonly string[]): Promise<Buffer> {
  const enveloped = new EnvelopedData();
  for (const certificate of certificates) {
    enveloped.addRecipientByCertificate(readCertificate(certificate), { oaepHashAlgorithm: 'SHA-1' });
  }
  await enveloped.encrypt(CIPHER, bytesOf(entity));
  return wrap(id_ContentType_EnvelopedData, enveloped.toSchema());
}

function wrap(contentType: string, content: ReturnType<SignedData['toSchema']>): Buffer {
  return Buffer.from(new ContentInfo({ contentType, content }).toSchema().toBER());
}

function readCertificate(pem: string): Certificate {
  return Certificate.fromBER(bytesOf(new X509Certificate(pem).raw));
}

function bytesOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
