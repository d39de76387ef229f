import { createInflate, createInflateRaw, type Inflate, type InflateRaw } from 'node:zlib';
import { readMessage } from 'openpgp';
import { ProviderError } from '../../../../provider-error.js';

const [NONE, ZIP, ZLIB, BZIP2] = [0, 1, 2, 3];

/**
 * What a body of a compressed packet unfolds to (RFC 9580 section 5.6). Undefined when it is damaged, or something stands
 * behind what is compressed.
 * @throws ProviderError `TOO_LARGE` as soon as more comes out than allowed
 */
export async function decompress(body: Uint8Array, maxBytes: number): Promise<Uint8Array | undefined> {
  const compressed = body.subarray(1);
  switch (body[0]) {
    case NONE:
      return compressed;
    case ZIP:
      return inflate(createInflateRaw(), compressed, maxBytes);
    case ZLIB:
      return inflate(createInflate(), compressed, maxBytes);
    case BZIP2:
      return bunzip2(compressed, maxBytes);
    default:
      return undefined;
  }
}

async function inflate(
  engine: Inflate | InflateRaw,
  compressed: Uint8Array,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  engine.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) engine.destroy(tooLarge(maxBytes));
    else chunks.push(chunk);
  });
  const ended = new Promise<void>((resolve, reject) => {
    engine.once('end', resolve).once('error', reject);
  });
  engine.end(compressed);
  try {
    await ended;
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    return undefined;
  }
  return engine.bytesWritten === compressed.length ? new Uint8Array(Buffer.concat(chunks)) : undefined;
}

/** Bzip2 of the head of a literal packet with an open end, without name and date. */
const LITERAL_HEAD = Buffer.from('QlpoOTFBWSZTWY7E1E4AAANBEGAAEAAAAKAAISGgzTTUF4u5IpwoSEdiaicA', 'base64');
const LITERAL_HEAD_BYTES = 7;

/**
 * OpenPGP.js can undo bzip2, and gives out the packets in it, not the bytes. Several pieces of bzip2 unfold to one: with
 * the head of a packet in front, the bytes are the body of that.
 */
async function bunzip2(compressed: Uint8Array, maxBytes: number): Promise<Uint8Array | undefined> {
  const body = Buffer.concat([Buffer.from([BZIP2]), LITERAL_HEAD, compressed]);
  const head = Buffer.from([0xc8, 0xff, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  const config = { maxDecompressedMessageSize: maxBytes + LITERAL_HEAD_BYTES };
  try {
    const binaryMessage = new Uint8Array(Buffer.concat([head, body]));
    const content: unknown = (await readMessage({ binaryMessage, config })).getLiteralData();
    return content instanceof Uint8Array ? content : undefined;
  } catch (error) {
    // So OpenPGP.js says that it unfolds to more than allowed.
    if (error instanceof Error && error.message.includes('Maximum decompressed')) throw tooLarge(maxBytes);
    return undefined;
  }
}

function tooLarge(maxBytes: number): ProviderError {
  const message = `message unfolds to more than ${maxBytes} bytes.`;
  return new ProviderError('TOO_LARGE', { path: ['message'], message });
}
