import { readKeys, type Key } from 'openpgp';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import type { Effort } from '../effort.js';
import type { TextOrBytes } from '../local-crypto.js';
import { countedSignatures } from './counted-signatures.js';
import { keyBlocks } from './key-blocks.js';
import { orderSignatures } from './newest-last.js';

/**
 * All public keys in a text or file.
 * @throws ProviderError `INVALID_INPUT` when there is none, one of them cannot be read, or is a private one;
 * `PROCESSING_LIMIT`
 */
export async function readPublicKeys(
  path: readonly string[],
  value: TextOrBytes,
  effort: Effort,
): Promise<Key[]> {
  const name = path.join('.');
  const keys = await parse(keyBlocks(path, bytesOf(value), effort), countedSignatures(path, effort)).catch(
    () => [],
  );
  if (keys.length === 0)
    throw invalidInput(path, 'MALFORMED', `${name} must be an OpenPGP key that can be read.`);
  if (keys.some((key) => key.isPrivate()))
    throw invalidInput(
      path,
      'NOT_ALLOWED',
      `${name} is a private key: keep it to yourself, only public ones belong here.`,
    );
  return keys;
}

/** The keys of a list of texts or files. */
export async function readKeyList(
  field: string,
  values: readonly TextOrBytes[],
  effort: Effort,
): Promise<Key[]> {
  const keys = await Promise.all(
    values.map((value, index) => readPublicKeys([field, String(index)], value, effort)),
  );
  return keys.flat();
}

async function parse(
  blocks: readonly Uint8Array[],
  config: ReturnType<typeof countedSignatures>,
): Promise<Key[]> {
  const keys = (await Promise.all(blocks.map((binaryKeys) => readKeys({ binaryKeys, config })))).flat();
  for (const key of keys) orderSignatures(key);
  return keys;
}
