import type { IncomingMessage, ServerResponse } from 'node:http';
import { RATE_HEADERS } from './rate-headers.js';

/** Whether a page of that origin may use this server: it is on the list, or is one of this server's own pages. */
export function isAllowedOrigin(request: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const EXPOSED = ['x-request-id', ...RATE_HEADERS].join(', ');

/**
 * Cross-origin headers for the origins on the list; nobody else's origin is ever repeated, and credentials are never
 * allowed. Answers preflights itself: true when it did.
 */
export function handleCors(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): boolean {
  const { origin } = request.headers;
  response.setHeader('vary', 'origin');
  const listed = origin !== undefined && origins.includes(origin);
  if (listed) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', EXPOSED);
  }
  if (request.method !== 'OPTIONS') return false;
  if (listed) {
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT');
    const wanted = request.headers['access-control-request-headers'];
    if (wanted) response.setHeader('access-control-allow-headers', wanted);
    response.setHeader('access-control-max-age', '600');
  }
  response.writeHead(204).end();
  return true;
}
