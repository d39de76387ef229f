import { readKeys, type Key } from 'openpgp';
import { checkAllSoon } from '../../../../check-all.js';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import type { Effort } from '../effort.js';
import type { TextOrBytes } from '../local-crypto.js';
import { withoutCertifications, type Certified } from './certifications.js';
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
  return (await readCertifiedKeys(path, value, effort)).keys;
}

/** Keys, and what others have certified of them. */
export interface CertifiedKeys {
  readonly keys: Key[];
  readonly certified: readonly Certified[];
}

/**
 * The same, with how often others have certified them.
 * @throws ProviderError as `readPublicKeys` does
 */
export async function readCertifiedKeys(
  path: readonly string[],
  value: TextOrBytes,
  effort: Effort,
): Promise<CertifiedKeys> {
  const name = path.join('.');
  const certified = keyBlocks(path, bytesOf(value), effort).map((block) =>
    withoutCertifications(block, () => effort.spend('ownSignatures', path)),
  );
  const blocks = certified.map(({ bytes }) => bytes);
  const keys = await parse(blocks, countedSignatures(path, effort)).catch(() => []);
  if (keys.length === 0)
    throw invalidInput(path, 'MALFORMED', `${name} must be an OpenPGP key that can be read.`);
  if (keys.some((key) => key.isPrivate()))
    throw invalidInput(
      path,
      'NOT_ALLOWED',
      `${name} is a private key: keep it to yourself, only public ones belong here.`,
    );
  return { keys, certified };
}

/** The keys of a list of texts or files. @throws ProviderError naming each that is wrong */
export async function readKeyList(
  field: string,
  values: readonly TextOrBytes[],
  effort: Effort,
): Promise<Key[]> {
  const keys = await checkAllSoon(
    values.map((value, index) => () => readPublicKeys([field, String(index)], value, effort)),
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
