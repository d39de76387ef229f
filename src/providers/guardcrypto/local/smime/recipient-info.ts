import {
  constants,
  createCipheriv,
  createHash,
  diffieHellman,
  generateKeyPairSync,
  publicEncrypt,
  type KeyObject,
} from 'node:crypto';
import { fromBER, Sequence } from 'asn1js';
import type { SmimeKeyTransport } from '../local-crypto.js';
import { algorithm, der, small, TAG } from './der.js';
import type { ParsedCertificate } from './parsed-certificate.js';

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const RSAES_OAEP = '1.2.840.113549.1.1.7';
/** ECDH with the key derivation of X9.63 over SHA-256 (RFC 5753). */
const STANDARD_DH_SHA256_KDF = '1.3.132.1.11.1';
const AES_256_WRAP = '2.16.840.1.101.3.4.1.45';
const KEY_BITS = 256;

/** The key to a content for the holder of a certificate (RFC 5652 section 6.2). @returns DER of a RecipientInfo */
export function recipientInfo(
  certificate: ParsedCertificate,
  contentKey: Uint8Array,
  transport: SmimeKeyTransport,
): Buffer {
  const { publicKey } = certificate.x509;
  const names = issuerAndSerial(certificate);
  return publicKey.asymmetricKeyType === 'rsa'
    ? transported(publicKey, names, contentKey, transport)
    : agreed(publicKey, names, contentKey);
}

function transported(
  key: KeyObject,
  names: Buffer,
  contentKey: Uint8Array,
  transport: SmimeKeyTransport,
): Buffer {
  // Without parameters OAEP is that with SHA-1, which is all that some readers know; nobody can make use of its age here.
  const [padding, identifier] =
    transport === 'OAEP'
      ? [constants.RSA_PKCS1_OAEP_PADDING, algorithm(RSAES_OAEP, der(TAG.sequence))]
      : [constants.RSA_PKCS1_PADDING, algorithm(RSA_ENCRYPTION, der(TAG.null))];
  const encrypted = publicEncrypt({ key, padding, oaepHash: 'sha1' }, contentKey);
  return der(TAG.sequence, small(0), names, identifier, der(TAG.octetString, encrypted));
}

function agreed(key: KeyObject, names: Buffer, contentKey: Uint8Array): Buffer {
  const { namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const own = generateKeyPairSync('ec', { namedCurve });
  const secret = diffieHellman({ privateKey: own.privateKey, publicKey: key });
  const wrapping = algorithm(AES_256_WRAP);
  const shared = der(
    TAG.sequence,
    wrapping,
    der(TAG.constructed(2), der(TAG.octetString, Buffer.from([0, 0, KEY_BITS >> 8, KEY_BITS & 0xff]))),
  );
  const first = Buffer.from([0, 0, 0, 1]);
  const wrapKey = createHash('sha256').update(secret).update(first).update(shared).digest();
  const wrap = createCipheriv('id-aes256-wrap', wrapKey, Buffer.alloc(8, 0xa6));
  const wrapped = Buffer.concat([wrap.update(contentKey), wrap.final()]);
  return der(
    TAG.constructed(1),
    small(3),
    der(TAG.constructed(0), originatorKey(own.publicKey)),
    algorithm(STANDARD_DH_SHA256_KDF, wrapping),
    der(TAG.sequence, der(TAG.sequence, names, der(TAG.octetString, wrapped))),
  );
}

/** An OriginatorPublicKey is a SubjectPublicKeyInfo with another tag. */
function originatorKey(key: KeyObject): Buffer {
  const info = key.export({ type: 'spki', format: 'der' });
  info[0] = TAG.constructed(1);
  return info;
}

/** As they stand in the certificate, byte by byte: readers look for themselves with them. */
function issuerAndSerial({ x509, body }: ParsedCertificate): Buffer {
  const { result } = fromBER(new Uint8Array(x509.raw));
  const [signed] = result instanceof Sequence ? result.valueBlock.value : [];
  const fields = signed instanceof Sequence ? signed.valueBlock.value : [];
  // The version comes first, unless it is 1.
  const [serial, , issuer] = fields.slice(body.version === 0 ? 0 : 1);
  if (serial === undefined || issuer === undefined) throw new TypeError('a certificate expected');
  return der(TAG.sequence, issuer.valueBeforeDecodeView, serial.valueBeforeDecodeView);
}

/** Whether a key for a content can be agreed on with a key of this curve. */
export function canAgree(key: KeyObject): boolean {
  try {
    return agreed(key, Buffer.alloc(0), Buffer.alloc(KEY_BITS / 8)).length > 0;
  } catch {
    return false;
  }
}
