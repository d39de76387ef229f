import { readKeys, type Key } from 'openpgp';
import { GuardError } from '../guard-error.js';

const ARMOR =
  /-----BEGIN PGP (PUBLIC|PRIVATE) KEY BLOCK-----(?:(?!-----)[^])+-----END PGP \1 KEY BLOCK-----/g;

/** All keys of a text. OpenPGP.js looks at the first armored block alone. @throws GuardError */
export async function readArmoredKeys(text: string): Promise<Key[]> {
  const blocks = text.match(ARMOR) ?? [];
  if (blocks.length === 0) throw new GuardError('unreadableKey');
  try {
    return (await Promise.all(blocks.map((armoredKeys) => readKeys({ armoredKeys })))).flat();
  } catch {
    throw new GuardError('unreadableKey');
  }
}

/** A key the simulator stored. */
export async function readStoredKey(armored: string): Promise<Key> {
  const [key] = await readArmoredKeys(armored);
  if (key === undefined) throw new GuardError('unreadableKey');
  return key;
}
