import 'reflect-metadata';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import {
  AuthenticatedSafe,
  CertBag,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  EnvelopedData,
  id_ContentType_Data,
  id_ContentType_SignedData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
  SignedData,
} from 'pkijs';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const CERT_BAG = '1.2.840.113549.1.12.10.1.3';
const KEY_BAG = '1.2.840.113549.1.12.10.1.2';

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
export async function pkcs12(identity: SmimeIdentity, passphrase: string): Promise<Buffer> {
  const password = exact(Buffer.from(passphrase));
  const certificates = [identity.authority, identity.certificate].map(
    (der) =>
      new SafeBag({
        bagId: CERT_BAG,
        bagValue: new CertBag({ parsedValue: Certificate.fromBER(exact(der)) }),
      }),
  );
  const shrouded = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(exact(identity.key)) });
  const encryption = {
    password,
    contentEncryptionAlgorithm: {
      name: 'AES-CBC',
      length: 256,
      iv: webcrypto.getRandomValues(new Uint8Array(16)),
    },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: 2048,
  };
  await shrouded.makeInternalValues(encryption);
  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        { privacyMode: 1, value: new SafeContents({ safeBags: certificates }) },
        {
          privacyMode: 0,
          value: new SafeContents({ safeBags: [new SafeBag({ bagId: KEY_BAG, bagValue: shrouded })] }),
        },
      ],
    },
  });
  await safe.makeInternalValues({ safeContents: [encryption, {}] });
  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await pfx.makeInternalValues({
    password,
    iterations: 2048,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  });
  return Buffer.from(pfx.toSchema().toBER());
}

/** The certificates alone, as a PKCS7 bundle. */
export function pkcs7(identity: SmimeIdentity): Buffer {
  const bundle = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: id_ContentType_Data }),
    certificates: [identity.authority, identity.certificate].map((der) => Certificate.fromBER(exact(der))),
  });
  const wrapped = new ContentInfo({ contentType: id_ContentType_SignedData, content: bundle.toSchema(true) });
  return Buffer.from(wrapped.toSchema().toBER());
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
