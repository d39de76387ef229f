import { ProviderError } from '../../../../provider-error.js';
import type { Effort } from '../effort.js';
import { decompress } from './decompress.js';
import { findPackets, type FoundPackets } from './find-packets.js';
import { COMPRESSED_DATA } from './packets.js';

/** Layers of compression in one message at the most: programs write one, GnuPG reads 32. */
const MAX_LAYERS = 8;

/**
 * The packets of a message without the compression around them, however often it was compressed. Undefined when it
 * cannot be read, or packets that count stand beside what is compressed, which nobody's signature covers.
 * @param maxBytes what any layer may unfold to
 * @throws ProviderError `TOO_LARGE`, `PROCESSING_LIMIT`
 */
export async function unfoldMessage(
  bytes: Uint8Array,
  maxBytes: number,
  effort: Effort,
): Promise<FoundPackets | undefined> {
  let [inner, isAlone] = [bytes, true];
  for (let layer = 0; ; layer += 1) {
    const found = findPackets(inner, 'message', effort);
    if (found === undefined) return undefined;
    isAlone &&= found.isAlone;
    const [first, ...more] = found.packets;
    if (first?.tag !== COMPRESSED_DATA) return { packets: found.packets, isAlone };
    if (more.length > 0) return undefined;
    if (layer === MAX_LAYERS) throw tooDeep();
    const unfolded = await decompress(first.body, maxBytes).catch((error: unknown) => {
      if (error instanceof ProviderError) throw error;
      return undefined;
    });
    if (unfolded === undefined) return undefined;
    isAlone &&= unfolded.isAlone;
    inner = unfolded.bytes;
  }
}

function tooDeep(): ProviderError {
  const message = `message is compressed more than ${MAX_LAYERS} times.`;
  return new ProviderError('TOO_LARGE', { path: ['message'], message });
}
