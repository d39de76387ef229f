// @peculiar/x509 looks for the metadata API while it loads.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificatePlan, ClientCertificatePlan } from './certificate-plan.js';

const VALID_MS = 397 * 24 * 60 * 60 * 1000;
// A clock that runs a little behind must not find the certificate "not yet valid".
const BACKDATED_MS = 60 * 60 * 1000;

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};
const SERIAL_NUMBER_ATTRIBUTE = '2.5.4.5';

/** A certificate as PEM text. */
export interface IssuedCertificate {
  readonly certificate: string;
  /** Certificate of the authority that signed it. */
  readonly issuer: string;
  /** PKCS#8; encrypted with the passphrase for clients, plain for the server. */
  readonly key: string;
}

/** All certificates of one simulator. The authorities' keys are forgotten, so nobody can add to them later. */
export interface IssuedCertificates {
  /** Certificate of the authority the server trusts, PEM. */
  readonly authority: string;
  readonly server: IssuedCertificate;
  /** By label. */
  readonly clients: ReadonlyMap<string, IssuedCertificate>;
}

/** @param passphrase encrypts the clients' keys; @param now milliseconds since the epoch. */
export async function issueCertificates(
  plan: CertificatePlan,
  passphrase: string,
  now: number,
): Promise<IssuedCertificates> {
  const [trusted, foreign] = await Promise.all([
    createAuthority(plan.authority, now),
    createAuthority(`${plan.authority} (somebody else's)`, now),
  ]);
  const [server, ...clients] = await Promise.all([
    issueServer(trusted, plan.serverNames),
    ...Object.entries(plan.clients).map(async ([label, client]) => {
      const issued = await issueClient(client.foreign === true ? foreign : trusted, client, passphrase);
      return [label, issued] as const;
    }),
  ]);
  return { authority: trusted.certificate.toString('pem'), server, clients: new Map(clients) };
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

async function createAuthority(name: string, now: number): Promise<Authority> {
  const keys = await generateKeys(EC);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now + VALID_MS),
    signingAlgorithm: EC,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

async function issueServer(authority: Authority, names: readonly string[]): Promise<IssuedCertificate> {
  const keys = await generateKeys(EC);
  const alternativeNames = new x509.SubjectAlternativeNameExtension([
    ...['localhost', ...names].map((value) => ({ type: 'dns' as const, value })),
    { type: 'ip', value: '127.0.0.1' },
  ]);
  const certificate = await sign(
    authority,
    keys.publicKey,
    [{ CN: [names[0] ?? 'localhost'] }],
    [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      alternativeNames,
    ],
  );
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { certificate, issuer: authority.certificate.toString('pem'), key: key.toString() };
}

async function issueClient(
  authority: Authority,
  client: ClientCertificatePlan,
  passphrase: string,
): Promise<IssuedCertificate> {
  const keys = await generateKeys(client.key === 'RSA-2048' ? RSA : EC);
  const name: x509.JsonName = [{ CN: [client.commonName] }];
  if (client.serialNumber !== undefined) name.push({ [SERIAL_NUMBER_ATTRIBUTE]: [client.serialNumber] });
  const { digitalSignature, keyAgreement } = x509.KeyUsageFlags;
  const certificate = await sign(authority, keys.publicKey, name, [
    new x509.KeyUsagesExtension(digitalSignature | keyAgreement, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
  ]);
  const key = KeyObject.from(keys.privateKey).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'des-ede3-cbc',
    passphrase,
  });
  return { certificate, issuer: authority.certificate.toString('pem'), key: key.toString() };
}

async function sign(
  authority: Authority,
  publicKey: webcrypto.CryptoKey,
  subject: x509.JsonName,
  extensions: x509.Extension[],
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: authority.certificate.subjectName,
    notBefore: authority.certificate.notBefore,
    notAfter: authority.certificate.notAfter,
    signingAlgorithm: EC,
    publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
      ...extensions,
    ],
  });
  return certificate.toString('pem');
}

function generateKeys(algorithm: typeof EC | typeof RSA): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
