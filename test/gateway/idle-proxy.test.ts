import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SocketClient } from '../support/gateway/socket-client.js';
import { remotely, Service } from '../support/gateway/remote.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';
import { within } from '../support/gateway/within.js';
import { World } from '../support/gateway/world.js';
import { startIdleProxy, type IdleProxy } from '../support/idle-proxy.js';
import { ManualClock } from '../support/manual-clock.js';

/** The shortest after which proxies on the market cut silent connections, if nobody sets another. */
const IDLE_MS = 30_000;
const CHANGED = 'subscription { messageChanged(id: "1") { text } }';
const MULTIPART = 'multipart/mixed;subscriptionSpec=1.0,application/json';

/** Of pings and heartbeats; two within one step of the clock could not be answered one by one. */
const STEP_MS = 12_000;

/**
 * Ten minutes in which nothing happens.
 * @param andBack resolves when what was sent before has come to the other end
 */
async function passSilently(
  clock: ManualClock,
  proxy: IdleProxy,
  sides: readonly ('client' | 'server')[],
  andBack: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const until = clock.now() + 600_000;
  while (clock.now() < until) {
    const heard = sides.map((side) => proxy.heard(side));
    await clock.advance(STEP_MS);
    await within(Promise.all(heard), 'a sign of life');
    await andBack();
  }
}

function publish(world: World): void {
  world.changes.publish({ id: '1', text: 'at last', to: 'ann@example.org', sequence: 2 });
}

test('A WebSocket of a client outlives a proxy that cuts what is silent for 30 seconds.', async (t) => {
  const clock = new ManualClock();
  const { endpoint, world } = await startGateway(t, { clock });
  const sides = ['client', 'server'] as const;
  const proxy = await startIdleProxy(t, endpoint, { clock, idleMs: IDLE_MS, sides });
  const client = await SocketClient.connect(proxy.url);
  client.subscribe('a', CHANGED);
  await client.next();
  await passSilently(clock, proxy, sides, () => {
    client.send({ type: 'ping' });
    return client.next();
  });
  publish(world);
  assert.match(JSON.stringify(await client.next()), /at last/);
  await client.close();
});

for (const [name, accept] of [
  ['server-sent events', 'text/event-stream'],
  ['multipart', MULTIPART],
] as const)
  test(`A response of ${name} outlives a proxy that cuts what is silent for 30 seconds.`, async (t) => {
    const clock = new ManualClock();
    const { endpoint, world } = await startGateway(t, { clock });
    const sides = ['server'] as const;
    const proxy = await startIdleProxy(t, endpoint, { clock, idleMs: IDLE_MS, sides });
    const client = await StreamClient.open(proxy.url, accept, CHANGED);
    await client.until('hello');
    await passSilently(clock, proxy, sides);
    publish(world);
    assert.match((await client.until('at last')) ?? '', /at last/);
    client.abort();
  });

test('A socket between gateway and subgraph service outlives a proxy that cuts what is silent for 30 seconds.', async (t) => {
  const clock = new ManualClock();
  const world = new World();
  const services = await Promise.all(world.subgraphs().map((subgraph) => new Service(subgraph).start(clock)));
  t.after(() => Promise.all(services.map((service) => service.stop())));
  const [messages] = services;
  assert(messages);
  const { subgraphs, ...options } = remotely(new Map(services.map((one) => [one.subgraph.name, one])));
  const sides = ['client', 'server'] as const;
  const proxy = await startIdleProxy(t, messages.url, { clock, idleMs: IDLE_MS, sides });
  const { endpoint } = await startGateway(
    t,
    {
      ...options,
      subgraphs: subgraphs.map((one) => (one.name === 'messages' ? { ...one, url: proxy.url } : one)),
    },
    world,
  );
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', CHANGED);
  await client.next();
  const { opened } = world.changes;
  await passSilently(clock, proxy, sides, async () => {
    client.subscribe('b', 'subscription { ticks(count: 1) }');
    for (const type of ['next', 'complete']) assert.equal((await client.next()).type, type);
  });
  publish(world);
  assert.match(JSON.stringify(await client.next()), /at last/);
  assert.equal(world.changes.opened, opened, 'it was never subscribed to again');
  await client.close();
});
