import type { Readable } from 'node:stream';
import { discard } from './attempt.js';
import { notUnderstood } from './parse.js';
import type { WireSource } from './wire-source.js';

/** The whole body. @throws ProviderError as of `notUnderstood` when it is longer than `maxBytes` */
export async function readBody(body: Readable, maxBytes: number, source: WireSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const arriving: AsyncIterable<Buffer> = body;
  for await (const chunk of arriving) {
    length += chunk.length;
    if (length > maxBytes) {
      discard(body);
      throw notUnderstood(source, 'the answer is longer than allowed');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
