import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Teardown } from './simulators.js';

export interface TestServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Requests whose head has arrived, so far. */
  readonly hits: number;
  /** Resolves as soon as that many requests have arrived. */
  hit(count: number): Promise<void>;
  /** Ends all connections and stops listening; done with the test in any case. */
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** Default: plain HTTP. */
  readonly tls?: ServerOptions;
  /** Default: a free one. */
  readonly port?: number;
}

/** A server on loopback that ends with the test. */
export async function startServer(
  test: Teardown,
  listener: RequestListener,
  { tls, port = 0 }: TestServerOptions = {},
): Promise<TestServer> {
  const server: Server = tls ? createTlsServer(tls) : createServer();
  let hits = 0;
  const waiting = new Set<() => void>();
  server.on('request', (request, response) => {
    hits++;
    for (const check of waiting) check();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: actual } = server.address() as AddressInfo;
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  test.after(stop);
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${actual}`,
    port: actual,
    get hits() {
      return hits;
    },
    hit: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (hits < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    stop,
  };
}

/** The body of a request, whole. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}
