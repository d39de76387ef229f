import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Clock } from '../../src/clock.js';
import type { Teardown } from './simulators.js';

export interface IdleProxy {
  /** The same address as the one behind it, but through this proxy. */
  readonly url: string;
  /** Resolves when something has come from this side. */
  heard(side: Side): Promise<void>;
}

type Side = 'client' | 'server';

/** Stands before an HTTP server as many do: it cuts a connection of which one of these sides was silent for so long. */
export async function startIdleProxy(
  test: Teardown,
  target: string,
  { clock, idleMs, sides }: { clock: Clock; idleMs: number; sides: readonly Side[] },
): Promise<IdleProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const waiting: { readonly side: Side; readonly resolve: () => void }[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const ends = { client, server: upstream };
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.pipe(upstream).pipe(client);
    for (const side of ['client', 'server'] as const) {
      const watch = (): (() => void) =>
        sides.includes(side) ? clock.schedule(idleMs, cut) : () => undefined;
      let cancel = watch();
      open.add(ends[side]);
      ends[side]
        .on('data', () => {
          cancel();
          cancel = watch();
          for (const one of waiting.splice(0))
            if (one.side === side) one.resolve();
            else waiting.push(one);
        })
        .on('error', cut)
        .once('close', () => {
          cancel();
          open.delete(ends[side]);
          cut();
        });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(async () => {
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return {
    url: Object.assign(new URL(target), { port: String(address.port) }).href,
    heard: (side) => new Promise((resolve) => waiting.push({ side, resolve })),
  };
}
