import { CompressedDataPacket, readMessage, type Message } from 'openpgp';
import { ProviderError } from '../../../../provider-error.js';
import { joinParts } from './join-parts.js';

/** Layers of compression in one message at the most: programs write one, GnuPG reads 32. */
const MAX_LAYERS = 8;

/**
 * A message without the compression around it, however often it was compressed. Undefined when it cannot be read, or
 * something stands beside what is compressed, which nobody's signature covers.
 * @param maxBytes what any layer may unfold to
 * @throws ProviderError `TOO_LARGE`
 */
export async function unfoldMessage(
  bytes: Uint8Array,
  maxBytes: number,
): Promise<Message<Uint8Array> | undefined> {
  const binaryMessage = joinParts(bytes);
  if (binaryMessage === undefined) return undefined;
  let found = 0;
  class Layer extends CompressedDataPacket {
    constructor() {
      super();
      found += 1;
      if (found > MAX_LAYERS) throw new RangeError('too many layers');
    }
  }
  try {
    const config = { additionalAllowedPackets: [Layer], maxDecompressedMessageSize: maxBytes };
    const { inner, depth } = unwrapped(await readMessage({ binaryMessage, config }));
    return depth === found ? inner : undefined;
  } catch (error) {
    if (found > MAX_LAYERS) throw tooLarge(`is compressed more than ${MAX_LAYERS} times`);
    // So OpenPGP.js says that a few bytes unfold to more than allowed.
    if (error instanceof Error && error.message.includes('Maximum decompressed'))
      throw tooLarge(`unfolds to more than ${maxBytes} bytes`);
    return undefined;
  }
}

/** @returns the innermost message, and how many layers were passed that hold nothing else */
function unwrapped(message: Message<Uint8Array>): {
  readonly inner: Message<Uint8Array>;
  readonly depth: number;
} {
  let [inner, depth] = [message, 0];
  for (;;) {
    const next = inner.packets.length === 1 ? inner.unwrapCompressed() : inner;
    if (next === inner) return { inner, depth };
    [inner, depth] = [next, depth + 1];
  }
}

function tooLarge(rule: string): ProviderError {
  return new ProviderError('TOO_LARGE', { path: ['message'], message: `message ${rule}.` });
}
