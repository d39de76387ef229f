import { checkAll } from '../../../../check-all.js';
import { invalidInput } from '../../../../provider-error.js';
import { base64Lines } from '../base64-lines.js';
import { bytesOf } from '../bytes-of.js';
import { distinct } from '../distinct.js';
import { Effort } from '../effort.js';
import type { EncryptSmimeInput, SmimeCipher } from '../local-crypto.js';
import { openMail } from '../mime/protect-mail.js';
import { weaknessOfKey } from './algorithms.js';
import { publicKeyOf } from './certificate-facts.js';
import { envelope } from './envelope.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { toPem } from './pem.js';
import { isOfMailUser, mayBeUsed } from './purpose.js';
import { readCertificate } from './read-certificates.js';
import { canAgree } from './recipient-info.js';

/** @throws ProviderError `INVALID_INPUT` that names the certificate that cannot be encrypted to */
export async function encryptMessage(
  { content, certificates, form, cipher = 'AES_256_CBC', keyTransport = 'PKCS1_V1_5' }: EncryptSmimeInput,
  now: Date,
): Promise<{ readonly content: Uint8Array }> {
  const effort = new Effort();
  const bytes = bytesOf(content);
  const readers = certificates.map((value, index) => () => {
    const path = ['certificates', String(index)];
    effort.spend('recipients', path);
    // Of a chain, authorities would be readers nobody meant.
    const certificate = readCertificate(path, value, effort);
    requireUsable(certificate, path, now);
    return certificate;
  });
  const [each, mail] = checkAll([
    () => checkAll(readers),
    () => (form === 'MAIL' ? openMail(bytes) : undefined),
  ]);
  const recipients = distinct(each, ({ x509 }) => x509.raw);
  const der = envelope(mail?.inner ?? bytes, recipients, { cipher, keyTransport });
  if (mail !== undefined)
    return { content: mail.wrap({ fields: mailFields(cipher), body: base64Lines(der, '\r\n') }) };
  return { content: form === 'DER' ? der : Buffer.from(toPem('CMS', der), 'latin1') };
}

function mailFields(cipher: SmimeCipher): string[] {
  const type = cipher === 'AES_256_GCM' ? 'authEnveloped-data' : 'enveloped-data';
  return [
    `Content-Type: application/pkcs7-mime; smime-type=${type}; name="smime.p7m"`,
    'Content-Disposition: attachment; filename="smime.p7m"',
    'Content-Transfer-Encoding: base64',
  ];
}

function requireUsable(certificate: ParsedCertificate, path: readonly string[], now: Date): void {
  const reason = obstacle(certificate, now);
  if (reason !== undefined)
    throw invalidInput(path, 'NOT_ALLOWED', `${path.join('.')} cannot be encrypted to: ${reason}.`);
}

/** Why nothing is encrypted to a certificate: others could read it, or its holder is not meant to. */
function obstacle(certificate: ParsedCertificate, now: Date): string | undefined {
  const { algorithm, curve, isExpired } = certificate.facts(now);
  if (isExpired) return 'it is out of its time';
  const usage = ENCRYPTION_USAGES.get(algorithm);
  const key = publicKeyOf(certificate.x509);
  if (usage === undefined || key === undefined) return `keys of type ${algorithm} cannot encrypt`;
  const weakness = weaknessOfKey(key);
  if (weakness !== undefined) return `${weakness} is too weak`;
  if (certificate.obstacle !== undefined) return `it has ${certificate.obstacle}`;
  if (algorithm === 'ec' && !canAgree(key)) return `the curve ${curve ?? 'it has'} is not known here`;
  if (!mayBeUsed(certificate, usage)) return `its key usage lacks ${usage}`;
  return isOfMailUser(certificate) ? undefined : 'it is for something else than mail';
}

const ENCRYPTION_USAGES: ReadonlyMap<string, string> = new Map([
  ['rsa', 'keyEncipherment'],
  ['ec', 'keyAgreement'],
]);
