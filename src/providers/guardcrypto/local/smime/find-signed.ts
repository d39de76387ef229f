import { MimeEntity } from '../mime/entity.js';
import type { SignatureForm } from '../reports.js';
import { isDer, pemBlocks } from './pem.js';

/** A message and its PKCS7 signature. */
export interface SignedSmime {
  readonly form: SignatureForm;
  /** DER, as far as that can be told. */
  readonly signature: Buffer;
  /** Undefined: it stands inside of the signature. */
  readonly content: Buffer | undefined;
}

const DETACHED_TYPES = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];
const OPAQUE_TYPES = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];

/** Finds the signature of a whole message; one around a part of a mail says nothing of the mail. */
export function findSigned(message: Buffer): SignedSmime | undefined {
  const opaque = readSignature(message);
  if (opaque !== undefined) return { form: 'OPAQUE', signature: opaque, content: undefined };
  const mail = MimeEntity.parseMail(message);
  if (mail === undefined) return undefined;
  if (OPAQUE_TYPES.includes(mail.mediaType))
    return { form: 'OPAQUE', signature: mail.content(), content: undefined };
  if (mail.mediaType !== 'multipart/signed' || !DETACHED_TYPES.includes(mail.parameter('protocol') ?? ''))
    return undefined;
  const [content, signature, ...more] = mail.parts();
  if (content === undefined || signature === undefined || more.length > 0) return undefined;
  return {
    form: 'MIME',
    signature: MimeEntity.parse(signature).content(),
    content: Buffer.from(content, 'latin1'),
  };
}

/** DER of a PKCS7 message given in DER or PEM; undefined when it is neither. */
export function readSignature(bytes: Buffer): Buffer | undefined {
  if (isDer(bytes)) return bytes;
  const [der] = pemBlocks(bytes.toString('latin1'), 'PKCS7', 'CMS', 'PKCS #7 SIGNED DATA');
  return der;
}
