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
  'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { cursor sequence isTerminal changes { userId to } twoFactorMessage { id outcome } } }';

// Sockets that are being opened at a time: fewer than the backlog of any listener.
const AT_ONCE = 100;

/** Connects `count` graphql-ws clients that watch one message, each with its first event received. */
export function connectSubscribers(url: string, id: string, count: number): Promise<Subscribers> {
  return connectEach(url, new Array<string>(count).fill(id));
}

/** Connects a graphql-ws client for each of these messages, each with its first event received. */
export async function connectEach(url: string, ids: readonly string[]): Promise<Subscribers> {
  const subscribers = await openSockets(url.replace(/^http/, 'ws'), ids.length, (socket, onEvent, index) => {
    const id = ids[index];
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
  begin: (socket: WebSocket, onEvent: (text: string) => void, index: number) => void,
): Promise<Subscribers> {
  const counts = new Array<number>(count).fill(0);
  let latest = '';
  let waiting: { events: number; left: number; resolve: () => void } | undefined;
  const sockets: WebSocket[] = [];
  const open = async (index: number): Promise<void> => {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    sockets.push(socket);
    await once(socket, 'open');
    const onEvent = (text: string): void => {
      latest = text;
      const events = (counts[index] ?? 0) + 1;
      counts[index] = events;
      if (waiting?.events === events && --waiting.left === 0) waiting.resolve();
    };
    begin(socket, onEvent, index);
  };
  for (let from = 0; from < count; from += AT_ONCE) {
    const slice = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => open(from + at));
    await Promise.all(slice);
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
