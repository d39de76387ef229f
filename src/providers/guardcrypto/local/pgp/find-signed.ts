import { MimeEntity } from '../mime/entity.js';
import { armorBlocks, cleartextBlock, isBinaryPgp } from './armor.js';

/** A message and where its OpenPGP signature is. */
export type SignedPgp =
  | { readonly form: 'MIME' | 'DETACHED'; readonly content: Buffer; readonly signature: Buffer }
  | { readonly form: 'OPAQUE'; readonly message: Buffer }
  | { readonly form: 'CLEARTEXT'; readonly text: string };

/**
 * Finds the signature of a whole message. A signature around one part of a mail says nothing of the mail, so it is not
 * looked for there. Undefined when there is none.
 */
export function findSigned(message: Buffer): SignedPgp | undefined {
  if (isBinaryPgp(message)) return { form: 'OPAQUE', message };
  const mail = MimeEntity.parseMail(message);
  if (mail === undefined) return inArmor(message);
  if (mail.mediaType === 'text/plain') return inArmor(mail.content());
  if (mail.mediaType !== 'multipart/signed' || mail.parameter('protocol') !== 'application/pgp-signature')
    return undefined;
  const [content, signature, ...more] = mail.parts();
  if (content === undefined || signature === undefined || more.length > 0) return undefined;
  return {
    form: 'MIME',
    content: Buffer.from(content, 'latin1'),
    signature: MimeEntity.parse(signature).content(),
  };
}

function inArmor(bytes: Buffer): SignedPgp | undefined {
  const text = bytes.toString('utf8');
  const cleartext = cleartextBlock(text);
  if (cleartext !== undefined) return { form: 'CLEARTEXT', text: cleartext };
  const [message] = armorBlocks(text, 'MESSAGE');
  return message === undefined ? undefined : { form: 'OPAQUE', message: Buffer.from(message) };
}
