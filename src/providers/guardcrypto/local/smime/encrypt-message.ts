import type { X509Certificate } from 'node:crypto';
import { Certificate, ContentInfo, EnvelopedData, id_ContentType_EnvelopedData } from 'pkijs';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import type { EncryptSmimeInput } from '../local-crypto.js';
import { base64Lines } from '../base64-lines.js';
import { openMail } from '../mime/protect-mail.js';
import { certificateFacts } from './certificate-facts.js';
import { toPem } from './pem.js';
import { readCertificates } from './read-certificates.js';

const CIPHER = { name: 'AES-CBC', length: 256 };

/** @throws ProviderError `INVALID_INPUT` that names the certificate that cannot be encrypted to */
export async function encryptMessage(
  { content, certificates, form }: EncryptSmimeInput,
  now: Date,
): Promise<{ readonly content: Uint8Array }> {
  const recipients = certificates.flatMap((value, index) => {
    const path = ['certificates', String(index)];
    const found = readCertificates(path, value);
    for (const certificate of found) requireUsable(certificate, path, now);
    return found;
  });
  const bytes = bytesOf(content);
  const mail = form === 'MAIL' ? openMail(bytes) : undefined;
  const der = await envelope(mail?.inner ?? bytes, recipients);
  if (mail !== undefined)
    return { content: mail.wrap({ fields: ENVELOPED_FIELDS, body: base64Lines(der, '\r\n') }) };
  return { content: form === 'DER' ? der : Buffer.from(toPem('CMS', der), 'latin1') };
}

const ENVELOPED_FIELDS = [
  'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
  'Content-Disposition: attachment; filename="smime.p7m"',
  'Content-Transfer-Encoding: base64',
];

/** @returns DER of an EnvelopedData */
async function envelope(bytes: Buffer, recipients: readonly X509Certificate[]): Promise<Uint8Array> {
  const enveloped = new EnvelopedData();
  for (const { raw } of recipients) {
    enveloped.addRecipientByCertificate(Certificate.fromBER(new Uint8Array(raw)), {
      oaepHashAlgorithm: 'SHA-1',
    });
  }
  await enveloped.encrypt(CIPHER, new Uint8Array(bytes).buffer);
  const info = new ContentInfo({ contentType: id_ContentType_EnvelopedData, content: enveloped.toSchema() });
  return new Uint8Array(info.toSchema().toBER());
}

function requireUsable(certificate: X509Certificate, path: readonly string[], now: Date): void {
  const { algorithm, isExpired, keyUsage } = certificateFacts(certificate, now);
  const usage = ENCRYPTION_USAGES.get(algorithm);
  const reason = isExpired
    ? 'it is out of its time'
    : usage === undefined
      ? `keys of type ${algorithm} cannot encrypt`
      : keyUsage.length > 0 && !keyUsage.includes(usage)
        ? `its key usage lacks ${usage}`
        : undefined;
  if (reason !== undefined) throw invalidInput(path, `${path.join('.')} cannot be encrypted to: ${reason}.`);
}

const ENCRYPTION_USAGES: ReadonlyMap<string, string> = new Map([
  ['rsa', 'keyEncipherment'],
  ['ec', 'keyAgreement'],
]);
