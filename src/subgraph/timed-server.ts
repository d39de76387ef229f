import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long a client may take to send a request, milliseconds. */
export interface RequestTimes {
  /** For the head. Default 60,000. */
  readonly headMs: number;
  /** For head and body together, except of a file. Default 300,000. */
  readonly requestMs: number;
  /** During a file, without a single byte in either direction. Default 120,000. */
  readonly idleMs: number;
}

const DEFAULT_TIMES: RequestTimes = { headMs: 60_000, requestMs: 300_000, idleMs: 120_000 };
const CHECK_INTERVAL_MS = 30_000;

/**
 * An HTTP server that no slow client can occupy for long, and that lets a file take as long as its bytes keep coming:
 * Node's own limit for whole requests knows no exceptions, so it is off here, and kept by a timer per request.
 * @param isFile whether a request sends or fetches a file
 */
export function createTimedServer(
  listener: RequestListener,
  isFile: (request: IncomingMessage) => boolean,
  times: Partial<RequestTimes> = {},
): Server {
  const { headMs, requestMs, idleMs } = { ...DEFAULT_TIMES, ...times };
  return createServer(
    {
      headersTimeout: headMs,
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, headMs),
    },
    (request, response) => {
      const { socket } = request;
      // Without a listener, a socket that times out is destroyed.
      if (isFile(request)) socket.setTimeout(idleMs);
      else {
        const timer = setTimeout(() => {
          if (!request.complete) refuse(socket, response.headersSent);
        }, requestMs).unref();
        request.once('close', () => clearTimeout(timer));
      }
      listener(request, response);
    },
  );
}

function refuse(socket: Socket, isAnswered: boolean): void {
  if (!isAnswered && socket.writable)
    socket.write('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
  socket.destroy();
}
