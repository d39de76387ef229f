import { invalidInput } from '../../../../provider-error.js';
import { Effort } from '../effort.js';
import { binaryPgp, blocksBegun, isBinaryPgp } from './armor.js';
import { countPackets, packetsOf } from './packets.js';

const KINDS = ['PUBLIC KEY BLOCK', 'PRIVATE KEY BLOCK'];
const [SECRET_KEY, PUBLIC_KEY] = [5, 6];
/** Older and experimental ones are read by nobody here. */
const VERSIONS: readonly (number | undefined)[] = [4, 6];

/**
 * The bytes of every block of keys in a text or file. They are looked through as far as can be told without reading the
 * keys themselves, so that what is wrong is said, and with which of several keys.
 * @throws ProviderError `INVALID_INPUT`, `PROCESSING_LIMIT`
 */
export function keyBlocks(path: readonly string[], bytes: Buffer, effort = new Effort()): Uint8Array[] {
  const blocks = binaryPgp(bytes, KINDS, (count) => effort.spend('packets', path, count));
  for (const block of blocks) countPackets(block, path, effort);
  const begun = isBinaryPgp(bytes) ? 1 : blocksBegun(bytes, KINDS);
  const keys: Found[] = blocks.flatMap(keysIn);
  if (begun > blocks.length) keys.push('is cut off: its last line is missing');
  const at = keys.findIndex((found) => found !== 'FINE');
  const problem = keys.length === 0 ? NO_KEY : keys[at];
  if (problem === undefined || problem === 'FINE') return blocks;
  const name = path.join('.');
  throw invalidInput(path, 'MALFORMED', `${keys.length > 1 ? `Key ${at + 1} in ${name}` : name} ${problem}.`);
}

/** Whether keys begin with a private one. @param block as `keyBlocks` has them */
export function isPrivate(block: Uint8Array): boolean {
  const [first] = packetsOf(block);
  return typeof first === 'object' && first.tag === SECRET_KEY;
}

/** `FINE`, or what is wrong with a key, as the rest of a sentence. */
type Found = string;

const NO_KEY: Found = 'must be an OpenPGP key, and is something else';

/** Every key that begins in a block, the last of which may be none. */
function keysIn(block: Uint8Array): Found[] {
  const keys: Found[] = [];
  for (const packet of packetsOf(block)) {
    if (packet === 'CUT') return [...keys.slice(0, -1), 'is cut off: it ends within a packet'];
    if (packet === 'NONE') return [...keys, NO_KEY];
    const [version] = packet.body;
    if (packet.tag === SECRET_KEY || packet.tag === PUBLIC_KEY)
      keys.push(
        VERSIONS.includes(version) ? 'FINE' : `is of version ${version ?? 0}; versions 4 and 6 are read`,
      );
  }
  return keys.length === 0 ? [NO_KEY] : keys;
}
