import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';

/** `strict`: the TLS handshake fails without a certificate of our authority. `lenient`: the handler decides. */
export type ClientCertificateMode = 'strict' | 'lenient';

export interface ListenerTls {
  /** PEM. */
  readonly cert: string;
  /** PEM, not encrypted. */
  readonly key: string;
  /** PEM of the authority whose client certificates are good. */
  readonly ca: string;
  /** Asked for every new connection; when absent no client certificate is requested. */
  readonly clientCertificate?: () => ClientCertificateMode;
}

export interface ListenerOptions {
  readonly handler: RequestListener;
  /** TCP port; default 0, a free one. */
  readonly port?: number;
  /** Name or address to listen on, as it also stands in the URL. Default 127.0.0.1. */
  readonly host?: string | undefined;
  readonly tls?: ListenerTls;
  /** How long an idle connection stays open; default 75,000 ms, as published clients count on a minute. */
  readonly keepAliveTimeoutMs?: number;
}

export interface Listener {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends every connection, idle or not. */
  stop(): Promise<void>;
}

/** Starts an HTTP, or with `tls` HTTPS, server. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { host = '127.0.0.1' } = options;
  const serverFor = connectionServer(options);
  const sockets = new Set<Socket>();
  // One port, several servers: a connection is given to the one whose TLS settings are wanted just now.
  const front = createTcpServer({ noDelay: true, allowHalfOpen: options.tls === undefined }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serverFor().emit('connection', socket);
  });
  const port = await new Promise<number>((resolve, reject) => {
    front.once('error', reject);
    front.listen(options.port ?? 0, host, () => {
      const address = front.address();
      if (address === null || typeof address === 'string') reject(new Error('not a TCP listener'));
      else resolve(address.port);
    });
  });
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    port,
    async stop() {
      const closed = new Promise<void>((resolve) => {
        front.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function connectionServer({ handler, tls, keepAliveTimeoutMs = 75_000 }: ListenerOptions): () => HttpServer {
  const http = { keepAliveTimeout: keepAliveTimeoutMs };
  if (tls === undefined) {
    const server = createHttpServer(http, handler);
    return () => server;
  }
  const { cert, key, ca, clientCertificate } = tls;
  const secure = (options: { requestCert: boolean; rejectUnauthorized: boolean }): HttpServer =>
    createHttpsServer({ ...http, cert, key, ca, ...options }, handler);
  if (clientCertificate === undefined) {
    const server = secure({ requestCert: false, rejectUnauthorized: false });
    return () => server;
  }
  const servers: Record<ClientCertificateMode, HttpServer> = {
    strict: secure({ requestCert: true, rejectUnauthorized: true }),
    lenient: secure({ requestCert: true, rejectUnauthorized: false }),
  };
  return () => servers[clientCertificate()];
}
