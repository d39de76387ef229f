import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { Certificate, ContentInfo, EnvelopedData } from 'pkijs';
import { writePkcs12, writePkcs7 } from '../../../src/simulators/guardcrypto/smime/write-containers.js';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** A mail certificate somebody else's authority signed, with its RSA key. */
export interface SmimeIdentity {
  /** DER. */
  readonly certificate: Buffer;
  readonly authority: Buffer;
  /** PKCS#8 DER. */
  readonly key: Buffer;
}

export async function createIdentity(
  email: string,
  notAfter = new Date('2030-01-01'),
): Promise<SmimeIdentity> {
  const [authorityKeys, keys] = await Promise.all([
    webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']),
  ]);
  const dates = { notBefore: new Date('2026-01-01'), notAfter };
  const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates,
    name: 'CN=Another CA',
    keys: authorityKeys,
    signingAlgorithm,
    extensions: [new x509.BasicConstraintsExtension(true)],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...dates,
    subject: 'CN=Uploaded',
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'email', value: email }])],
  });
  return {
    certificate: Buffer.from(certificate.rawData),
    authority: Buffer.from(authority.rawData),
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'der' }),
  };
}

/** The identity as browsers and OpenSSL export it, the authority's certificate first. */
export function pkcs12({ authority, certificate, key }: SmimeIdentity, passphrase: string): Promise<Buffer> {
  return writePkcs12(key, [authority, certificate], passphrase);
}

/** The certificates alone, as a PKCS7 bundle. */
export function pkcs7({ authority, certificate }: SmimeIdentity): Buffer {
  return writePkcs7([authority, certificate]);
}

/** Opens an EnvelopedData (DER) with the first recipient's key (PKCS#8 DER). */
export async function openEnvelope(der: Buffer, certificate: Buffer, key: Buffer): Promise<string> {
  const enveloped = new EnvelopedData({ schema: ContentInfo.fromBER(exact(der)).content });
  const opened = await enveloped.decrypt(0, {
    recipientCertificate: Certificate.fromBER(exact(certificate)),
    recipientPrivateKey: exact(
      createPrivateKey({ key, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'der' }),
    ),
  });
  return Buffer.from(opened).toString('utf8');
}

function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
