import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';

/** What a simulator says to one request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Uint8Array;
}

/** The connection ends without an answer. */
export const HANG_UP = Symbol('hang up');

export type Answer = HttpAnswer | typeof HANG_UP;

export function jsonAnswer(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
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
    sendAnswer(request, response, await handle(request));
  } catch (error) {
    // Whoever left before the whole request was read is no fault of ours.
    if (request.destroyed && !request.complete) return;
    process.emitWarning(error instanceof Error ? error : String(error));
    sendAnswer(request, response, emptyAnswer(500));
  }
}

function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer === HANG_UP) {
    request.socket.destroy();
    return;
  }
  // A 204 or 304 has no body and must not state its length.
  const bodyless = answer.status === 204 || answer.status === 304;
  const length = bodyless ? {} : { 'content-length': Buffer.byteLength(answer.body) };
  response.writeHead(answer.status, { ...length, ...answer.headers });
  response.end(bodyless ? undefined : answer.body);
}
