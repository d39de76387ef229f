import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import type { Clock } from '../../clock.js';

export interface TlsConnectorOptions {
  readonly secureContext: SecureContext;
  /** Milliseconds until the handshake must have ended. */
  readonly connectMs: number;
  readonly clock: Clock;
}

/** Code of the error for a server that ends a connection once it has seen our certificate. */
export const HUNG_UP = 'HUNG_UP_AFTER_HANDSHAKE';

/** How long a server without session tickets delays each new connection, milliseconds. */
const VERDICT_MS = 250;

/**
 * Opens connections that the server has accepted. In TLS 1.3 the handshake ends for us before the server has looked at
 * our certificate; a request sent at once would be lost to a refusal, and whether it was read not be known. So the
 * server's first words are awaited, the session tickets nearly every server sends; without any, a moment.
 */
export function createTlsConnector({
  secureContext,
  connectMs,
  clock,
}: TlsConnectorOptions): buildConnector.connector {
  // Verification is said aloud, because an environment variable can turn the default off. No session is resumed:
  // after a resumption no new ticket may come, and every such connection would wait the whole moment.
  const connect = buildConnector({
    timeout: connectMs,
    rejectUnauthorized: true,
    secureContext,
    maxCachedSessions: 0,
  });
  return (options, callback) => {
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      if (!(socket instanceof TLSSocket) || socket.getProtocol() !== 'TLSv1.3') return callback(null, socket);
      awaitVerdict(socket, clock).then(
        () => callback(null, socket),
        (refusal: Error) => {
          socket.destroy();
          callback(refusal, null);
        },
      );
    });
  };
}

/** The server ended the connection once it had seen our certificate. */
class HungUpError extends Error {
  readonly code = HUNG_UP;
}

async function awaitVerdict(socket: TLSSocket, clock: Clock): Promise<void> {
  const listening = new AbortController();
  const { signal } = listening;
  // Rejects with the server's alert, should there be one.
  const words = once(socket, 'session', { signal });
  const hangUp = once(socket, 'close', { signal }).then(() => {
    throw new HungUpError('the server hung up after the handshake');
  });
  const silence = new Promise<void>((resolve) => {
    signal.addEventListener('abort', clock.schedule(VERDICT_MS, resolve));
  });
  try {
    // Node announces a ticket in the midst of reading; a request written there would break off that reading.
    const free = Promise.race([words, silence]).then(() => setImmediate());
    await Promise.race([free, hangUp]);
  } finally {
    listening.abort();
  }
}
