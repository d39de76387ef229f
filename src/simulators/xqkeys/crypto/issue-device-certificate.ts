// @peculiar/x509 looks for the metadata API while it loads.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};
const VALID_MS = 397 * 24 * 60 * 60 * 1000;

/** A device's certificate and its private key (PKCS#8), both PEM. */
export interface DevicePair {
  readonly certificate: string;
  readonly key: string;
}

/** @param name common name; @param now milliseconds since the epoch. */
export async function issueDeviceCertificate(name: string, now: number): Promise<DevicePair> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    notBefore: new Date(now),
    notAfter: new Date(now + VALID_MS),
    signingAlgorithm: RSA,
    keys,
  });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { certificate: certificate.toString('pem'), key: key.toString() };
}
