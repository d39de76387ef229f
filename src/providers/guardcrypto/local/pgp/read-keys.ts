import { readKeys, type Key } from 'openpgp';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import type { TextOrBytes } from '../local-crypto.js';
import { binaryPgp } from './armor.js';

/**
 * All public keys in a text or file.
 * @throws ProviderError `INVALID_INPUT` when there is none, or a private one
 */
export async function readPublicKeys(path: readonly string[], value: TextOrBytes): Promise<Key[]> {
  const name = path.join('.');
  const bytes = bytesOf(value);
  const keys = await parse(bytes).catch(() => []);
  if (keys.length === 0) throw invalidInput(path, `${name} must be an OpenPGP public key.`);
  if (keys.some((key) => key.isPrivate()))
    throw invalidInput(path, `${name} is a private key: keep it to yourself, only public ones belong here.`);
  return keys;
}

/** The keys of a list of texts or files. */
export async function readKeyList(field: string, values: readonly TextOrBytes[]): Promise<Key[]> {
  const keys = await Promise.all(values.map((value, index) => readPublicKeys([field, String(index)], value)));
  return keys.flat();
}

async function parse(bytes: Buffer): Promise<Key[]> {
  const blocks = binaryPgp(bytes, 'PUBLIC KEY BLOCK', 'PRIVATE KEY BLOCK');
  const keys = await Promise.all(blocks.map((binaryKeys) => readKeys({ binaryKeys })));
  return keys.flat();
}
