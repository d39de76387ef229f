import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { WebSocketServer } from 'ws';
import { CallerContextVerifier, SIGNED_SOCKET, signCallerContext } from '../../src/auth/signed-context.js';
import type { Caller } from '../../src/auth/caller.js';
import { systemClock } from '../../src/clock.js';
import type { GatewayOptions } from '../../src/gateway/index.js';
import { serveSubgraph } from '../../src/subgraph/serve.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import { startBreakableProxy } from '../support/breakable-proxy.js';
import { Counter } from '../support/gateway/counter.js';
import { contextHeaders, remotely, Service } from '../support/gateway/remote.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { callerFor, startGateway } from '../support/gateway/start.js';
import { within } from '../support/gateway/within.js';
import { subgraphOf } from '../support/gateway/world.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';

async function startCounter(t: TestContext, options: Partial<GatewayOptions> = {}) {
  const counter = new Counter();
  counter.count();
  const service = await new Service(counter.subgraph()).start();
  t.after(() => service.stop());
  const { endpoint } = await startGateway(t, { ...remotely(new Map([['counter', service]])), ...options });
  const connect = (who: string) => SocketClient.connect(endpoint, { authorization: `Bearer ${who}` });
  return { counter, service, connect };
}

/** Another subscription for each number: those that are the same would share one execution. */
const counted = (number: number): string => `subscription { counted(from: ${number}) { count } }`;

test('All subscriptions of a caller share a socket to a subgraph, up to so many; other callers and other scopes have their own.', async (t) => {
  const { counter, service, connect } = await startCounter(t);
  const clients: SocketClient[] = [];
  for (let from = 0; from < 300; from++) {
    if (from % 100 === 0) clients.push(await connect('ann'));
    clients.at(-1)?.subscribe(String(from), counted(from));
    assert.equal((await clients.at(-1)?.next())?.type, 'next');
  }
  assert.equal(counter.source.live, 300);
  assert.equal(service.sockets.length, 2);
  for (const who of ['ann:a', 'ann:a b', 'bob']) {
    const other = await connect(who);
    clients.push(other);
    other.subscribe('a', counted(0));
    assert.equal((await other.next()).type, 'next');
  }
  assert.deepEqual(
    service.sockets.map(({ caller }) => `${caller.subject} ${[...caller.scopes].join()}`),
    ['ann ', 'ann ', 'ann a', 'ann a,b', 'bob '],
  );
  counter.count();
  for (const [at, client] of clients.entries())
    for (let events = at < 3 ? 100 : 1; events > 0; events--)
      assert.match(JSON.stringify(await client.next()), /"count":2/);
  await Promise.all(clients.map((client) => client.close()));
  await counter.source.untilLive(0);
});

test('A socket that nobody needs any more is closed, and the next subscription opens another.', async (t) => {
  const counter = new Counter();
  counter.count();
  const service = await new Service(counter.subgraph()).start();
  t.after(() => service.stop());
  const proxy = await startBreakableProxy(t, service.url);
  const { subgraphs, contextHeaders } = remotely(new Map([['counter', service]]));
  const { endpoint } = await startGateway(t, {
    ...(contextHeaders && { contextHeaders }),
    subgraphs: subgraphs.map((one) => ({ ...one, url: proxy.url })),
  });
  const client = await SocketClient.connect(endpoint);
  for (const opened of [1, 2]) {
    client.subscribe('a', counted(0));
    await client.next();
    assert.equal(service.sockets.length, opened);
    client.complete('a');
    await within(untilClosed(proxy), 'the end of an idle socket');
  }
  await client.close();
});

