import { once } from 'node:events';
import { createServer } from 'node:http';
import { listenProblem } from '../config/index.js';
import type { HttpRoute } from '../http/respond.js';

export interface OperatorServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves what a process without an API of its own answers its operator.
 * @throws ConfigError when the address cannot be had
 */
export async function serveOperator(
  route: HttpRoute,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<OperatorServer> {
  const server = createServer((request, response) => {
    if (!route(request, response)) response.writeHead(404).end();
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(error, port);
  }
  const address = server.address();
  return {
    url: `http://${host}:${typeof address === 'object' && address ? address.port : port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
