import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { MODES } from '../support/gateway/start.js';

for (const [mode, start] of MODES) {
  test(`with subgraphs ${mode}, a query is answered from three of them at once`, async (t) => {
    const { endpoint } = await start(t);
    const { status, body } = await post(endpoint, '{ messages { id to { name balance } } }');
    assert.equal(status, 200);
    assert.deepEqual(body, {
      data: {
        messages: [
          { id: '1', to: { name: 'Ann', balance: 10 } },
          { id: '2', to: { name: 'Bob', balance: 20 } },
        ],
      },
    });
  });

  test(`with subgraphs ${mode}, each knows the caller and the request, and is asked once per operation`, async (t) => {
    const { endpoint, world } = await start(t);
    const headers = { authorization: 'Bearer ann:read write', 'x-request-id': 'request-17' };
    const { body } = await post(endpoint, '{ me messages { to { name } } }', { headers });
    assert.equal(body.data?.['me'], 'ann');
    for (const { call } of world.calls) {
      assert.equal(call.requestId, 'request-17');
      assert.deepEqual(call.caller, { tenant: 'test', subject: 'ann', scopes: new Set(['read', 'write']) });
    }
    assert.equal(world.calls.filter(({ subgraph }) => subgraph === 'directory').length, 1);
  });

  test(`with subgraphs ${mode}, variables, aliases and mutations arrive as they were meant`, async (t) => {
    const { endpoint, world } = await start(t);
    const query =
      'mutation M($text: String!, $to: ID!) { sent: send(text: $text, to: $to) { text to { name } } }';
    const variables = { text: 'a "quoted" \u2713', to: 'bob@example.org' };
    const { body } = await post(endpoint, query, { variables });
    assert.deepEqual(body, { data: { sent: { text: variables.text, to: { name: 'Bob' } } } });
    assert.equal(world.sent, 1);
  });

  test(`with subgraphs ${mode}, errors are masked or shown by the same rules`, async (t) => {
    const { endpoint } = await start(t);
    const { body } = await post(
      endpoint,
      '{ a: fails(how: PLAIN) b: fails(how: CODED) c: fails(how: HOSTILE) }',
    );
    assert.deepEqual(body.data, { a: null, b: null, c: null });
    const codes = body.errors?.map(({ path, extensions }) => [path?.join('.'), extensions?.['code']]);
    assert.deepEqual(codes, [
      ['a', 'INTERNAL'],
      ['b', 'NOT_FOUND'],
      ['c', 'INTERNAL'],
    ]);
    assert.doesNotMatch(JSON.stringify(body), /db\.internal|hunter2/);
  });

  test(`with subgraphs ${mode}, events are completed with fresh data, errors stay with their event, and leaving closes the source`, async (t) => {
    const { endpoint, world } = await start(t);
    const client = await SocketClient.connect(endpoint, { authorization: 'Bearer ann' });
    client.subscribe('a', 'subscription { messageChanged(id: "1") { text to { balance } } }');
    const event = (text: string, balance: number): object => ({
      data: { messageChanged: { text, to: { balance } } },
    });
    assert.deepEqual((await client.next()).payload, event('hello', 10));
    world.balances.set('ann@example.org', 11);
    world.changes.publish({ id: '1', text: 'FAIL', to: 'ann@example.org', sequence: 2 });
    assert.match(JSON.stringify((await client.next()).payload), /"messageChanged":null.*CONFLICT/);
    world.changes.publish({ id: '1', text: 'on', to: 'ann@example.org', sequence: 3 });
    assert.deepEqual((await client.next()).payload, event('on', 11));
    assert.ok(world.calls.every(({ call }) => call.caller.subject === 'ann'));
    client.complete('a');
    await world.changes.untilLive(0);
    client.subscribe('b', 'subscription { ticks(count: 3) }');
    for (const tick of [1, 2, 3]) assert.deepEqual((await client.next()).payload, { data: { ticks: tick } });
    assert.equal((await client.next()).type, 'complete');
    await client.close();
  });
}
