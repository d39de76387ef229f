import type { Caller } from './caller.js';

/** Turns what a client presented into a caller, the same way for HTTP, SSE, multipart and WebSocket. */
export interface Authenticator {
  /**
   * `authorization` is the value of the header or of `connection_init`'s `authorization`/`Authorization` entry.
   * @throws AuthenticationError
   */
  authenticate(authorization: string | undefined): Promise<Caller>;
}

export type AuthenticationFailure = 'UNAUTHENTICATED' | 'TOKEN_EXPIRED';

/** The caller could not be established. The message is a fixed sentence, safe to show. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError';
  constructor(
    readonly code: AuthenticationFailure,
    cause?: unknown,
    /** For the log alone: which of our rules it did not keep. */
    readonly reason?: string,
  ) {
    super(code === 'TOKEN_EXPIRED' ? 'The access token has expired.' : 'A valid access token is required.', {
      cause,
    });
  }
}
