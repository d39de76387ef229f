import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** What a simulator says to one request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  /** Sent as it comes when it is a stream: `headers` then have to say how long it is. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** The connection ends without an answer. */
export const HANG_UP = Symbol('hang up');

export type Answer = HttpAnswer | typeof HANG_UP;

export const JSON_TYPE = 'application/json; charset=utf-8';

/** The charset is said although JSON has only one: a published Java client fails without it. */
export function jsonAnswer(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: JSON.stringify(value),
  };
}

/** @param contentType default `text/plain; charset=utf-8`. */
export function textAnswer(
  status: number,
  body: string,
  contentType = 'text/plain; charset=utf-8',
): HttpAnswer {
  return { status, headers: { 'content-type': contentType }, body };
}

export function emptyAnswer(status: number, headers: OutgoingHttpHeaders = {}): HttpAnswer {
  return { status, headers, body: '' };
}

/** Makes a `node:http` listener of a function that answers; when it throws, that is status 500 and a process warning. */
export function answering(handle: (request: IncomingMessage) => Promise<Answer>): RequestListener {
  return (request, response) => {
    void respond(handle, request, response);
  };
}

async function respond(
  handle: (request: IncomingMessage) => Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await sendAnswer(request, response, await handle(request));
  } catch (error) {
    // Whoever left before the whole request was read is no fault of ours.
    if (request.destroyed && !request.complete) return;
    if (response.headersSent) return void request.socket.destroy();
    process.emitWarning(error instanceof Error ? error : String(error));
    await sendAnswer(request, response, emptyAnswer(500));
  }
}

async function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  if (answer === HANG_UP) {
    request.socket.destroy();
    return;
  }
  const { status, headers, body } = answer;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    response.writeHead(status, headers);
    await pipeline(body, response);
    return;
  }
  // A 204 or 304 has no body and must not state its length.
  const bodyless = status === 204 || status === 304;
  const length = bodyless ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...length, ...headers });
  response.end(bodyless ? undefined : body);
}
