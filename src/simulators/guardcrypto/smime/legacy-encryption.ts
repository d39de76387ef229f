import { createDecipheriv } from 'node:crypto';
import { Integer, OctetString, Sequence } from 'asn1js';
import forge from 'node-forge';
import type { AlgorithmIdentifier } from 'pkijs';

interface Scheme {
  readonly keyBytes: number;
  readonly decrypt: (key: Buffer, iv: Buffer, encrypted: ArrayBuffer) => Buffer;
}

const IV_BYTES = 8;
const [KEY, IV] = [1, 2];

/** What RFC 7292 appendix C has of PKCS12 files before PBES2, and OpenSSL still writes with `-legacy`. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.12.1.3': { keyBytes: 24, decrypt: decryptTripleDes },
  '1.2.840.113549.1.12.1.4': {
    keyBytes: 16,
    decrypt: (key, ...rest) => decryptTripleDes(Buffer.concat([key, key.subarray(0, 8)]), ...rest),
  },
  '1.2.840.113549.1.12.1.5': { keyBytes: 16, decrypt: decryptRc2 },
  '1.2.840.113549.1.12.1.6': { keyBytes: 5, decrypt: decryptRc2 },
};

/** Undefined when it is encrypted in another way. @throws Error when the passphrase is wrong */
export function decryptLegacy(
  { algorithmId, algorithmParams }: AlgorithmIdentifier,
  encrypted: ArrayBuffer,
  passphrase: string,
): Buffer | undefined {
  const scheme = SCHEMES[algorithmId];
  if (scheme === undefined) return undefined;
  const parameters: unknown = algorithmParams;
  const [salt, iterations] = parameters instanceof Sequence ? parameters.valueBlock.value : [];
  if (!(salt instanceof OctetString) || !(iterations instanceof Integer))
    throw new TypeError('no parameters of a PKCS12 encryption');
  const derive = (purpose: number, bytes: number) => {
    const saltBytes = forge.util.createBuffer(salt.getValue());
    const count = iterations.valueBlock.valueDec;
    return fromForge(forge.pkcs12.generateKey(passphrase, saltBytes, purpose, count, bytes));
  };
  return scheme.decrypt(derive(KEY, scheme.keyBytes), derive(IV, IV_BYTES), encrypted);
}

function decryptTripleDes(key: Buffer, iv: Buffer, encrypted: ArrayBuffer): Buffer {
  const decipher = createDecipheriv('des-ede3-cbc', key, iv);
  return Buffer.concat([decipher.update(new Uint8Array(encrypted)), decipher.final()]);
}

// Node has no RC2 without a provider of OpenSSL that it does not bring.
function decryptRc2(key: Buffer, iv: Buffer, encrypted: ArrayBuffer): Buffer {
  const decipher = forge.rc2.createDecryptionCipher(key.toString('binary'), key.length * 8);
  decipher.start(iv.toString('binary'));
  decipher.update(forge.util.createBuffer(encrypted));
  if (!decipher.finish()) throw new Error('wrong padding');
  return fromForge(decipher.output);
}

function fromForge(buffer: forge.util.ByteBuffer): Buffer {
  return Buffer.from(buffer.getBytes(), 'binary');
}
