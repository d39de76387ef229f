// How far one process goes: events of one message to 1,250, 2,500, 5,000 and 10,000 graphql-ws sockets, the subscribers in
// processes of their own. Each event is delivered to all before the next one is made. Memory is that of the product with all subscribed and nothing happening, per subscription.
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ask, sendMessage } from './support/ask.js';
import { report, reportGrowth } from './support/report.js';
import { startApp } from './support/start-app.js';
import { startSubscribers } from './support/subscriber-process.js';

const SUBSCRIBERS = [1_250, 2_500, 5_000, 10_000];
const EVENTS = 10;
const KIBIBYTE = 1_024;
const REFRESH = 'mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { problem { code } } }';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const people = Array.from({ length: EVENTS + 1 }, (_, number) => `person${number}@example.test`);

const app = await startApp({ MAX_SOCKETS: '100000', MAX_OPERATIONS_PER_CALLER: '100000' });
const eachMs: number[] = [];
for (const subscribers of SUBSCRIBERS) {
  const id = await sendMessage(app.url, people);
  const { figures, connected } = await subscribed(new Array<string>(subscribers).fill(id));
  const startedAt = performance.now();
  for (let number = 1; number <= EVENTS; number++) {
    const all = connected.received(number + 1);
    await change(id, number);
    await all;
  }
  const eventMs = (performance.now() - startedAt) / EVENTS;
  report('fan-out-limit', {
    ...{ subscribers, ...figures, eventMs },
    deliveriesPerSecond: (subscribers / eventMs) * 1_000,
  });
  eachMs.push(eventMs);
  await connected.close();
}
reportGrowth('growth in subscribers', SUBSCRIBERS, eachMs);

await app.stop();

/** Subscribers to these, how long that took, and what they have cost. */
async function subscribed(messages: readonly string[]) {
  const before = memory();
  const beganAt = performance.now();
  const processes = await startSubscribers(app.url, messages);
  const connectSeconds = (performance.now() - beganAt) / 1_000;
  return {
    connected: processes,
    figures: { connectSeconds, kibibytesEach: (memory() - before) / KIBIBYTE / messages.length },
  };
}

/** What this process holds that it still needs: buffers of sockets lie outside the heap. */
function memory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function change(id: string, number: number): Promise<void> {
  const userId = people[number] ?? '';
  app.simulator.control.setStatus({ messageId: id, userId, status: 'DOWNLOADED' });
  await ask(app.url, REFRESH, { id });
}
