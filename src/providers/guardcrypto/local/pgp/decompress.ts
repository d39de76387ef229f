import { createInflate, createInflateRaw, type Inflate, type InflateRaw } from 'node:zlib';
import { readMessage } from 'openpgp';
import { ProviderError } from '../../../../provider-error.js';
import { COMPRESSED_DATA, packetBytes } from './packets.js';

/** What a compressed packet unfolds to. */
export interface Decompressed {
  readonly bytes: Uint8Array;
  /** Whether it was seen that nothing stands behind what is compressed. */
  readonly isAlone: boolean;
}

/**
 * Unfolds the body of a compressed packet (RFC 9580 section 5.6).
 * @throws ProviderError `TOO_LARGE` as soon as it comes to more than `maxBytes`; anything when it cannot be read
 */
export async function decompress(body: Uint8Array, maxBytes: number): Promise<Decompressed> {
  const compressed = body.subarray(1);
  switch (body[0]) {
    case 0:
      if (compressed.length > maxBytes) throw tooLarge(maxBytes);
      return { bytes: compressed, isAlone: true };
    case 1:
      return inflate(createInflateRaw(), compressed, maxBytes);
    case 2:
      return inflate(createInflate(), compressed, maxBytes);
    default:
      return { bytes: await unzip(body, maxBytes), isAlone: false };
  }
}

async function inflate(
  stream: Inflate | InflateRaw,
  compressed: Uint8Array,
  maxBytes: number,
): Promise<Decompressed> {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.end(compressed);
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('bytes expected');
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return {
    bytes: new Uint8Array(Buffer.concat(chunks)),
    isAlone: stream.bytesWritten === compressed.length,
  };
}

/** BZip2 of the head of literal data with an open end, without name and date. */
const LITERAL_HEAD = Buffer.from('QlpoOTFBWSZTWY7E1E4AAANBEGAAEAAAAKAAISGgzTTUF4u5IpwoSEdiaicA', 'base64');
const LITERAL_HEAD_BYTES = 7;

/**
 * BZip2, which OpenPGP.js reads, and hands out as packets, however many those are. Several pieces of it unfold to one:
 * with the head of literal data in front, all that follows is the content of that.
 */
async function unzip(body: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const [algorithm, compressed] = [body.subarray(0, 1), body.subarray(1)];
  const headed = Buffer.concat([algorithm, LITERAL_HEAD, compressed]);
  const binaryMessage = new Uint8Array(packetBytes({ tag: COMPRESSED_DATA, body: headed }));
  try {
    const config = { maxDecompressedMessageSize: maxBytes + LITERAL_HEAD_BYTES };
    const content: unknown = (await readMessage({ binaryMessage, config })).getLiteralData();
    if (!(content instanceof Uint8Array)) throw new TypeError('bytes expected');
    return content;
  } catch (error) {
    // So OpenPGP.js says that a few bytes unfold to more than allowed.
    if (error instanceof Error && error.message.includes('Maximum decompressed')) throw tooLarge(maxBytes);
    throw error;
  }
}

function tooLarge(maxBytes: number): ProviderError {
  const message = `message unfolds to more than ${maxBytes} bytes.`;
  return new ProviderError('TOO_LARGE', { path: ['message'], message });
}
