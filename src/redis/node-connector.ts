import { createConnection, type Socket } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import { AbstractConnector } from 'ioredis';

const DISCONNECT_TIMEOUT_MS = 2_000;

/** Leads a connection to any one of the nodes there are, and to the next one whenever it connects anew. */
export function nodeConnector(
  nodes: () => readonly { readonly host: string; readonly port: number }[],
  tls: ConnectionOptions | undefined,
): new () => AbstractConnector {
  let turn = 0;
  return class extends AbstractConnector {
    constructor() {
      super(DISCONNECT_TIMEOUT_MS);
    }

    override connect(): Promise<Socket> {
      this.connecting = true;
      const known = nodes();
      const node = known[turn++ % known.length];
      if (!node) return Promise.reject(new Error('No node of the cluster is known.'));
      const stream: Socket = tls ? connect({ ...node, ...tls }) : createConnection(node);
      stream.once('error', (error: Error) => void (this.firstError = error));
      this.stream = stream;
      return Promise.resolve(stream);
    }
  };
}
