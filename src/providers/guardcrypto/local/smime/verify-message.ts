import { X509Certificate } from 'node:crypto';
import { GeneralizedTime, UTCTime } from 'asn1js';
import {
  Certificate,
  ContentInfo,
  id_ContentType_SignedData,
  SignedData,
  SignedDataVerifyError,
  type SignerInfo,
} from 'pkijs';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import type { CertificateFacts } from '../facts.js';
import type { VerifySmimeInput } from '../local-crypto.js';
import type { SignatureOutcome, SignatureReport, SmimeSignature } from '../reports.js';
import { certificateFacts } from './certificate-facts.js';
import { findSigned, readSignature, type SignedSmime } from './find-signed.js';
import { readCertificateList } from './read-certificates.js';
import { isTrusted } from './trust.js';

/** @throws ProviderError `INVALID_INPUT` when there is no signature */
export async function verifyMessage(
  { message, signature, trusted }: VerifySmimeInput,
  now: Date,
): Promise<SignatureReport<SmimeSignature>> {
  const anchors = readCertificateList('trusted', trusted);
  const found =
    signature === undefined ? findSigned(bytesOf(message)) : detached(bytesOf(message), bytesOf(signature));
  if (found === undefined) throw invalidInput(['message'], NOT_SIGNED);
  const signed = parseSigned(found.signature);
  const content = found.content ?? signed?.encapContentInfo.eContent?.getValue();
  if (signed === undefined || content === undefined || signed.signerInfos.length === 0)
    throw signature === undefined
      ? invalidInput(['message'], NOT_SIGNED)
      : invalidInput(['signature'], 'signature must be a PKCS7 signature, PEM or DER.');
  const bytes = new Uint8Array(content);
  const signatures = await Promise.all(
    signed.signerInfos.map((_, index) => describe({ signed, index, content: bytes, anchors, now })),
  );
  return {
    form: found.form,
    isVerified: signatures.every(({ outcome }) => outcome === 'GOOD'),
    signatures,
    content: bytes,
  };
}

const NOT_SIGNED = 'message must carry an S/MIME signature.';

function detached(content: Buffer, signature: Buffer): SignedSmime {
  return { form: 'DETACHED', content, signature: readSignature(signature) ?? signature };
}

function parseSigned(der: Buffer): SignedData | undefined {
  try {
    const info = ContentInfo.fromBER(new Uint8Array(der));
    return info.contentType === id_ContentType_SignedData
      ? new SignedData({ schema: info.content })
      : undefined;
  } catch {
    return undefined;
  }
}

interface OneSignature {
  readonly signed: SignedData;
  readonly index: number;
  readonly content: Uint8Array;
  readonly anchors: readonly X509Certificate[];
  readonly now: Date;
}

async function describe(one: OneSignature): Promise<SmimeSignature> {
  const { signed, index, now } = one;
  const { signatureVerified, signerCertificate } = await checkSignature(one);
  const info = signed.signerInfos[index];
  const certificate = signerCertificate ? factsOf(signerCertificate, now) : null;
  return {
    outcome: await outcomeOf(one, { isGood: signatureVerified === true, signerCertificate, certificate }),
    certificate,
    signedAt: info === undefined ? null : signedAt(info),
    hashAlgorithm: HASHES.get(info?.digestAlgorithm.algorithmId ?? '') ?? null,
  };
}

/** Whether the signature fits content and key; pkijs throws what it finds otherwise. */
async function checkSignature({ signed, index, content }: OneSignature) {
  try {
    const detachedContent =
      signed.encapContentInfo.eContent === undefined ? { data: content.slice().buffer } : {};
    return await signed.verify({ signer: index, extendedMode: true, ...detachedContent });
  } catch (error) {
    if (error instanceof SignedDataVerifyError) return error;
    throw error;
  }
}

interface Signer {
  readonly isGood: boolean;
  readonly signerCertificate: Certificate | null | undefined;
  readonly certificate: CertificateFacts | null;
}

async function outcomeOf(one: OneSignature, signer: Signer): Promise<SignatureOutcome> {
  const { signed, index, content, anchors, now } = one;
  const { signerCertificate, certificate, isGood } = signer;
  if (!signerCertificate || certificate === null) return 'KEY_MISSING';
  const info = signed.signerInfos[index];
  if (!isGood || info === undefined || !HASHES.has(info.digestAlgorithm.algorithmId)) return 'BAD';
  // What is signed are attributes, or without them the content: the ones must not pass for the other.
  if (info.signedAttrs === undefined && content[0] === SET_TAG) return 'BAD';
  if (certificate.isExpired || !maySignMail(certificate)) return 'KEY_UNUSABLE';
  const others = (signed.certificates ?? []).filter((entry) => entry instanceof Certificate);
  return (await isTrusted(signerCertificate, others, anchors, now)) ? 'GOOD' : 'NOT_TRUSTED';
}

function factsOf(certificate: Certificate, now: Date): CertificateFacts {
  return certificateFacts(new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())), now);
}

// What a certificate does not restrict it allows (RFC 8550 section 4.4).
function maySignMail({ keyUsage, extendedKeyUsage }: CertificateFacts): boolean {
  const signs =
    keyUsage.length === 0 || ['digitalSignature', 'nonRepudiation'].some((one) => keyUsage.includes(one));
  const mails =
    extendedKeyUsage.length === 0 ||
    ['emailProtection', ANY_EXTENDED_KEY_USAGE].some((one) => extendedKeyUsage.includes(one));
  return signs && mails;
}

const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';

// MD5 and SHA-1 are missing on purpose: somebody else can find content with the same hash.
const HASHES: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

const SET_TAG = 0x31;
const SIGNING_TIME = '1.2.840.113549.1.9.5';

function signedAt({ signedAttrs }: SignerInfo): number | null {
  const attribute = signedAttrs?.attributes.find(({ type }) => type === SIGNING_TIME);
  const time: unknown = attribute?.values[0];
  return time instanceof UTCTime || time instanceof GeneralizedTime ? time.toDate().getTime() : null;
}
