import { readMessage, type Message } from 'openpgp';
import { ProviderError } from '../../../../provider-error.js';
import type { Effort } from '../effort.js';
import { decompress } from './decompress.js';
import { joinParts } from './join-parts.js';
import { countPackets, packetsOf } from './packets.js';

/** Layers of compression in one message at the most: programs write one, GnuPG reads 32. */
const MAX_LAYERS = 8;
const COMPRESSED = 8;

/**
 * A message without the compression around it, however often it was compressed. Undefined when it cannot be read, or
 * something stands beside what is compressed, which nobody's signature covers.
 * @param maxBytes what any layer may unfold to
 * @throws ProviderError `TOO_LARGE`, `PROCESSING_LIMIT`
 */
export async function unfoldMessage(
  bytes: Uint8Array,
  maxBytes: number,
  effort: Effort,
): Promise<Message<Uint8Array> | undefined> {
  let packed: Uint8Array | undefined = bytes;
  for (let layer = 0; packed !== undefined; layer += 1) {
    const binaryMessage = joinParts(packed);
    if (binaryMessage === undefined) return undefined;
    countPackets(binaryMessage, ['message'], effort);
    const packets = [...packetsOf(binaryMessage)];
    const compressed = packets.find((packet) => typeof packet === 'object' && packet.tag === COMPRESSED);
    if (typeof compressed !== 'object') return readMessage({ binaryMessage }).catch(() => undefined);
    if (packets.length > 1) return undefined;
    if (layer === MAX_LAYERS)
      throw new ProviderError('TOO_LARGE', {
        path: ['message'],
        message: `message is compressed more than ${MAX_LAYERS} times.`,
      });
    packed = await decompress(compressed.body, maxBytes);
  }
  return undefined;
}
