import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Subscribers {
  /** Resolves when every client has received `events` events in all since it connected. */
  received(events: number): Promise<void>;
  /** Bytes of the latest event as it came over the wire. */
  latest(): string;
  close(): void;
}

const QUERY =
  'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { cursor sequence terminal changes { userId to } twoFactorMessage { id outcome } } }';

/** Connects `count` graphql-ws clients that watch one message, each with its first event received. */
export async function connectSubscribers(url: string, id: string, count: number): Promise<Subscribers> {
  const subscribers = await openSockets(url.replace(/^http/, 'ws'), count, (socket, onEvent) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('{"type":"connection_ack"') || text.includes('"type":"connection_ack"')) {
        socket.send(
          JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { id } } }),
        );
      } else if (text.includes('"type":"next"')) onEvent(text);
    });
    socket.send(JSON.stringify({ type: 'connection_init' }));
  });
  await subscribers.received(1);
  return subscribers;
}

/** Connects `count` plain WebSocket clients that count what they receive. */
export function connectPlain(url: string, count: number): Promise<Subscribers> {
  return openSockets(url, count, (socket, onEvent) => {
    socket.on('message', (data: Buffer) => onEvent(data.toString()));
  });
}

async function openSockets(
  url: string,
  count: number,
  begin: (socket: WebSocket, onEvent: (text: string) => void) => void,
): Promise<Subscribers> {
  const counts = new Array<number>(count).fill(0);
  let latest = '';
  let waiting: { events: number; left: number; resolve: () => void } | undefined;
  const sockets: WebSocket[] = [];
  for (let index = 0; index < count; index++) {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    await once(socket, 'open');
    begin(socket, (text) => {
      latest = text;
      const events = (counts[index] ?? 0) + 1;
      counts[index] = events;
      if (waiting?.events === events && --waiting.left === 0) waiting.resolve();
    });
    sockets.push(socket);
  }
  return {
    received: (events) =>
      new Promise((resolve) => {
        const left = counts.filter((seen) => seen < events).length;
        if (left === 0) resolve();
        else waiting = { events, left, resolve };
      }),
    latest: () => latest,
    close: () => sockets.forEach((socket) => socket.terminate()),
  };
}
