import { decryptKey, encryptKey, type Key, type PrivateKey } from 'openpgp';
import { LOCKING } from './config.js';

/** Opens a private ring; undefined when the password does not. */
export async function unlockKey(key: Key, password: string): Promise<PrivateKey | undefined> {
  if (!key.isPrivate()) return undefined;
  if (key.isDecrypted()) return key;
  try {
    return await decryptKey({ privateKey: key, passphrase: password });
  } catch {
    return undefined;
  }
}

/** The armor of an open ring, locked with a password. */
export async function lockKey(key: PrivateKey, password: string): Promise<string> {
  const locked = await encryptKey({ privateKey: key, passphrase: password, config: LOCKING });
  return locked.armor();
}
