// Events of one message delivered to 1,000 graphql-ws subscribers, against a raw `ws` broadcast of the same bytes
// (baseline) to as many plain clients, in one run. Each event is delivered to all before the next one is made.
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { WebSocketServer } from 'ws';
import { report } from './support/report.js';
import { ask, sendMessage } from './support/ask.js';
import { startApp } from './support/start-app.js';
import { connectPlain, connectSubscribers } from './support/subscribers.js';

const SUBSCRIBERS = 1_000;
const EVENTS = 50;
const REFRESH = 'mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { problem { code } } }';

const app = await startApp();
// One person for each event, and one who keeps the message open.
const people = Array.from({ length: EVENTS + 1 }, (_, index) => `person${index}@example.test`);
const id = await sendMessage(app.url, people);
const subscribers = await connectSubscribers(app.url, id, SUBSCRIBERS);
const makeEvent = async (number: number): Promise<void> => {
  app.simulator.control.setStatus({
    messageId: id,
    userId: `person${number}@example.test`,
    status: 'DOWNLOADED',
  });
  await ask(app.url, REFRESH, { id });
};
// The first event is the current state, so event n is the n+1st.
const graph = await deliveriesPerSecond(async (number) => {
  const all = subscribers.received(number + 1);
  await makeEvent(number);
  await all;
});
const bytes = subscribers.latest();
subscribers.close();
await app.stop();

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await once(server, 'listening');
const address = server.address();
if (typeof address === 'string' || address === null) throw new Error('not a TCP server');
const plain = await connectPlain(`ws://127.0.0.1:${address.port}`, SUBSCRIBERS);
const raw = await deliveriesPerSecond(async (number) => {
  const all = plain.received(number);
  for (const socket of server.clients) socket.send(bytes);
  await all;
});
plain.close();
server.close();

report('fan-out', {
  subscribers: SUBSCRIBERS,
  events: EVENTS,
  bytes: bytes.length,
  graphPerSecond: graph,
  rawPerSecond: raw,
  ratio: graph / raw,
});

async function deliveriesPerSecond(deliver: (number: number) => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  for (let number = 1; number <= EVENTS; number++) await deliver(number);
  return ((SUBSCRIBERS * EVENTS) / (performance.now() - startedAt)) * 1_000;
}
