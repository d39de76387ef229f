import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '../support/manual-clock.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway, strictAuthenticator } from '../support/gateway/start.js';

const TICKS = 'subscription { ticks(count: 2) }';

test('a client that offers only the legacy sub-protocol is closed with 4406', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.open(endpoint, 'graphql-ws');
  assert.deepEqual(await client.closed, { code: 4406, reason: 'Subprotocol not acceptable' });
});

test('a client that says nothing is closed with 4408', async (t) => {
  const { endpoint } = await startGateway(t, { initTimeoutMs: 20 });
  const client = await SocketClient.open(endpoint);
  assert.equal((await client.closed).code, 4408);
});

test('an operation before the acknowledgement is closed with 4401', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.open(endpoint);
  client.subscribe('a', TICKS);
  assert.deepEqual(await client.closed, { code: 4401, reason: 'Unauthorized' });
});

test('a second connection_init is closed with 4429', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.send({ type: 'connection_init' });
  assert.equal((await client.closed).code, 4429);
});

test('what is not JSON, and what is no message, is closed with 4400', async (t) => {
  const { endpoint } = await startGateway(t);
  for (const message of ['{', '{"type":"start"}', '{"type":"subscribe","id":"a"}', '[]']) {
    const client = await SocketClient.connect(endpoint);
    client.send(message);
    assert.equal((await client.closed).code, 4400, message);
  }
});

test('an operation id in use is closed with 4409', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { messageChanged(id: "1") { id } }');
  await client.next();
  client.subscribe('a', TICKS);
  assert.equal((await client.closed).code, 4409);
  await world.changes.untilLive(0);
});

test('an operation id can be used again after its operation ended', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  for (let round = 0; round < 3; round += 1) {
    client.subscribe('a', '{ me }');
    assert.equal((await client.next()).type, 'next');
    assert.deepEqual(await client.next(), { id: 'a', type: 'complete' });
  }
  await client.close();
});

test('a ping is answered by a pong with its payload, before the acknowledgement too', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.open(endpoint);
  client.send({ type: 'ping', payload: { a: 1 } });
  assert.deepEqual(await client.next(), { type: 'pong', payload: { a: 1 } });
  await client.close();
});

test('queries and mutations work over the socket and complete', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('m', 'mutation { send(text: "x", to: "bob@example.org") { to { name } } }');
  assert.deepEqual(await client.next(), {
    id: 'm',
    type: 'next',
    payload: { data: { send: { to: { name: 'Bob' } } } },
  });
  assert.deepEqual(await client.next(), { id: 'm', type: 'complete' });
  assert.equal(world.sent, 1);
  await client.close();
});

test('events come in order and the operation completes by itself', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('t', 'subscription { ticks(count: 5) }');
  const seen: unknown[] = [];
  for (let message = await client.next(); message.type === 'next'; message = await client.next()) {
    seen.push((message.payload as { data: { ticks: number } }).data.ticks);
  }
  assert.deepEqual(seen, [1, 2, 3, 4, 5]);
  await client.close();
});

test('two operations of one socket never mix their results', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription A { ticks(count: 50) }');
  client.subscribe('b', 'subscription B { tock: ticks(count: 50) }');
  let completed = 0;
  while (completed < 2) {
    const message = await client.next();
    if (message.type === 'complete') completed += 1;
    else
      assert.deepEqual(Object.keys((message.payload as { data: object }).data), [
        message.id === 'a' ? 'ticks' : 'tock',
      ]);
  }
  await client.close();
});

test('syntax and validation errors are error messages that name their code, and nothing follows', async (t) => {
  const { endpoint } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  for (const [query, code] of [
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { me } query B { me }', 'OPERATION_RESOLUTION_FAILURE'],
  ] as const) {
    client.subscribe('a', query);
    const { type, payload } = await client.next();
    assert.equal(type, 'error');
    assert.deepEqual((payload as { extensions: object }[])[0]?.extensions, { code });
    await client.settled();
  }
  await client.close();
});

test('a message beyond the size limit closes the socket with 1009', async (t) => {
  const { endpoint } = await startGateway(t, { limits: { bodyBytes: 1000 } });
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', `{ echo(text: "${'x'.repeat(2000)}") }`);
  assert.equal((await client.closed).code, 1009);
});

test('a socket without a valid token is closed with 4403 and executes nothing', async (t) => {
  const { endpoint } = await startGateway(t, { authenticator: strictAuthenticator });
  for (const payload of [undefined, {}, { authorization: 'Bearer wrong' }, { authorization: 5 }]) {
    const client = await SocketClient.open(endpoint);
    client.send({ type: 'connection_init', ...(payload && { payload }) });
    assert.deepEqual(await client.closed, { code: 4403, reason: 'Forbidden' });
  }
});

test('a token is taken from connection_init in either spelling, or from the upgrade request', async (t) => {
  const { endpoint } = await startGateway(t, { authenticator: strictAuthenticator });
  for (const [payload, headers] of [
    [{ authorization: 'Bearer valid' }, {}],
    [{ Authorization: 'Bearer valid' }, {}],
    [{}, { authorization: 'Bearer valid' }],
  ]) {
    const client = await SocketClient.open(endpoint, undefined, { headers });
    client.send({ type: 'connection_init', payload });
    assert.deepEqual(await client.next(), { type: 'connection_ack' });
    await client.close();
  }
});

test('a token that has expired, or expires later, closes the socket with 4403 Token expired and ends its subscriptions', async (t) => {
  const clock = new ManualClock();
  const { endpoint, world } = await startGateway(t, { authenticator: strictAuthenticator, clock });
  const stale = await SocketClient.open(endpoint);
  stale.send({ type: 'connection_init', payload: { authorization: 'Bearer stale' } });
  assert.deepEqual(await stale.closed, { code: 4403, reason: 'Token expired' });

  const authorization = `Bearer short-${clock.now() + 6_000}`;
  const client = await SocketClient.connect(endpoint, { authorization });
  client.subscribe('a', 'subscription { messageChanged(id: "1") { id } }');
  await client.next();
  await clock.advance(5_000);
  world.changes.publish({ id: '1', text: 'x', to: 'ann@example.org', sequence: 2 });
  assert.equal((await client.next()).type, 'next');
  await clock.advance(1_000);
  assert.deepEqual(await client.closed, { code: 4403, reason: 'Token expired' });
  await world.changes.untilLive(0);
});

test('a client that no longer answers pings is dropped', async (t) => {
  const clock = new ManualClock();
  const { endpoint, world } = await startGateway(t, { clock });
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { messageChanged(id: "1") { id } }');
  await client.next();
  client.pause();
  await clock.advance(24_000);
  await world.changes.untilLive(0);
  client.resume();
  await client.closed;
});
