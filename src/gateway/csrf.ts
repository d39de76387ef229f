import type { IncomingMessage } from 'node:http';

const PREFLIGHT_HEADERS = [
  'apollo-require-preflight',
  'graphql-require-preflight',
  'x-apollo-operation-name',
];
const SIMPLE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/**
 * Whether a browser would have asked this server before sending the request from another site's page: then, and only
 * then, it is executed.
 */
export function wasPreflighted(request: IncomingMessage): boolean {
  if (PREFLIGHT_HEADERS.some((name) => request.headers[name] !== undefined)) return true;
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type !== undefined && type !== '' && !SIMPLE_TYPES.includes(type);
}
