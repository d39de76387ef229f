import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { GatewayOptions } from '../../src/gateway/index.js';
import { Counter } from '../support/gateway/counter.js';
import { remotely, Service } from '../support/gateway/remote.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

async function startCounter(t: TestContext, options: Partial<GatewayOptions> = {}) {
  const counter = new Counter();
  counter.count();
  const service = await new Service(counter.subgraph()).start();
  t.after(() => service.stop());
  const services = new Map([['counter', service]]);
  const { endpoint } = await startGateway(t, { ...remotely(services), ...options });
  return { counter, service, endpoint };
}

const counts = (count: number): object => ({ data: { counted: { count } } });

for (const [how, query, variables] of [
  ['as it is', 'subscription { counted { count } }', {}],
  ['under another name', 'subscription Mine { counted: counted(from: 1) { count } }', {}],
  ['behind a cursor', 'subscription { counted(after: "c0") { count } }', {}],
  [
    'behind a cursor that is a variable',
    'subscription ($c: String) { counted(after: $c) { count } }',
    { c: 'c0' },
  ],
  ['by a fragment', 'subscription { counted { ...Parts } } fragment Parts on Count { count }', {}],
] as const)
  test(`A subscription asked for ${how} goes on when its service is back: no change is missed, none repeated.`, async (t) => {
    const { counter, service, endpoint } = await startCounter(t);
    const client = await SocketClient.connect(endpoint);
    client.subscribe('a', query, variables);
    const data = async (): Promise<unknown> => {
      const { payload } = await client.next();
      const { errors, data: given } = payload as { errors?: unknown; data: { counted: { count: number } } };
      assert.equal(errors, undefined);
      assert.deepEqual(Object.keys(given.counted), ['count']);
      return given.counted.count;
    };
    assert.equal(await data(), 1);
    counter.count();
    assert.equal(await data(), 2);
    for (const next of [3, 5]) {
      await service.stop();
      counter.count();
      counter.count();
      await service.start();
      assert.equal(await data(), next);
      assert.equal(await data(), next + 1);
    }
    assert.deepEqual(counter.asked.slice(1), ['c2', 'c4']);
    await client.close();
    await counter.source.untilLive(0);
  });

test('An event stream goes on too, and readers who share it each miss nothing.', async (t) => {
  const { counter, service, endpoint } = await startCounter(t);
  const query = 'subscription { counted { count } }';
  const readers = [
    await StreamClient.open(endpoint, 'text/event-stream', query),
    await StreamClient.open(endpoint, 'text/event-stream', query),
  ];
  for (const reader of readers) assert.deepEqual(await reader.nextEvent(), ['next', counts(1)]);
  await service.stop();
  counter.count();
  await service.start();
  counter.count();
  for (const reader of readers)
    for (const count of [2, 3]) assert.deepEqual(await reader.nextEvent(), ['next', counts(count)]);
});

test('A service that is not back in time ends its subscriptions with an error that says to try again.', async (t) => {
  const { service, endpoint } = await startCounter(t, { resumeWithinMs: 500 });
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { counted { count } }');
  await client.next();
  await service.stop();
  const { payload } = await client.next();
  const { errors } = payload as { errors: { extensions: object }[] };
  assert.deepEqual(errors[0]?.extensions, {
    ...{ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'counter', isRetryable: true },
  });
  assert.equal((await client.next()).type, 'complete');
  await client.close();
});

test('Who leaves during the pause is not subscribed again.', async (t) => {
  const { counter, service, endpoint } = await startCounter(t);
  const [leaving, staying] = [await SocketClient.connect(endpoint), await SocketClient.connect(endpoint)];
  leaving.subscribe('a', 'subscription { counted(from: 1) { count } }');
  await leaving.next();
  staying.subscribe('a', 'subscription { counted(from: 2) { count } }');
  await staying.next();
  await service.stop();
  await leaving.close();
  counter.count();
  await service.start();
  await staying.next();
  assert.equal(counter.source.live, 1);
  await staying.close();
  await counter.source.untilLive(0);
});

test('A gateway that is no longer let in says so at once.', async (t) => {
  let signs = true;
  const { service, endpoint } = await startCounter(t, {
    contextHeaders: (caller, requestId) =>
      signs ? { 'x-caller': JSON.stringify({ ...caller, scopes: [] }), 'x-call-id': requestId } : {},
  });
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { counted { count } }');
  await client.next();
  signs = false;
  await service.stop();
  await service.start();
  assert.match(JSON.stringify(await client.next()), /SUBGRAPH_UNAVAILABLE/);
  await client.close();
});
