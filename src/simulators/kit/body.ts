import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

/** The request body is longer than the simulator reads. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Reads a request body to its end.
 * @param maxBytes default 1 MiB.
 * @throws BodyTooLarge
 */
export async function readBody(request: IncomingMessage, maxBytes = 1024 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream: AsyncIterable<Buffer> = request;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The request body is not what the operation takes; `message` says why. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody';
}

/** Reads a JSON body, whatever it is labelled. @throws MalformedBody, BodyTooLarge */
export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  const body = schema.safeParse(parseJson((await readBody(request)).toString('utf8')));
  if (!body.success) throw new MalformedBody(z.prettifyError(body.error));
  return body.data;
}

/** The value a JSON text stands for; `undefined`, which JSON cannot express, when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
