import { AsnConvert } from '@peculiar/asn1-schema';
import { Name } from '@peculiar/asn1-x509';
import { GeneralizedTime, ObjectIdentifier, OctetString, Primitive, UTCTime } from 'asn1js';
import { id_ContentType_Data, IssuerAndSerialNumber, type SignerInfo } from 'pkijs';
import { isBySender, type SmimeSignature, type Verdict } from '../reports.js';
import { headAt } from './ber-reader.js';
import { attributeProblem, CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME, valueOf } from './attributes.js';
import { fits, signatureMethod, weaknessOfKey } from './algorithms.js';
import { publicKeyOf } from './certificate-facts.js';
import { judgePath } from './chain/find-path.js';
import type { Surroundings } from './chain/surroundings.js';
import { TAG } from './der.js';
import { hashOf, weaknessOfHash } from './hashes.js';
import { nameKey } from './names.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { signedInteger } from './readable-certificate.js';
import { maySignMail } from './purpose.js';
import type { SignedContent } from './signed-content.js';

/** What a signature is judged with. */
export interface SignatureSurroundings extends Surroundings {
  /** As `senderOf` finds it. */
  readonly sender: string | null | undefined;
}

/** How one signature over content came out. */
export function judgeSignature(
  signer: SignerInfo,
  content: SignedContent,
  surroundings: SignatureSurroundings,
): SmimeSignature {
  const { others, trusted, sender, now, path, effort } = surroundings;
  const judged = [...others, ...trusted].filter(isMeantBy(signer)).map((certificate) => {
    effort.spend('certificateSignatures', path);
    return { certificate, match: matches(signer, content, certificate) };
  });
  // Several certificates may go by the same name and number: the signature tells which is meant.
  const { certificate, match } = judged.find((one) => one.match.outcome === 'GOOD') ?? judged[0] ?? MISSING;
  return {
    ...(match.outcome === 'GOOD' && certificate
      ? judgeCertificate(signer, certificate, surroundings)
      : match),
    certificate: certificate?.facts(now) ?? null,
    isBySender: isBySender(sender, certificate?.facts(now).emails),
    signedAt: signedAt(signer),
    hashAlgorithm: hashOf(signer.digestAlgorithm) ?? null,
  };
}

const MISSING: { readonly certificate: undefined; readonly match: Verdict } = {
  certificate: undefined,
  match: { outcome: 'KEY_MISSING', reason: null },
};

const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';

/** Tells whether a signer names a certificate, by issuer and number or by the identifier of its key. */
function isMeantBy({ sid }: SignerInfo): (certificate: ParsedCertificate) => boolean {
  const wanted: unknown = sid;
  if (wanted instanceof IssuerAndSerialNumber) {
    const serial = signedInteger(new Uint8Array(wanted.serialNumber.valueBlock.valueHexView).buffer);
    const issuer = nameKey(AsnConvert.parse(wanted.issuer.toSchema().toBER(), Name));
    return (certificate) => serial === certificate.serial && issuer === certificate.issuerKey;
  }
  if (!(wanted instanceof OctetString || wanted instanceof Primitive)) return () => false;
  const identifier = Buffer.from(wanted.valueBlock.valueHexView);
  return ({ extensions }) => {
    const own = extensions.find(({ extnID }) => extnID === SUBJECT_KEY_IDENTIFIER)?.extnValue.buffer;
    // The extension holds an OCTET STRING of one or two octets of head.
    return own !== undefined && Buffer.from(own).subarray(2).equals(identifier);
  };
}

