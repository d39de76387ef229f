// Events of one message delivered to 1,000 and 5,000 graphql-ws subscribers, against a raw `ws` broadcast of the same
// bytes (baseline) to as many plain clients, in one run. Each event is delivered to all before the next one is made; what
// making it takes counts, and is told beside it.
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { WebSocketServer } from 'ws';
import { report } from './support/report.js';
import { ask, sendMessage } from './support/ask.js';
import { startApp } from './support/start-app.js';
import type { BenchApp } from './support/start-app.js';
import { connectPlain, connectSubscribers } from './support/subscribers.js';

const EVENTS = 50;
const REFRESH = 'mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { problem { code } } }';

const app = await startApp();
const { eventMs: makingMs } = await throughGraph(app, 1);
for (const count of [1_000, 5_000]) {
  const graph = await throughGraph(app, count);
  const raw = await broadcast(graph.bytes, count);
  report('fan-out', {
    subscribers: count,
    events: EVENTS,
    bytes: graph.bytes.length,
    makingMs,
    graphMs: graph.eventMs,
    rawMs: raw,
    [`ratio${count}`]: raw / graph.eventMs,
  });
}
await app.stop();

async function throughGraph(
  { url, simulator }: BenchApp,
  count: number,
): Promise<{ eventMs: number; bytes: string }> {
  // One person for each event, and one who keeps the message open.
  const people = Array.from({ length: EVENTS + 1 }, (_, index) => `person${index}@example.test`);
  const id = await sendMessage(url, people);
  const subscribers = await connectSubscribers(url, id, count);
  const eventMs = await eachMs(async (number) => {
    // The first event is the current state, so event n is the n+1st.
    const all = subscribers.received(number + 1);
    const userId = `person${number}@example.test`;
    simulator.control.setStatus({ messageId: id, userId, status: 'DOWNLOADED' });
    await ask(url, REFRESH, { id });
    await all;
  });
  const bytes = subscribers.latest();
  subscribers.close();
  return { eventMs, bytes };
}

async function broadcast(bytes: string, count: number): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'string' || address === null) throw new Error('not a TCP server');
  const plain = await connectPlain(`ws://127.0.0.1:${address.port}`, count);
  const eventMs = await eachMs(async (number) => {
    const all = plain.received(number);
    for (const socket of server.clients) socket.send(bytes);
    await all;
  });
  plain.close();
  server.close();
  return eventMs;
}

/** Milliseconds of one event, from the beginning to its last delivery. */
async function eachMs(deliver: (number: number) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  for (let number = 1; number <= EVENTS; number++) await deliver(number);
  return (performance.now() - startedAt) / EVENTS;
}
