import { pipeline, Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Clock } from '../../clock.js';
import { ProviderError } from '../../provider-error.js';

/** What is uploaded broke off, or came too slowly. Its length was told before, so what has arrived is no file of anybody's. */
export class BrokenUploadError extends Error {
  override readonly name = 'BrokenUploadError';
}

export interface UploadOptions {
  readonly clock: Clock;
  /** Below this, over half a minute, an upload is given up: it would take up a slot for hours. */
  readonly minBytesPerSecond: number;
  /** Told of each chunk that passes. */
  readonly onChunk: () => void;
}

const WINDOW_MS = 30_000;

/** The same bytes, as fast as they are taken. Fails with a BrokenUploadError where whoever brings them is at fault. */
export function watchUpload(body: Readable, { clock, minBytesPerSecond, onChunk }: UploadOptions): Readable {
  let arrived = 0;
  const upload = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      arrived += chunk.length;
      onChunk();
      callback(null, chunk);
    },
  });
  const fail = (reason: string, cause?: unknown): void => {
    // Whoever brings it may know better what is wrong with it.
    const error = cause instanceof ProviderError ? cause : new BrokenUploadError(reason, { cause });
    if (!upload.destroyed) upload.destroy(error);
  };
  body.once('error', (error) => fail('it broke off', error));
  body.once('close', () => {
    if (!body.readableEnded) fail('it broke off');
  });
  const look = (): void => {
    // What lies here already waits for the provider, who is not hurried.
    const isAwaited = upload.readableLength === 0 && !upload.writableEnded;
    if (isAwaited && arrived < (minBytesPerSecond * WINDOW_MS) / 1000) return fail('it is too slow');
    arrived = 0;
    cancel = clock.schedule(WINDOW_MS, look);
  };
  let cancel = clock.schedule(WINDOW_MS, look);
  upload.once('close', () => cancel());
  // Either end that fails ends the other; the call tells of it.
  pipeline(body, upload, () => undefined);
  return upload;
}
