import type { IncomingMessage } from 'node:http';

/**
 * The body of a request; undefined when it is larger than allowed (the rest is not read).
 * @throws Error when the client goes away before its end
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const left = (): void => reject(new Error('the client went away'));
    if (request.destroyed) return left();
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= maxBytes) return void chunks.push(chunk);
      request.off('data', onData).pause();
      resolve(undefined);
    };
    const onEnd = (): void => {
      // It closes after every request, and an error costs its stack.
      request.off('close', left);
      resolve(Buffer.concat(chunks).toString());
    };
    // Listeners, because an iterator costs a promise and more for each piece. What settles it first counts.
    request.on('data', onData);
    request.once('end', onEnd);
    request.once('error', reject);
    request.once('close', left);
  });
}
