import {
  createCleartextMessage,
  createMessage,
  encrypt,
  enums,
  readSignature,
  sign,
  type Key,
  type PrivateKey,
} from 'openpgp';
import { GuardError } from '../guard-error.js';
import { entityText, innerEntity, mailBytes, multipartBody, withContent } from './compose.js';
import { decodedBody, mediaTypeOf, type Entity } from './entity.js';

/** How a mail is to be protected with OpenPGP. */
export interface PgpProtection {
  /** Whom it is encrypted to; nobody: it is signed alone. */
  readonly recipients: readonly Key[];
  /** Open; undefined: not signed. */
  readonly signer: PrivateKey | undefined;
  /** PGP/INLINE instead of PGP/MIME, for a mail that is plain text. */
  readonly inline: boolean;
  readonly now: Date;
}

/** The protected mail: PGP/MIME of RFC 3156, or inline. Without recipients and signer it stays as it is. */
export async function protectPgp(mail: Entity, protection: PgpProtection): Promise<Buffer> {
  const { recipients, signer, inline, now } = protection;
  const plainText = inline && mediaTypeOf(mail).type === 'text/plain';
  if (recipients.length > 0)
    return plainText ? inlineEncrypted(mail, protection) : encryptedMail(mail, protection);
  if (signer === undefined) return mailBytes(mail);
  return plainText ? inlineSigned(mail, signer, now) : signedMail(mail, signer, now);
}

async function encryptedMail(mail: Entity, protection: PgpProtection): Promise<Buffer> {
  const binary = new Uint8Array(Buffer.from(innerEntity(mail), 'latin1'));
  const message = await createMessage({ binary });
  const armored = whole(await encrypt({ message, ...encryption(protection) }));
  const { boundary, body } = multipartBody([
    entityText(['Content-Type: application/pgp-encrypted'], 'Version: 1\r\n'),
    entityText(
      [
        'Content-Type: application/octet-stream; name="encrypted.asc"',
        'Content-Disposition: inline; filename="encrypted.asc"',
      ],
      mailLines(armored),
    ),
  ]);
  const type = `multipart/encrypted; protocol="application/pgp-encrypted"; boundary="${boundary}"`;
  return withContent(mail, [`Content-Type: ${type}`], body);
}

async function signedMail(mail: Entity, signer: PrivateKey, now: Date): Promise<Buffer> {
  const signed = innerEntity(mail);
  const message = await createMessage({ binary: new Uint8Array(Buffer.from(signed, 'latin1')) });
  const armored = whole(await sign({ message, signingKeys: signer, detached: true, date: now }));
  const { packets } = await readSignature({ armoredSignature: armored });
  const { boundary, body } = multipartBody([
    signed,
    entityText(['Content-Type: application/pgp-signature; name="signature.asc"'], mailLines(armored)),
  ]);
  const micalg = `pgp-${enums.read(enums.hash, packets[0]?.hashAlgorithm ?? enums.hash.sha512)}`;
  const type = `multipart/signed; micalg=${micalg}; protocol="application/pgp-signature"; boundary="${boundary}"`;
  return withContent(mail, [`Content-Type: ${type}`], body);
}

async function inlineEncrypted(mail: Entity, protection: PgpProtection): Promise<Buffer> {
  const message = await createMessage({ text: textOf(mail) });
  return inlineMail(mail, whole(await encrypt({ message, ...encryption(protection) })));
}

async function inlineSigned(mail: Entity, signer: PrivateKey, now: Date): Promise<Buffer> {
  const message = await createCleartextMessage({ text: textOf(mail) });
  return inlineMail(mail, await sign({ message, signingKeys: signer, date: now }));
}

function inlineMail(mail: Entity, armored: string): Buffer {
  const fields = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'];
  return withContent(mail, fields, Buffer.from(mailLines(armored), 'utf8').toString('latin1'));
}

function encryption({ recipients, signer, now }: PgpProtection) {
  return {
    encryptionKeys: recipients.map((key) => key.toPublic()),
    ...(signer === undefined ? {} : { signingKeys: signer }),
    date: now,
  };
}

// By its types OpenPGP.js might answer with a stream, which it does only when it is given one.
function whole(armored: unknown): string {
  if (typeof armored !== 'string') throw new TypeError('armor expected');
  return armored;
}

function mailLines(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/** @throws GuardError when its transfer encoding is malformed */
function textOf(mail: Entity): string {
  const text = decodedBody(mail)?.toString('utf8');
  if (text === undefined) throw new GuardError('missingParameter', ['file']);
  return text;
}
