import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Teardown } from './simulators.js';

export interface BreakableProxy {
  /** The same address as the one behind it, but through this proxy. */
  readonly url: string;
  /** Breaks every connection, and refuses new ones. */
  break(): void;
  /** Takes connections again. */
  mend(): void;
  /** How many connections are open. */
  connections(): number;
}

/** Stands before an HTTP server like the network does: it passes bytes on until it breaks. */
export async function startBreakableProxy(test: Teardown, target: string): Promise<BreakableProxy> {
  const { hostname, port } = new URL(target);
  const clients = new Set<Socket>();
  let isBroken = false;
  const breakAll = (): void => {
    isBroken = true;
    for (const client of clients) client.destroy();
  };
  const server = createServer((client) => {
    if (isBroken) return void client.destroy();
    clients.add(client);
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    client.on('error', () => client.destroy());
    upstream.on('error', () => client.destroy());
    client.once('close', () => {
      clients.delete(client);
      upstream.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(async () => {
    breakAll();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  const url = Object.assign(new URL(target), { port: String(address.port) });
  return {
    url: url.href,
    break: breakAll,
    mend: () => void (isBroken = false),
    connections: () => clients.size,
  };
}
