import type { KeyObject } from 'node:crypto';
import { envelope, signDetached } from '../smime/cms.js';
import { base64Lines, entityText, innerEntity, multipartBody, withContent } from './compose.js';
import { parseEntity, type Entity } from './entity.js';

/** How a mail is to be protected with S/MIME. */
export interface SmimeProtection {
  /** Certificates (PEM) of those it is encrypted to; none: it is signed alone. */
  readonly recipients: readonly string[];
  readonly signer: { readonly certificate: string; readonly key: KeyObject } | undefined;
  readonly now: Date;
}

/** The protected mail (RFC 8551); signed first when it is both. */
export async function protectSmime(mail: Entity, protection: SmimeProtection): Promise<Buffer> {
  const { recipients, signer, now } = protection;
  const inner = innerEntity(mail);
  const content = parseEntity(signer === undefined ? inner : await signedEntity(inner, signer, now));
  const fields = content.fields.map(({ raw }) => raw);
  if (recipients.length === 0) return withContent(mail, fields, content.body);
  const enveloped = await envelope(Buffer.from(entityText(fields, content.body), 'latin1'), recipients);
  return withContent(
    mail,
    [
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
      'Content-Disposition: attachment; filename="smime.p7m"',
      'Content-Transfer-Encoding: base64',
    ],
    base64Lines(enveloped),
  );
}

async function signedEntity(
  inner: string,
  { certificate, key }: NonNullable<SmimeProtection['signer']>,
  now: Date,
): Promise<string> {
  const signature = await signDetached(Buffer.from(inner, 'latin1'), certificate, key, now);
  const { boundary, body } = multipartBody([
    inner,
    entityText(
      [
        'Content-Type: application/pkcs7-signature; name="smime.p7s"',
        'Content-Disposition: attachment; filename="smime.p7s"',
        'Content-Transfer-Encoding: base64',
      ],
      base64Lines(signature),
    ),
  ]);
  const type = `multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="${boundary}"`;
  return entityText([`Content-Type: ${type}`], body);
}
