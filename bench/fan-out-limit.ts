// How far one machine goes: events of one message to 1,000, 2,500, 5,000 and 10,000 graphql-ws sockets, all of them and
// the whole product in this one process. Each event is delivered to all before the next one is made.
import { performance } from 'node:perf_hooks';
import { report } from './support/report.js';
import { ask, sendMessage } from './support/ask.js';
import { startApp } from './support/start-app.js';
import { connectSubscribers } from './support/subscribers.js';

const EVENTS = 10;
const REFRESH = 'mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { problem { code } } }';

const app = await startApp();
for (const subscribers of [1_000, 2_500, 5_000, 10_000]) {
  const people = Array.from({ length: EVENTS + 1 }, (_, number) => `person${number}@example.test`);
  const id = await sendMessage(app.url, people);
  const connectedAt = performance.now();
  const connected = await connectSubscribers(app.url, id, subscribers);
  const connectSeconds = (performance.now() - connectedAt) / 1_000;
  const startedAt = performance.now();
  for (let number = 1; number <= EVENTS; number++) {
    const all = connected.received(number + 1);
    app.simulator.control.setStatus({
      messageId: id,
      userId: people[number] ?? '',
      status: 'DOWNLOADED',
    });
    await ask(app.url, REFRESH, { id });
    await all;
  }
  const eventMs = (performance.now() - startedAt) / EVENTS;
  report('fan-out-limit', {
    subscribers,
    connectSeconds,
    eventMs,
    deliveriesPerSecond: (subscribers / eventMs) * 1_000,
    residentMegabytes: process.memoryUsage().rss / 1_048_576,
  });
  connected.close();
}
await app.stop();