/** Whether it is a signature of this certificate's key over this content, however weak. */
function matches(signer: SignerInfo, content: SignedContent, certificate: ParsedCertificate): Verdict {
  const { digestAlgorithm, signatureAlgorithm } = signer;
  const hash = hashOf(digestAlgorithm);
  if (hash === undefined)
    return { outcome: 'UNSUPPORTED', reason: `the hash ${digestAlgorithm.algorithmId}` };
  const method = signatureMethod(signatureAlgorithm, hash);
  const key = publicKeyOf(certificate.x509);
  if (method === undefined || key === undefined)
    return { outcome: 'UNSUPPORTED', reason: `the signature algorithm ${signatureAlgorithm.algorithmId}` };
  // RFC 8933 section 3.1: one hash is used throughout.
  if (method.hash !== null && method.hash !== hash)
    return { outcome: 'BAD', reason: 'it names two hash algorithms' };
  const { bytes, reason } = signedBytes(signer, content, hash);
  const isGood =
    bytes !== undefined && fits(method, bytes, key, new Uint8Array(signer.signature.valueBlock.valueHexView));
  return isGood ? { outcome: 'GOOD', reason: null } : { outcome: 'BAD', reason: reason ?? null };
}

/** What a signature is over; without bytes it is not over this content, with what tells why. */
interface Covered {
  readonly bytes?: Uint8Array;
  readonly reason?: string;
}

/** What the signature is over: attributes that name the content, or the content. */
function signedBytes(signer: SignerInfo, content: SignedContent, hash: string): Covered {
  const { signedAttrs } = signer;
  const { bytes, type } = content;
  const reason = attributeProblem(signer);
  if (reason !== undefined) return { reason };
  if (signedAttrs === undefined) {
    // RFC 5652 section 5.3: what is no plain data needs them.
    if (type !== id_ContentType_Data)
      return { reason: `content of type ${type} is signed without saying so` };
    return mayBeAttributes(bytes)
      ? { reason: 'its content may be the attributes of another signature' }
      : { bytes };
  }
  const digest = valueOf(signedAttrs, MESSAGE_DIGEST);
  const named = valueOf(signedAttrs, CONTENT_TYPE);
  if (!(digest instanceof OctetString) || !(named instanceof ObjectIdentifier))
    return { reason: 'it does not say what it is over' };
  if (named.valueBlock.toString() !== type) return { reason: 'it is over content of another type' };
  return content.hash(hash).equals(Buffer.from(digest.valueBlock.valueHexView))
    ? { bytes: new Uint8Array(signedAttrs.encodedValue) }
    : {};
}

/** Whether content is a SET in DER, as attributes are signed: those somebody signed must not pass for a content. */
function mayBeAttributes(bytes: Uint8Array): boolean {
  const head =
    bytes[0] === TAG.set
      ? headAt(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length)
      : undefined;
  return head?.end === bytes.length;
}

function judgeCertificate(
  signer: SignerInfo,
  certificate: ParsedCertificate,
  surroundings: Surroundings,
): Verdict {
  const key = publicKeyOf(certificate.x509);
  const weakness = weaknessOfHash(hashOf(signer.digestAlgorithm)) ?? (key && weaknessOfKey(key));
  if (weakness !== undefined) return { outcome: 'WEAK', reason: weakness };
  const problem = certificate.obstacle;
  if (problem !== undefined) return { outcome: 'UNSUPPORTED', reason: `the certificate has ${problem}` };
  if (!maySignMail(certificate))
    return { outcome: 'KEY_UNUSABLE', reason: 'the certificate is not for signing mail' };
  return judgePath(certificate, surroundings);
}

/** Down to seconds or minutes. */
const WHOLE_TIME = /^\d{10,14}(?:\.\d+)?(?:Z|[+-]\d{4})?$/;

function textOf({ valueBlock }: UTCTime | GeneralizedTime): string {
  return Buffer.from(valueBlock.valueHexView).toString('latin1');
}

function signedAt({ signedAttrs }: SignerInfo): number | null {
  const time = signedAttrs && valueOf(signedAttrs, SIGNING_TIME);
  const isTime =
    (time instanceof UTCTime || time instanceof GeneralizedTime) && WHOLE_TIME.test(textOf(time));
  const at = isTime ? time.toDate().getTime() : NaN;
  return Number.isNaN(at) ? null : at;
}
