import { createCipheriv, randomBytes } from 'node:crypto';
import type { SmimeCipher, SmimeKeyTransport } from '../local-crypto.js';
import { algorithm, der, objectIdentifier, small, TAG } from './der.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { recipientInfo } from './recipient-info.js';

const DATA = '1.2.840.113549.1.7.1';
const ENVELOPED_DATA = '1.2.840.113549.1.7.3';
const AUTH_ENVELOPED_DATA = '1.2.840.113549.1.9.16.1.23';
const AES_256_CBC = '2.16.840.1.101.3.4.1.42';
const AES_256_GCM = '2.16.840.1.101.3.4.1.46';
const KEY_BYTES = 32;
const IV_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** How a content is enveloped. */
export interface EnvelopeOptions {
  readonly cipher: SmimeCipher;
  readonly keyTransport: SmimeKeyTransport;
}

/** @returns DER of an EnvelopedData (RFC 5652), or of an AuthEnvelopedData (RFC 5083, 5084) */
export function envelope(
  bytes: Uint8Array,
  recipients: readonly ParsedCertificate[],
  { cipher, keyTransport }: EnvelopeOptions,
): Buffer {
  const key = randomBytes(KEY_BYTES);
  const infos = recipients.map((certificate) => recipientInfo(certificate, key, keyTransport));
  // A SET is in order of its bytes.
  const set = der(TAG.set, ...infos.sort(Buffer.compare));
  if (cipher === 'AES_256_GCM') {
    const { content, tag } = encryptGcm(bytes, key);
    return contentInfo(AUTH_ENVELOPED_DATA, [small(0), set, content, der(TAG.octetString, tag)]);
  }
  const isOld = infos.every((info) => info[0] === TAG.sequence);
  return contentInfo(ENVELOPED_DATA, [small(isOld ? 0 : 2), set, encryptCbc(bytes, key)]);
}

function encryptCbc(bytes: Uint8Array, key: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const encrypted = [cipher.update(bytes), cipher.final()];
  return encryptedContent(algorithm(AES_256_CBC, der(TAG.octetString, iv)), encrypted);
}

function encryptGcm(bytes: Uint8Array, key: Uint8Array): { readonly content: Buffer; readonly tag: Buffer } {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  const encrypted = [cipher.update(bytes), cipher.final()];
  const parameters = der(TAG.sequence, der(TAG.octetString, nonce), small(TAG_BYTES));
  return {
    content: encryptedContent(algorithm(AES_256_GCM, parameters), encrypted),
    tag: cipher.getAuthTag(),
  };
}

function encryptedContent(identifier: Buffer, encrypted: readonly Buffer[]): Buffer {
  return der(TAG.sequence, objectIdentifier(DATA), identifier, der(TAG.context(0), ...encrypted));
}

function contentInfo(type: string, fields: readonly Buffer[]): Buffer {
  return der(TAG.sequence, objectIdentifier(type), der(TAG.constructed(0), der(TAG.sequence, ...fields)));
}
