import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../log.js';
import { PROBLEM_CODES, ProviderError } from '../../provider-error.js';
import type { ProblemCode } from '../../provider-error.js';
import { isTicketRequest, TICKET_PATH } from './tickets.js';
import type { Tickets } from './tickets.js';

/** Answers a request itself and says true, or leaves it alone and says false. */
export type TicketRoute = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface TicketRouteOptions {
  readonly tickets: Tickets;
  readonly logger: Logger;
  /** Origins whose pages may send and fetch files. */
  readonly corsOrigins: readonly string[];
}

/** Redeems tickets. What goes wrong before the first byte of an answer is told as `{"error": {"code", "message"}}`. */
export function ticketRoute({ tickets, logger, corsOrigins }: TicketRouteOptions): TicketRoute {
  const serve = async (secret: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '' } = request;
    if (method === 'OPTIONS') {
      response.writeHead(204, PREFLIGHT).end();
      return;
    }
    const taken = await tickets.take(secret, method, request);
    if (taken === 'unknown') return refuse(response, 'NOT_FOUND');
    // What a file is and how long says its provider, who would count it as fetched.
    if (taken === 'good') return void response.writeHead(200).end();
    if ('allow' in taken) return void response.writeHead(405, taken).end();
    await taken.handler.handle(taken.content, request, response);
  };

  return (request, response) => {
    if (!isTicketRequest(request)) return false;
    const path = request.url?.split('?', 1)[0] ?? '';
    const { origin } = request.headers;
    response.setHeader('vary', 'origin');
    response.setHeader('cache-control', 'no-store');
    if (origin !== undefined && corsOrigins.includes(origin)) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'content-disposition');
    }
    serve(path.slice(TICKET_PATH.length), request, response).catch((error: unknown) => {
      const known = error instanceof ProviderError;
      if (!known) logger.error({ event: 'ticket', err: error }, 'a file could not be served');
      if (response.headersSent) response.destroy();
      else refuse(response, known ? error.code : 'PROVIDER_UNAVAILABLE', known ? error.message : undefined);
    });
    return true;
  };
}

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, PUT',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '600',
};

const STATUSES: Partial<Record<ProblemCode, number>> = {
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  CONFLICT: 409,
  ALREADY_COMPLETED: 409,
  CREDENTIAL_EXPIRED: 401,
  SIGN_IN_REQUIRED: 401,
  TOO_LARGE: 413,
  PROCESSING_LIMIT: 422,
  PROVIDER_REJECTED: 422,
  RATE_LIMITED: 429,
  PROVIDER_TIMEOUT: 504,
};

function refuse(response: ServerResponse, code: ProblemCode, message: string = PROBLEM_CODES[code]): void {
  const body = JSON.stringify({ error: { code, message } });
  response
    .writeHead(STATUSES[code] ?? 502, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      // What of an upload was not taken is not waited for.
      connection: 'close',
    })
    .end(body);
}
