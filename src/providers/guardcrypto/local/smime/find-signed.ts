import { MimeEntity } from '../mime/entity.js';
import { signedParts } from '../mime/signed-parts.js';
import type { SignatureForm } from '../reports.js';
import { isAlone, labelledBlocks } from '../text-blocks.js';
import { fromPem, isDer } from './pem.js';

/** A message and its PKCS7 signature. */
export interface SignedSmime {
  readonly form: SignatureForm;
  /** DER, as far as that can be told. */
  readonly signature: Buffer;
  /** Undefined: it stands inside of the signature. */
  readonly content: Buffer | undefined;
  readonly isWhole: boolean;
}

const DETACHED_TYPES = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];
const OPAQUE_TYPES = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];

/** Finds the signature of a whole message; one around a part of a mail says nothing of the mail. */
export function findSigned(message: Buffer): SignedSmime | undefined {
  if (isDer(message)) return opaque(message);
  const mail = MimeEntity.parseMail(message);
  if (mail === undefined) return inPem(message.toString('latin1'));
  if (isOpaque(mail)) {
    const signature = mail.content();
    return signature && opaque(signature);
  }
  const parts = signedParts(mail, DETACHED_TYPES);
  return parts && { form: 'MIME', isWhole: true, ...parts };
}

/** Some programs do not know the type and go by the name of the file. */
function isOpaque(mail: MimeEntity): boolean {
  if (OPAQUE_TYPES.includes(mail.mediaType)) return true;
  const name = mail.parameter('name') ?? mail.fileName;
  return mail.mediaType === 'application/octet-stream' && name?.toLowerCase().endsWith('.p7m') === true;
}

function opaque(signature: Buffer): SignedSmime {
  return { form: 'OPAQUE', signature, content: undefined, isWhole: true };
}

const LABELS = ['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'];

function inPem(text: string): SignedSmime | undefined {
  const [block] = labelledBlocks(text, LABELS);
  return block && { ...opaque(fromPem(block.text)), isWhole: isAlone(text, block) };
}

/** A PKCS7 signature of its own, in DER or PEM. Undefined when there are several. */
export function readSignature(bytes: Buffer): Buffer | undefined {
  const [block, ...more] = isDer(bytes) ? [] : labelledBlocks(bytes.toString('latin1'), LABELS);
  if (more.length > 0) return undefined;
  return block === undefined ? bytes : fromPem(block.text);
}
