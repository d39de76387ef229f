import { invalidInput } from '../../../../provider-error.js';
import { MimeEntity } from '../mime/entity.js';
import { signedParts } from '../mime/signed-parts.js';
import type { Beside } from '../reports.js';
import { areAlone, labelledBlocks, type TextBlock } from '../text-blocks.js';
import { isBinaryPgp, readArmor } from './armor.js';
import { cleartextBlocks, readCleartext } from './cleartext.js';

/** A message and where its OpenPGP signature is. */
export type SignedPgp =
  | {
      readonly form: 'MIME' | 'DETACHED' | 'CLEARTEXT';
      readonly content: Buffer;
      readonly signature: Buffer;
      readonly beside: Beside;
      /** That a readable text names. */
      readonly hashes?: ReadonlySet<string>;
    }
  | { readonly form: 'OPAQUE'; readonly message: Uint8Array; readonly beside: Beside };

/**
 * Finds the signature of a whole message. A signature around one part of a mail says nothing of the mail, so it is not
 * looked for there. Undefined when there is none.
 * @throws ProviderError `INVALID_INPUT` when the mail is encrypted
 */
export function findSigned(message: Buffer): SignedPgp | undefined {
  if (isBinaryPgp(message)) return { form: 'OPAQUE', message, beside: 'NOTHING' };
  const mail = MimeEntity.parseMail(message);
  if (!mail?.isOnlyFields) return inText(message);
  if (mail.mediaType === 'text/plain') {
    const text = mail.content();
    return text && inText(text);
  }
  if (mail.mediaType === 'multipart/encrypted')
    throw invalidInput(
      ['message'],
      'NOT_ALLOWED',
      'message is encrypted: only its reader can look for a signature.',
    );
  const parts = signedParts(mail, ['application/pgp-signature']);
  return parts && { form: 'MIME', ...parts };
}

function inText(bytes: Buffer): SignedPgp | undefined {
  const text = bytes.toString('latin1');
  const [clear] = cleartextBlocks(text);
  const [opaque] = labelledBlocks(text, ['PGP MESSAGE']);
  return clear !== undefined && clear.start < (opaque?.start ?? Infinity)
    ? inCleartext(text, clear)
    : opaque && inArmor(text, opaque);
}

function inArmor(text: string, block: TextBlock): SignedPgp | undefined {
  const armor = readArmor(block.text);
  if (!armor) return undefined;
  const beside = armor.hasHeaders ? 'HIDDEN' : 'NOTHING';
  return { form: 'OPAQUE', message: armor.bytes, beside: areAlone(text, [block]) ? beside : 'SHOWN' };
}

function inCleartext(text: string, block: TextBlock): SignedPgp | undefined {
  const read = readCleartext(block.text);
  return (
    read && {
      form: 'CLEARTEXT',
      content: Buffer.from(read.content, 'latin1'),
      signature: Buffer.from(read.signature, 'latin1'),
      beside: areAlone(text, [block]) ? 'NOTHING' : 'SHOWN',
      hashes: read.hashes,
    }
  );
}
