import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import { AuthenticationError } from '../auth/authenticator.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { Caller } from '../auth/caller.js';

/** Reason that goes with close code 4403 when the token of a WebSocket expires; the client connects again with a new one. */
export const TOKEN_EXPIRED_REASON = 'Token expired';

/** Who sends an HTTP request. @throws AuthenticationError */
export function callerOfRequest(authenticator: Authenticator, request: IncomingMessage): Promise<Caller> {
  return authenticator.authenticate(request.headers.authorization);
}

/**
 * Who opens a WebSocket: `authorization` (or `Authorization`) of the `connection_init` payload, as browsers cannot set
 * headers; else the header of the upgrade request. @throws AuthenticationError
 */
export function callerOfSocket(
  authenticator: Authenticator,
  connectionParams: Readonly<Record<string, unknown>> | undefined,
  headers: IncomingHttpHeaders,
): Promise<Caller> {
  const presented = connectionParams?.['authorization'] ?? connectionParams?.['Authorization'];
  return authenticator.authenticate(typeof presented === 'string' ? presented : headers.authorization);
}

/** What a client is told about a refused or expired token. */
export function asGraphQLError(error: AuthenticationError): GraphQLError {
  return new GraphQLError(error.message, { extensions: { code: error.code } });
}

/** The last error of a stream whose token expires. */
export function tokenExpired(): GraphQLError {
  return asGraphQLError(new AuthenticationError('TOKEN_EXPIRED'));
}
