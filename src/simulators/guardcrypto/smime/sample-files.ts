import { X509Certificate } from 'node:crypto';
import { issueMailCertificate } from './authority.js';
import type { StoredAuthority } from './authority.js';
import { generateRsaKey } from './private-key.js';
import { writePkcs12, writePkcs7 } from './write-containers.js';

/** Files to try uploads with, as Base64; made anew each time. */
export interface SampleFiles {
  /** Certificate and key of `anton@example.com`. */
  readonly pkcs12: string;
  readonly filePassword: string;
  /** A certificate of `paula@outside.example`. */
  readonly pkcs7: string;
}

const FILE_PASSWORD = 'file-pw';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

export async function makeSampleFiles(authority: StoredAuthority, now: Date): Promise<SampleFiles> {
  const { privateKey, publicKey } = await generateRsaKey();
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const validity = { notBefore: now, notAfter: new Date(now.getTime() + YEAR_MS) };
  const issue = async (name: string, email: string): Promise<Buffer> =>
    new X509Certificate(await issueMailCertificate(authority, { name, email }, spki, validity)).raw;
  const key = privateKey.export({ type: 'pkcs8', format: 'der' });
  const own = await issue('Anton Berg', 'anton@example.com');
  const other = await issue('Paula Quist', 'paula@outside.example');
  return {
    pkcs12: (await writePkcs12(key, [own], FILE_PASSWORD)).toString('base64'),
    filePassword: FILE_PASSWORD,
    pkcs7: writePkcs7([other]).toString('base64'),
  };
}
