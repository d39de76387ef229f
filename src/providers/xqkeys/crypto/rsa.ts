import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { EnvelopeError } from './envelope.js';

/** A private key as PEM, as base64 of PEM, or as base64 of DER (PKCS#8 or PKCS#1). Undefined for anything else. */
export function readPrivateKey(text: string): KeyObject | undefined {
  const decoded = Buffer.from(text, 'base64');
  const forms = text.includes('-----BEGIN')
    ? [() => createPrivateKey(text)]
    : [
        () => createPrivateKey(decoded.toString('latin1')),
        () => createPrivateKey({ key: decoded, format: 'der', type: 'pkcs8' }),
        () => createPrivateKey({ key: decoded, format: 'der', type: 'pkcs1' }),
      ];
  for (const read of forms) {
    try {
      const key = read();
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      // The next form may be the one.
    }
  }
  return undefined;
}

/**
 * RSAES-PKCS1-v1_5, one block. Node refuses this padding, so it is taken off here: 00 02, at least eight bytes that
 * are not zero, 00, message.
 * @throws EnvelopeError the same one for whatever is wrong
 */
export function rsaDecrypt(key: KeyObject, block: Buffer): Buffer {
  let padded: Buffer;
  try {
    padded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block);
  } catch {
    throw new EnvelopeError();
  }
  const end = padded.indexOf(0, 2);
  if (padded[0] !== 0 || padded[1] !== 2 || end < 10) throw new EnvelopeError();
  return padded.subarray(end + 1);
}
