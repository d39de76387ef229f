import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Teardown } from '../../support/simulators.js';

/** A port of 127.0.0.1 whose connections go to each of several ports in turn, or to the next one when that is closed. */
export async function startBalancer(test: Teardown, ports: readonly number[]): Promise<number> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    reach(client, turn++, ports.length);
  });
  const reach = (client: Socket, at: number, left: number): void => {
    const upstream = connect(ports[at % ports.length] ?? 0, '127.0.0.1');
    let isOpen = false;
    upstream.once('connect', () => {
      isOpen = true;
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => {
      if (isOpen || left <= 1) client.destroy();
      else reach(client, at + 1, left - 1);
    });
    client.once('close', () => upstream.destroy());
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}
