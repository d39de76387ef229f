import { Readable } from 'node:stream';
import { discard } from './attempt.js';
import { toFailure } from './transport-error.js';
import type { FailedAttempt } from './transport-error.js';

/** The body of an answer as a stream that fails with a `ProviderError`. `onClose` is called when nobody reads it any more. */
export function toReadable(
  body: Readable,
  { provider, kind }: Pick<FailedAttempt, 'provider' | 'kind'>,
  onClose: () => void,
): Readable {
  const readable = new Readable({
    read: () => void body.resume(),
    destroy(error, callback) {
      discard(body);
      onClose();
      callback(error);
    },
  });
  body.on('data', (chunk: Buffer) => {
    if (!readable.push(chunk)) body.pause();
  });
  body.on('end', () => readable.push(null));
  body.on('error', (cause) => {
    readable.destroy(toFailure(cause, { provider, kind, sent: true, timedOut: false }).error);
  });
  return readable;
}
