import type { Readable } from 'node:stream';
import { discard } from './attempt.js';
import { ProviderError } from '../../provider-error.js';

/** The whole body. @throws ProviderError PROVIDER_PROTOCOL when it is longer than `maxBytes` */
export async function readBody(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const source: AsyncIterable<Buffer> = body;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxBytes) {
      discard(body);
      throw new ProviderError('PROVIDER_PROTOCOL', { cause: new Error('the answer is longer than allowed') });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
