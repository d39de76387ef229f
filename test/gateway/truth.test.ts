import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { contextHeaders } from '../support/gateway/remote.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { MODES, startGateway, strictAuthenticator } from '../support/gateway/start.js';
import { World } from '../support/gateway/world.js';
import { ManualClock } from '../support/manual-clock.js';

const SEND = 'send(text: "x", to: "ann@example.org")';

for (const [mode, start] of MODES) {
  test(`with subgraphs ${mode}, defaults of variables count in @skip and @include`, async (t) => {
    const { endpoint, world } = await start(t);
    const ask = async (query: string, variables = {}) => (await post(endpoint, query, { variables })).body;
    const sent = await ask(`mutation ($d: Boolean = true) { __typename ${SEND} @include(if: $d) { text } }`);
    assert.deepEqual(sent, { data: { __typename: 'Mutation', send: { text: 'x' } } });
    const not = await ask(`mutation ($d: Boolean = true) { __typename ${SEND} @skip(if: $d) { text } }`);
    assert.deepEqual(not, { data: { __typename: 'Mutation' } });
    assert.equal(world.sent, 1);
    assert.deepEqual(
      await ask('query ($d: Boolean = true) { viewer { subject @skip(if: $d) plan @include(if: $d) } }'),
      { data: { viewer: { plan: 'basic' } } },
    );
    const wrong = await ask('query ($d: Boolean = true) { me @skip(if: $d) }', { d: null });
    assert.equal(wrong.errors?.[0]?.extensions?.['code'], 'BAD_USER_INPUT');
    assert.equal(wrong.data, undefined);
  });

  test(`with subgraphs ${mode}, scalars and enums mean the same, and a wrong one is the caller's mistake`, async (t) => {
    const { endpoint } = await start(t);
    const good = await post(
      endpoint,
      'query ($s: Stamp!, $c: Colour = RED) { paint a: paint(colour: $c) later(stamp: $s) b: later(stamp: "4m") }',
      { variables: { s: '7m' } },
    );
    assert.deepEqual(good.body, { data: { paint: 'GREEN', a: 'RED', later: '8m', b: '5m' } });
    for (const [query, variables, code] of [
      ['query ($s: Stamp!) { later(stamp: $s) }', { s: 'canary' }, 'BAD_USER_INPUT'],
      ['query ($s: Stamp!) { later(stamp: $s) }', { s: { canary: 1 } }, 'BAD_USER_INPUT'],
      ['query ($c: Colour) { paint(colour: $c) }', { c: 'canary' }, 'BAD_USER_INPUT'],
      ['query ($t: String!) { echo(text: $t) }', { t: ['canary'] }, 'BAD_USER_INPUT'],
      ['{ later(stamp: "canary") }', {}, 'GRAPHQL_VALIDATION_FAILED'],
      ['{ echo(text: {canary: "canary"}) }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ] as const) {
      const { body } = await post(endpoint, query, { variables });
      assert.equal(body.errors?.[0]?.extensions?.['code'], code, query);
      assert.doesNotMatch(JSON.stringify(body), /canary/);
    }
  });

  test(`with subgraphs ${mode}, a type without a key is reached in each subgraph by its own field`, async (t) => {
    const { endpoint, world } = await start(t);
    const { body } = await post(endpoint, '{ viewer { subject sent plan } }');
    assert.deepEqual(body, { data: { viewer: { subject: 'anyone', sent: 0, plan: 'basic' } } });
    assert.deepEqual(world.viewers.sort(), ['accounts', 'messages']);
  });

  test(`with subgraphs ${mode}, reference resolvers are asked once, for each person once, and are told what is wanted`, async (t) => {
    const { endpoint, world } = await start(t);
    world.messages.push({ id: '3', text: 'again', to: 'ann@example.org', sequence: 1 });
    await post(endpoint, '{ messages { to { name messages { id to { limit } } balance } } }');
    const asked = world.asked.map(
      ({ subgraph, keys, paths }) => `${subgraph} ${keys.length} ${paths.join(' ')}`,
    );
    assert.ok(asked.includes('directory 2 name'), String(asked));
    assert.ok(
      asked.every((one) => /^(directory|accounts) 2 /.test(one)),
      String(asked),
    );
  });
}

test('malformed variables and extensions of a GET are 400, whoever asks', async (t) => {
  const { endpoint } = await startGateway(t);
  for (const name of ['variables', 'extensions'])
    for (const value of ['{', '[]', '"x"', '1', 'nonsense']) {
      const search = new URLSearchParams({ query: '{ me }', [name]: value });
      const response = await fetch(`${endpoint}?${search}`, { headers: { 'apollo-require-preflight': '1' } });
      assert.equal(response.status, 400, value);
      assert.match(await response.text(), /BAD_USER_INPUT/);
    }
});

test('of a lost answer to a mutation it is said that it may have happened; of one never sent, that it did not', async (t) => {
  let hits = 0;
  const handlers: ((response: ServerResponse) => void)[] = [
    (response) => response.destroy(),
    (response) => response.writeHead(200).end('{'),
    (response) => response.writeHead(502).end('{"errors":[]}'),
    (response) =>
      response.writeHead(200, { 'content-length': '100' }).write('{"da', () => response.destroy()),
  ];
  let turn: (response: ServerResponse) => void = (response) => response.end();
  const server = createServer((request, response) => {
    if (request.method === 'POST') hits += 1;
    request.resume().once('end', () => turn(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const subgraphs = new World()
    .subgraphs()
    .map(({ name, sdl }) => ({ name, sdl, url: `http://127.0.0.1:${port}/graphql` }));
  const { endpoint } = await startGateway(t, { subgraphs, contextHeaders });
  const code = async (query: string) => (await post(endpoint, query)).body.errors?.[0]?.extensions;
  for (turn of handlers) {
    assert.deepEqual(await code(`mutation { ${SEND} { id } }`), {
      code: 'OUTCOME_UNKNOWN',
      subgraph: 'messages',
      isRetryable: false,
    });
    assert.equal((await code('{ me }'))?.['code'], 'SUBGRAPH_UNAVAILABLE');
  }
  assert.equal(hits, handlers.length * 2, 'nothing is repeated');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual(await code(`mutation { ${SEND} { id } }`), {
    code: 'SUBGRAPH_UNAVAILABLE',
    subgraph: 'messages',
    isRetryable: true,
  });
});

test('a shared subscription outlives the token of its first reader, with everything in its events', async (t) => {
  const clock = new ManualClock();
  const { endpoint, world } = await startGateway(t, { authenticator: strictAuthenticator, clock });
  const query = 'subscription { messageChanged(id: "1") { text to { name } } }';
  const until = (ms: number) => ({ authorization: `Bearer short-${clock.now() + ms}` });
  const first = await SocketClient.connect(endpoint, until(60_000));
  first.subscribe('a', query);
  await first.next();
  const second = await SocketClient.connect(endpoint, until(600_000));
  second.subscribe('a', query);
  await second.next();
  assert.equal(world.changes.opened, 1);
  await clock.advance(60_000);
  assert.equal((await first.closed).code, 4403);
  world.changes.publish({ id: '1', text: 'later', to: 'ann@example.org', sequence: 2 });
  assert.deepEqual((await second.next()).payload, {
    data: { messageChanged: { text: 'later', to: { name: 'Ann' } } },
  });
  const { call } = world.calls.at(-1) ?? assert.fail();
  assert.ok((call.caller.expiresAt ?? 0) > clock.now());
  await second.close();
  await world.changes.untilLive(0);
});

// Minutes, where what it takes grows with the square: the limit is far from both.
test('a megabyte of our own words in a variable costs no time', { timeout: 60_000 }, async (t) => {
  const { endpoint } = await startGateway(t, { introspection: false });
  const text = 'Did you mean '.repeat(80_000);
  const { body } = await post(endpoint, 'query ($c: Colour) { paint(colour: $c) }', {
    variables: { c: text },
  });
  assert.equal(body.errors?.[0]?.extensions?.['code'], 'BAD_USER_INPUT');
  assert.ok(JSON.stringify(body).length < 1_000);
});

test('a client that sends what only servers send, or runs too much on one socket, is told so', async (t) => {
  const { endpoint, log } = await startGateway(t, { limits: { operationsPerSocket: 2 } });
  for (const message of ['{"type":"connection_ack"}', '{"type":"next","id":"a","payload":{}}']) {
    const client = await SocketClient.connect(endpoint);
    client.send(message);
    assert.equal((await client.closed).code, 4400);
  }
  assert.deepEqual(
    log.lines.filter(({ level }) => level === 'error'),
    [],
  );
  const client = await SocketClient.connect(endpoint);
  for (const id of ['a', 'b']) {
    client.subscribe(id, 'subscription { messageChanged(id: "1") { id } }');
    await client.next();
  }
  client.subscribe('c', '{ me }');
  assert.match(JSON.stringify(await client.next()), /"type":"error".*LIMIT_EXCEEDED/);
  client.complete('a');
  await client.settled();
  client.subscribe('d', '{ me }');
  assert.equal((await client.next()).type, 'next');
  await client.close();
});
