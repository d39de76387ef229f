import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

const CHANGES =
  'subscription ($id: ID!, $after: String) { messageChanged(id: $id, after: $after) { text to { name } } }';

const event = (text: string): object => ({ data: { messageChanged: { text, to: { name: 'Ann' } } } });
const change = (text: string, sequence = 2): { id: string; text: string; to: string; sequence: number } => ({
  id: '1',
  text,
  to: 'ann@example.org',
  sequence,
});

test('identical subscriptions of one caller share one execution, over all transports, and a joiner has the latest event at once', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const first = await SocketClient.connect(endpoint);
  first.subscribe('a', CHANGES, { id: '1' });
  await first.next();
  world.changes.publish(change('again'));
  await first.next();

  const layout = CHANGES.replaceAll(' ', '\n  ');
  first.subscribe('b', layout, { id: '1' });
  assert.deepEqual((await first.next()).payload, event('again'));
  const second = await SocketClient.connect(endpoint);
  second.subscribe('a', CHANGES, { id: '1' });
  assert.deepEqual((await second.next()).payload, event('again'));
  const third = await StreamClient.open(endpoint, 'text/event-stream', CHANGES, { variables: { id: '1' } });
  assert.deepEqual(await third.nextEvent(), ['next', event('again')]);

  const completions = (): number => world.calls.filter(({ subgraph }) => subgraph === 'directory').length;
  const before = completions();
  world.changes.publish(change('for all', 3));
  for (const reader of [first, first, second])
    assert.deepEqual((await reader.next()).payload, event('for all'));
  assert.deepEqual(await third.nextEvent(), ['next', event('for all')]);
  assert.equal(world.changes.opened, 1);
  assert.equal(completions(), before + 1, 'the event was completed once for everybody');

  third.abort();
  await second.close();
  first.complete('a');
  await first.settled();
  world.changes.publish(change('still there', 4));
  assert.deepEqual(await first.next(), { id: 'b', type: 'next', payload: event('still there') });
  first.complete('b');
  await world.changes.untilLive(0);
  await first.close();
});

test('another variable, another subject or other scopes are another execution', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const clients = await Promise.all(
    [
      undefined,
      'Bearer bob',
      'Bearer anyone:read',
      'Bearer anyone:read write',
      'Bearer anyone:write read',
    ].map((authorization) => SocketClient.connect(endpoint, authorization ? { authorization } : undefined)),
  );
  for (const client of clients) client.subscribe('a', CHANGES, { id: '1' });
  clients[0]?.subscribe('b', CHANGES, { id: '2' });
  for (const client of clients) await client.next();
  await clients[0]?.next();
  // The last two differ in nothing but the order of their scopes.
  assert.equal(world.changes.opened, 5);
  await Promise.all(clients.map((client) => client.close()));
  await world.changes.untilLive(0);
});

test('a subscription that resumes is never shared, whether `after` is a literal, a variable or a default', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  const documents: [string, object][] = [
    ['subscription { messageChanged(id: "1", after: "x") { text } }', {}],
    ['subscription ($a: String) { messageChanged(id: "1", after: $a) { text } }', { a: 'x' }],
    ['subscription ($a: String = "x") { messageChanged(id: "1", after: $a) { text } }', {}],
    ['subscription { ...F } fragment F on Subscription { messageChanged(id: "1", after: "x") { text } }', {}],
  ];
  let opened = 0;
  for (const [document, variables] of documents) {
    for (const id of ['a', 'b']) {
      client.subscribe(document + id, document, variables);
      await client.next();
      opened += 1;
      assert.equal(world.changes.opened, opened, document);
    }
  }
  for (const [variable, after] of [
    ['', 'null'],
    ['($a: String)', '$a'],
  ]) {
    for (const id of ['c', 'd']) {
      const document = `subscription ${variable} { messageChanged(id: "1", after: ${after}) { text } }`;
      client.subscribe(document + id, document, { a: null });
      await client.next();
    }
    opened += 1;
    assert.equal(world.changes.opened, opened, after);
  }
  await client.close();
  await world.changes.untilLive(0);
});

test('of 200 clients half of which vanish without a word nothing is left behind', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const clients = await Promise.all(
    Array.from({ length: 200 }, async (_none, index) => {
      const client = await SocketClient.connect(endpoint);
      // Half of them share an execution, the other half have their own.
      client.subscribe('a', CHANGES, { id: '1', after: index % 4 < 2 ? null : String(index) });
      await client.next();
      return client;
    }),
  );
  assert.equal(world.changes.live, 101);
  await Promise.all(clients.map((client, index) => (index % 2 === 0 ? client.vanish() : client.close())));
  await world.changes.untilLive(0);
});

test('a client that vanishes while its subscription is being started leaves nothing behind', async (t) => {
  const { endpoint, world } = await startGateway(t);
  for (let round = 0; round < 20; round += 1) {
    const client = await SocketClient.connect(endpoint);
    client.subscribe('a', CHANGES, { id: '1' });
    await client.vanish();
  }
  const last = await SocketClient.connect(endpoint);
  last.subscribe('a', CHANGES, { id: '1' });
  await last.next();
  await last.close();
  await world.changes.untilLive(0);
});

test('a client that does not read neither delays the others nor misses the newest event and the end', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const slow = await SocketClient.connect(endpoint);
  const quick = await SocketClient.connect(endpoint);
  for (const client of [slow, quick]) {
    client.subscribe('a', 'subscription { messageChanged(id: "1") { text sequence } }');
    await client.next();
  }
  slow.pause();
  const before = process.memoryUsage().arrayBuffers;
  const text = 'x'.repeat(200_000);
  for (let sequence = 2; sequence <= 150; sequence += 1) {
    world.changes.publish(change(text, sequence));
    const { payload } = (await quick.next()) as {
      payload: { data: { messageChanged: { sequence: number } } };
    };
    assert.equal(payload.data.messageChanged.sequence, sequence);
  }
  assert.ok(process.memoryUsage().arrayBuffers - before < 25_000_000);
  world.changes.finish();
  assert.equal((await quick.next()).type, 'complete');

  slow.resume();
  const seen: number[] = [];
  for (;;) {
    const message = await slow.next();
    if (message.type === 'complete') break;
    seen.push(
      (message.payload as { data: { messageChanged: { sequence: number } } }).data.messageChanged.sequence,
    );
  }
  assert.equal(seen.at(-1), 150);
  assert.ok(seen.length < 149, `${seen.length} events were kept`);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  await Promise.all([slow.close(), quick.close()]);
});

test('an event stream that is not read keeps no more than its queue, and its end is told when it is', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const query = 'subscription { messageChanged(id: "1") { text sequence } }';
  const quick = await SocketClient.connect(endpoint);
  quick.subscribe('a', query);
  await quick.next();
  const slow = await StreamClient.open(endpoint, 'text/event-stream', query);
  const text = 'x'.repeat(200_000);
  for (let sequence = 2; sequence <= 150; sequence += 1) {
    world.changes.publish(change(text, sequence));
    await quick.next();
  }
  assert.equal(world.changes.opened, 1);
  world.changes.finish();
  let events = 0;
  let last: unknown;
  for (;;) {
    const event = await slow.nextEvent();
    if (event?.[0] !== 'next') break;
    events += 1;
    last = event[1];
  }
  assert.match(JSON.stringify(last), /"sequence":150\}/);
  assert.ok(events < 149, `${events} events were kept`);
  assert.equal((await quick.next()).type, 'complete');
  await quick.close();
});
