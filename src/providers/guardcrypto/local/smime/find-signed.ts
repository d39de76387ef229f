import { MimeEntity } from '../mime/entity.js';
import { signedParts } from '../mime/signed-parts.js';
import type { Beside, SignatureForm } from '../reports.js';
import { areAlone, labelledBlocks } from '../text-blocks.js';
import { fromPem, isDer } from './pem.js';

/** A message and its PKCS7 signature. */
export interface SignedSmime {
  readonly form: SignatureForm;
  /** DER, as far as that can be told. */
  readonly signature: Buffer;
  /** Undefined: it stands inside of the signature. */
  readonly content: Buffer | undefined;
  readonly beside: Beside;
}

const DETACHED_TYPES = ['application/pkcs7-signature', 'application/x-pkcs7-signature'];
const OPAQUE_TYPES = ['application/pkcs7-mime', 'application/x-pkcs7-mime'];

/** Finds the signature of a whole message; one around a part of a mail says nothing of the mail. */
export function findSigned(message: Buffer): SignedSmime | undefined {
  if (isDer(message)) return opaque(message);
  const mail = MimeEntity.parseMail(message);
  if (!mail?.isOnlyFields) return inPem(message.toString('latin1'));
  if (isOpaque(mail)) {
    const signature = mail.content();
    return signature && opaque(signature);
  }
  const parts = signedParts(mail, DETACHED_TYPES);
  return parts && { form: 'MIME', ...parts };
}

/** Some programs do not know the type and go by the name of the file. */
function isOpaque(mail: MimeEntity): boolean {
  if (OPAQUE_TYPES.includes(mail.mediaType)) return true;
  const name = mail.parameter('name') ?? mail.fileName;
  return mail.mediaType === 'application/octet-stream' && name?.toLowerCase().endsWith('.p7m') === true;
}

function opaque(signature: Buffer): SignedSmime {
  return { form: 'OPAQUE', signature, content: undefined, beside: 'NOTHING' };
}

const LABELS = ['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA'];

function inPem(text: string): SignedSmime | undefined {
  const [block] = labelledBlocks(text, LABELS);
  const signature = block && fromPem(block.text);
  return signature && { ...opaque(signature), beside: areAlone(text, [block]) ? 'NOTHING' : 'SHOWN' };
}

/** A PKCS7 signature of its own, in DER or PEM, and its content. Undefined when there are several. */
export function detached(content: Buffer, given: Buffer): SignedSmime | undefined {
  const text = isDer(given) ? '' : given.toString('latin1');
  const [block, ...more] = labelledBlocks(text, LABELS);
  if (more.length > 0) return undefined;
  const signed = { form: 'DETACHED', content } as const;
  if (block === undefined) return { ...signed, signature: given, beside: 'NOTHING' };
  const signature = fromPem(block.text);
  return signature && { ...signed, signature, beside: areAlone(text, [block]) ? 'NOTHING' : 'HIDDEN' };
}
