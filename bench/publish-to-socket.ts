// From a commit in one process to the event on a client's socket of another, over Redis: 2,000 events on 100 watches,
// each with one socket, one event at a time; and from a bare PUBLISH to a subscribed connection (baseline).
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Redis } from 'ioredis';
import { RedisServer } from '../test/support/redis-server.js';
import { percentile } from './support/percentile.js';
import { openBenchPorts } from './support/redis.js';
import { report } from './support/report.js';
import { messageWatch, toMessageState } from '../src/providers/messaging2fa/message-watch.js';
import type { MessageKey, MessageState } from '../src/providers/messaging2fa/message-watch.js';
import { parseKeyRing } from '../src/vault/key-ring.js';
import { sealedWatches } from '../src/vault/sealed-watches.js';
import { createVault } from '../src/vault/vault.js';
import { sendMessage } from './support/ask.js';
import { startApp } from './support/start-app.js';
import { connectSubscribers } from './support/subscribers.js';

const WATCHES = 100;
const EVENTS_EACH = 20;

const server = await RedisServer.start({ settings: ['--appendonly', 'yes'] });
const keys = `bench:${randomBytes(32).toString('base64')}`;
const app = await startApp({ REDIS_URL: server.url, VAULT_KEYS: keys });
const other = await openBenchPorts(server);
const store = sealedWatches(other.store, createVault(parseKeyRing(keys, 'VAULT_KEYS')));
const sockets = new Map<string, Awaited<ReturnType<typeof connectSubscribers>>>();
const people = Array.from({ length: EVENTS_EACH }, (_, index) => `person${index}@example.test`);
for (let watch = 0; watch < WATCHES; watch++) {
  const messageId = await sendMessage(app.url, people);
  sockets.set(messageId, await connectSubscribers(app.url, messageId, 1));
}
const specs = [];
for await (const spec of store.active('messaging2fa')) specs.push(spec);

const latenciesMs: number[] = [];
for (let number = 1; number <= EVENTS_EACH; number++) {
  for (const { id, key } of specs) {
    // What the kind has written is read as the kind has written it.
    const asked = key as MessageKey;
    const { messageId } = asked;
    const socket = sockets.get(messageId);
    const userId = people[number - 1];
    if (!socket || userId === undefined) throw new Error('A watch is missing.');
    // The provider says the same, so that a poll that comes in between changes nothing.
    app.simulator.control.setStatus({ messageId, userId, status: 'NOTIFIED' });
    const opened = await store.begin(id);
    if (!opened) throw new Error('A watch is missing.');
    const recipients = people.map((one, at) => ({
      userId: one,
      status: at < number ? 'NOTIFIED' : 'PENDING',
    }));
    const observed = toMessageState(asked, { recipients, expiresAt: Infinity }, Date.now());
    const state = messageWatch.merge(opened.latest?.state as MessageState | undefined, observed);
    const startedAt = performance.now();
    const { outcome } = await store.commit({
      id,
      fence: opened.fence,
      expectedSequence: opened.latest?.sequence ?? 0,
      event: {
        observedAt: Date.now(),
        source: 'POLL',
        terminal: false,
        changes: [{ userId, from: 'PENDING', to: 'NOTIFIED' }],
        state,
      },
    });
    await socket.received(number + 1);
    // Where a poll was first, the event is that of the poll.
    if (outcome === 'NEW') latenciesMs.push(performance.now() - startedAt);
  }
}
for (const socket of sockets.values()) socket.close();
await other.close();
await app.stop();

const baselineMs: number[] = [];
const [publisher, subscriber] = [new Redis(server.url), new Redis(server.url)];
await subscriber.subscribe('baseline');
for (let number = 0; number < WATCHES * EVENTS_EACH; number++) {
  const startedAt = performance.now();
  const arrived = once(subscriber, 'message');
  await publisher.publish('baseline', 'x'.repeat(250));
  await arrived;
  baselineMs.push(performance.now() - startedAt);
}
publisher.disconnect();
subscriber.disconnect();
await server.stop();
report('publish-to-socket', {
  events: latenciesMs.length,
  p50Ms: percentile(latenciesMs, 0.5),
  p99Ms: percentile(latenciesMs, 0.99),
  publishP50Ms: percentile(baselineMs, 0.5),
  publishP99Ms: percentile(baselineMs, 0.99),
});
