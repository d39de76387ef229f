import { constants, createPrivateKey, createPublicKey, generateKeyPair, privateDecrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { World } from './world.js';

const generate = promisify(generateKeyPair);

/** Finds an RSA pair in the thread pool. @returns PKCS#8 PEM. */
export async function generatePasswordKey(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** `pubKey` of the login answer: SubjectPublicKeyInfo, DER, Base64 on one line. */
export function publicPasswordKey(world: World): string {
  return createPublicKey(world.state.passwordKey).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** Opens an `e_password`; undefined when it is none for this server. */
export function decryptPassword(world: World, encrypted: string): string | undefined {
  const key = createPrivateKey(world.state.passwordKey);
  let block: Buffer;
  try {
    // Node refuses PKCS#1 v1.5 for private decryption, so the padding is taken off below.
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(encrypted, 'base64'));
  } catch {
    return undefined;
  }
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) return undefined;
  return block.toString('utf8', end + 1);
}