async function untilClosed(proxy: { connections(): number }): Promise<void> {
  while (proxy.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
}

test('When the right of one ends, the others of the same caller go on, also behind an interruption.', async (t) => {
  const clock = new ManualClock();
  const ends = new Map([['Bearer short', clock.now() + 60_000]]);
  const { counter, service, connect } = await startCounter(t, {
    clock,
    authenticator: {
      authenticate: async (authorization = '') => {
        const expiresAt = ends.get(authorization);
        return { ...callerFor('ann'), ...(expiresAt !== undefined && { expiresAt }) };
      },
    },
    // What a service would refuse of one whose token is over.
    contextHeaders: ({ expiresAt = Infinity, ...caller }, requestId): Record<string, string> =>
      expiresAt <= clock.now()
        ? {}
        : { 'x-caller': JSON.stringify({ ...caller, scopes: [] }), 'x-call-id': requestId },
  });
  const [short, long] = [await connect('short'), await connect('long')];
  short.subscribe('a', counted(1));
  await short.next();
  long.subscribe('a', counted(2));
  await long.next();
  // What both ask for in the same words is asked for once, for as long as one of them may.
  short.subscribe('b', counted(3));
  await short.next();
  long.subscribe('b', counted(3));
  await long.next();
  assert.equal(service.sockets.length, 1);
  await clock.advance(60_000);
  assert.equal((await short.closed).code, 4403);
  await counter.source.untilLive(2);
  counter.count();
  for (let events = 0; events < 2; events++) assert.match(JSON.stringify(await long.next()), /"count":2/);
  await service.stop();
  counter.count();
  await service.start();
  while (long.pending.length < 2) await clock.advance(100);
  for (let events = 0; events < 2; events++) assert.match(JSON.stringify(await long.next()), /"count":3/);
  await long.close();
});

test('Each subscription on a socket proves for itself who asks: what is not signed for it is refused alone.', async (t) => {
  const secret = 'a secret of more than thirty-two characters';
  const counter = new Counter();
  counter.count();
  const calls: SubgraphCall[] = [];
  const subgraph = counter.subgraph();
  const verifier = new CallerContextVerifier({ secrets: [secret], subgraph: 'counter', clock: systemClock });
  const service = await serveSubgraph(
    {
      ...subgraph,
      contextFor(call) {
        calls.push(call);
        return subgraph.contextFor(call);
      },
    },
    {
      ...{ host: '127.0.0.1', port: 0, explorable: false, logger: memoryLogger() },
      identify: async (presented, body) => verifier.verify(presented, body),
    },
  );
  t.after(() => service.stop());
  const signed = (caller: Caller, requestId: string, body: string, by = secret) =>
    signCallerContext({ caller, requestId }, { subgraph: 'counter', body }, by, systemClock);
  const ann = callerFor('ann');
  const client = await SocketClient.connect(service.url, signed(ann, 'socket', SIGNED_SOCKET));
  const ask = (id: string, headers?: object): void =>
    client.send({
      ...{ id, type: 'subscribe' },
      payload: { query: counted(0), ...(headers && { extensions: { sealgraph: headers } }) },
    });
  const once = signed(ann, 'first', counted(0));
  ask('first', once);
  assert.equal((await client.next()).type, 'next');
  const wrong: [string, object][] = [
    ['presented before', once],
    ['signed for another text', signed(ann, 'x', counted(1))],
    ['signed with another secret', signed(ann, 'x', counted(0), `another ${secret}`)],
    ['of one whose token is over', signed({ ...ann, expiresAt: 1 }, 'x', counted(0))],
    ['empty', {}],
  ];
  for (const [what, headers] of wrong) {
    ask(what, headers);
    const { type, id, payload } = await client.next();
    assert.deepEqual([type, id], ['error', what]);
    assert.match(JSON.stringify(payload), /UNAUTHENTICATED|TOKEN_EXPIRED/);
  }
  ask('second', signed(ann, 'second', counted(0)));
  assert.equal((await client.next()).type, 'next');
  ask('third');
  assert.equal((await client.next()).type, 'next');
  assert.deepEqual(
    calls.map(({ requestId }) => requestId),
    ['first', 'second', 'socket'],
  );
  counter.count();
  for (let events = 0; events < 3; events++) assert.equal((await client.next()).type, 'next');
  await client.close();
});

test('An event longer than any answer is not taken from a service: its subscription fails, and the socket is closed.', async (t) => {
  const closes: number[] = [];
  const sockets = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: () => 'graphql-transport-ws',
  });
  t.after(() => sockets.close());
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { type, id } = JSON.parse(String(data)) as { type: string; id: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      const payload = { data: { ticked: 'x'.repeat(20_000_001) } };
      if (type === 'subscribe') socket.send(JSON.stringify({ type: 'next', id, payload }));
    });
    socket.once('close', (code) => closes.push(code));
  });
  await once(sockets, 'listening');
  const { port } = sockets.address() as AddressInfo;
  const { sdl } = subgraphOf(
    'ticks',
    'type Query { t: T } type T @key(fields: "id") { id: ID! } type Subscription { ticked: String }',
    {},
    { T: (keys) => keys },
  );
  const { endpoint } = await startGateway(t, {
    contextHeaders,
    subgraphs: [{ name: 'ticks', sdl, url: `http://127.0.0.1:${port}/graphql` }],
  });
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { ticked }');
  assert.match(JSON.stringify(await client.next()), /SUBGRAPH_UNAVAILABLE/);
  await client.close();
  await within(untilAny(closes), 'the end of the socket');
  assert.deepEqual(closes, [1009]);
});

async function untilAny(list: readonly unknown[]): Promise<void> {
  while (list.length === 0) await new Promise((resolve) => setImmediate(resolve));
}
