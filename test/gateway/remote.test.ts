import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { remotely, startServices } from '../support/gateway/remote.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway, startRemoteGateway } from '../support/gateway/start.js';
import { World } from '../support/gateway/world.js';
import { ManualClock } from '../support/manual-clock.js';

const UNAVAILABLE = (subgraph: string): object => ({
  code: 'SUBGRAPH_UNAVAILABLE',
  subgraph,
  isRetryable: true,
});

test('a service that cannot be reached at start is null with an error, beside what can, and is taken in when it comes', async (t) => {
  const world = new World();
  const services = await startServices(t, world);
  await services.get('directory')?.stop();
  const { endpoint } = await startGateway(t, { ...remotely(services), supergraphEveryMs: 60_000 }, world);
  const query = '{ messages { id } people { name } }';
  const partial = await post(endpoint, query);
  assert.deepEqual(partial.body.data, { messages: [{ id: '1' }, { id: '2' }], people: null });
  assert.deepEqual(partial.body.errors?.[0]?.extensions, UNAVAILABLE('directory'));
  await services.get('directory')?.start();
  assert.equal((await post(endpoint, query)).body.errors, undefined);
});

test('a remote subgraph without a way to sign calls stops the start', async (t) => {
  const subgraphs = new World()
    .subgraphs()
    .map(({ name, sdl }) => ({ name, sdl, url: 'http://127.0.0.1:9/graphql' }));
  await assert.rejects(startGateway(t, { subgraphs }), /^StartError: Subgraph "messages" is remote/);
});

test('a service that dies leaves nulls and a masked error, and is used again when it is back', async (t) => {
  const { endpoint, services, log } = await startRemoteGateway(t);
  const query = '{ messages { id to { name } } }';
  assert.equal((await post(endpoint, query)).body.errors, undefined);
  await services.get('directory')?.stop();
  const partial = await post(endpoint, query);
  assert.deepEqual(partial.body.data, {
    messages: [
      { id: '1', to: { name: null } },
      { id: '2', to: { name: null } },
    ],
  });
  assert.deepEqual(partial.body.errors?.[0]?.extensions, UNAVAILABLE('directory'));
  assert.doesNotMatch(JSON.stringify(partial.body), /127\.0\.0\.1|ECONN/);
  assert.ok(log.lines.some(({ level, facts }) => level === 'warn' && facts['subgraph'] === 'directory'));

  await services.get('messages')?.stop();
  const none = await post(endpoint, query);
  assert.deepEqual(none.body.data, { messages: null });
  assert.deepEqual(none.body.errors?.[0], {
    message: 'A part of the graph cannot be reached; try again later.',
    path: ['messages'],
    extensions: UNAVAILABLE('messages'),
  });

  await services.get('messages')?.start();
  await services.get('directory')?.start();
  assert.equal((await post(endpoint, query)).body.errors, undefined);
});

test('a subscription whose service dies is told so and completes, and a new one works when it is back', async (t) => {
  const { endpoint, services, world } = await startRemoteGateway(t);
  const query = 'subscription { messageChanged(id: "1") { text } }';
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', query);
  await client.next();
  await services.get('messages')?.stop();
  const told = await client.next();
  assert.deepEqual(told.payload, {
    data: { messageChanged: null },
    errors: [
      {
        message: 'A part of the graph cannot be reached; try again later.',
        path: ['messageChanged'],
        extensions: UNAVAILABLE('messages'),
      },
    ],
  });
  assert.deepEqual(await client.next(), { id: 'a', type: 'complete' });

  client.subscribe('b', query);
  assert.match(JSON.stringify(await client.next()), /SUBGRAPH_UNAVAILABLE/);
  assert.equal((await client.next()).type, 'complete');

  await services.get('messages')?.start();
  client.subscribe('c', query);
  assert.deepEqual((await client.next()).payload, { data: { messageChanged: { text: 'hello' } } });
  await client.close();
  await world.changes.untilLive(0);
});

test('two callers never share a connection to a service', async (t) => {
  const { endpoint, world } = await startRemoteGateway(t);
  const clients = await Promise.all(
    ['ann', 'bob'].map((name) => SocketClient.connect(endpoint, { authorization: `Bearer ${name}` })),
  );
  for (const client of clients) {
    client.subscribe('a', 'subscription { messageChanged(id: "1") { text } }');
    await client.next();
  }
  assert.deepEqual(world.calls.map(({ call }) => call.caller.subject).sort(), ['ann', 'bob']);
  assert.equal(world.changes.live, 2);
  await Promise.all(clients.map((client) => client.close()));
  await world.changes.untilLive(0);
});

test('a service that refuses the gateway counts as unavailable, and its words stay inside', async (t) => {
  const { endpoint } = await startRemoteGateway(t, { contextHeaders: () => ({}) });
  const { body } = await post(endpoint, '{ messages { id } }');
  assert.deepEqual(body.data, { messages: null });
  assert.deepEqual(body.errors?.[0]?.extensions, UNAVAILABLE('messages'));
  assert.doesNotMatch(JSON.stringify(body), /token/);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { messageChanged(id: "1") { text } }');
  assert.match(JSON.stringify(await client.next()), /SUBGRAPH_UNAVAILABLE/);
  await client.close();
});

test('a service that does not answer a read is given up after the time that is set', async (t) => {
  const clock = new ManualClock();
  const { endpoint, world } = await startRemoteGateway(t, { clock, remoteReadTimeoutMs: 15_000 });
  let release = (): void => undefined;
  world.gate = new Promise((resolve) => (release = resolve));
  let isAnswered = false;
  const asked = post(endpoint, '{ slow }').finally(() => (isAnswered = true));
  const startedAt = clock.now();
  while (!isAnswered) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(100);
  }
  release();
  const { body } = await asked;
  assert.ok(clock.now() - startedAt >= 15_000);
  assert.deepEqual(body.data, { slow: null });
  assert.equal(body.errors?.[0]?.extensions?.['code'], 'SUBGRAPH_UNAVAILABLE');
});
