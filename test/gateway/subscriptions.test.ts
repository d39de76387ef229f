import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

const CHANGES =
  'subscription ($id: ID!) { messageChanged(id: $id) { id text sequence to { name balance } } }';
const MULTIPART = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';

const event = (text: string, sequence: number, balance = 10): object => ({
  data: { messageChanged: { id: '1', text, sequence, to: { name: 'Ann', balance } } },
});

test('over graphql-ws each event is completed with what the other subgraphs know at that moment', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', CHANGES, { id: '1' });
  assert.deepEqual(await client.next(), { id: 'a', type: 'next', payload: event('hello', 1) });
  world.balances.set('ann@example.org', 99);
  world.changes.publish({ id: '1', text: 'again', to: 'ann@example.org', sequence: 2 });
  assert.deepEqual(await client.next(), { id: 'a', type: 'next', payload: event('again', 2, 99) });
  world.changes.finish();
  assert.deepEqual(await client.next(), { id: 'a', type: 'complete' });
  await client.close();
});

test('over graphql-ws an event of any length arrives whole, under whatever id', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const ids = ['a', 'a', 'another', 'a'];
  const clients = await Promise.all(ids.map(() => SocketClient.connect(endpoint)));
  const message = (id: string, text: string): object => ({
    id,
    type: 'next',
    payload: { data: { messageChanged: { text } } },
  });
  for (const [at, client] of clients.entries()) {
    client.subscribe(ids[at] ?? '', 'subscription { messageChanged(id: "1") { text } }');
    assert.deepEqual(await client.next(), message(ids[at] ?? '', 'hello'));
  }
  const around = JSON.stringify(message('a', '')).length;
  let sequence = 1;
  // Where a message is framed in another way, and characters of several bytes.
  for (const length of [124, 125, 126, 127, 65_535, 65_536, 65_537, 200_000])
    for (const character of ['x', 'é']) {
      const text = character.repeat((length - around) / Buffer.byteLength(character)).padEnd(8, 'x');
      world.changes.publish({ id: '1', text, to: 'ann@example.org', sequence: ++sequence });
      for (const [at, client] of clients.entries())
        assert.deepEqual(await client.next(), message(ids[at] ?? '', text));
    }
  await Promise.all(clients.map((client) => client.close()));
});

test('over server-sent events each event is completed, and the end is told', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await StreamClient.open(endpoint, 'text/event-stream', CHANGES, { variables: { id: '1' } });
  assert.match(client.response.headers.get('content-type') ?? '', /^text\/event-stream/);
  assert.deepEqual(await client.nextEvent(), ['next', event('hello', 1)]);
  world.changes.publish({ id: '1', text: 'again', to: 'ann@example.org', sequence: 2 });
  assert.deepEqual(await client.nextEvent(), ['next', event('again', 2)]);
  world.changes.finish();
  assert.deepEqual(await client.nextEvent(), ['complete', undefined]);
  assert.equal(await client.nextEvent(), undefined);
});

test("over Apollo's multipart protocol each event arrives whole at once, and the last boundary ends the stream", async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await StreamClient.open(endpoint, MULTIPART, CHANGES, { variables: { id: '1' } });
  assert.equal(
    client.response.headers.get('content-type'),
    'multipart/mixed;subscriptionSpec="1.0";boundary="graphql"',
  );
  assert.deepEqual(await client.nextPart(), { payload: event('hello', 1) });
  world.changes.publish({ id: '1', text: 'again', to: 'ann@example.org', sequence: 2 });
  assert.deepEqual(await client.nextPart(), { payload: event('again', 2) });
  world.changes.finish();
  assert.equal(await client.until('--\r\n'), '--\r\n');
});

test('a client that accepts only JSON is told that a subscription needs a stream', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: CHANGES, variables: { id: '1' } }),
  });
  assert.equal(response.status, 406);
  await world.changes.untilLive(0);
});

test('an error in one event is not repeated in the next ones', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', CHANGES, { id: '1' });
  await client.next();
  world.changes.publish({ id: '1', text: 'FAIL', to: 'ann@example.org', sequence: 2 });
  assert.deepEqual(await client.next(), {
    id: 'a',
    type: 'next',
    payload: {
      data: { messageChanged: null },
      errors: [{ message: 'This one failed.', path: ['messageChanged'], extensions: { code: 'CONFLICT' } }],
    },
  });
  world.changes.publish({ id: '1', text: 'fine', to: 'ann@example.org', sequence: 3 });
  assert.deepEqual(await client.next(), { id: 'a', type: 'next', payload: event('fine', 3) });
  await client.close();
});

test('a subscription with an input that breaks the rules is refused before it starts', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', CHANGES, { id: { not: 'an id' } });
  const message = await client.next();
  assert.equal(message.type, 'error');
  assert.match(JSON.stringify(message.payload), /BAD_USER_INPUT/);
  assert.doesNotMatch(JSON.stringify(message.payload), /http/);
  assert.equal(world.changes.opened, 0);
  await client.close();
});

test('when the client completes an operation its source is closed, whatever it was waiting for', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', CHANGES, { id: '1' });
  await client.next();
  await world.changes.untilLive(1);
  client.complete('a');
  await world.changes.untilLive(0);
  await client.close();
});

test('an event stream reader that goes away closes its source without waiting for an event', async (t) => {
  const { endpoint, world } = await startGateway(t);
  for (const accept of ['text/event-stream', MULTIPART]) {
    const client = await StreamClient.open(endpoint, accept, CHANGES, { variables: { id: '1' } });
    await world.changes.untilLive(1);
    client.abort();
    await world.changes.untilLive(0);
  }
});
