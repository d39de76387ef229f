import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';

test('an unexpected failure is one fixed sentence with a reference, and the whole of it is in the log', async (t) => {
  const { endpoint, log } = await startGateway(t);
  const { status, body } = await post(endpoint, '{ fails(how: PLAIN) }', {
    headers: { 'x-request-id': 'reference-1' },
  });
  assert.equal(status, 200);
  assert.deepEqual(body, {
    data: { fails: null },
    errors: [
      {
        message: 'Something went wrong on our side.',
        path: ['fails'],
        extensions: { code: 'INTERNAL', reference: 'reference-1' },
      },
    ],
  });
  const [line, ...more] = log.lines.filter(({ level }) => level === 'error');
  assert.equal(line?.facts['requestId'], 'reference-1');
  assert.match(String((line?.facts['err'] as Error).message), /ECONNREFUSED db\.internal/);
  assert.deepEqual(more, []);
});

test('an error of ours keeps code, message and path', async (t) => {
  const { endpoint } = await startGateway(t);
  const { body } = await post(endpoint, '{ problem: fails(how: CODED) }');
  assert.deepEqual(body.errors, [
    { message: 'No such thing.', path: ['problem'], extensions: { code: 'NOT_FOUND' } },
  ]);
});

test('a GraphQL error with an unknown code is masked with all it carries', async (t) => {
  const { endpoint } = await startGateway(t);
  const { body } = await post(endpoint, '{ fails(how: HOSTILE) }');
  assert.equal(body.errors?.[0]?.extensions?.['code'], 'INTERNAL');
  assert.doesNotMatch(JSON.stringify(body), /db\.internal|WHATEVER|stack/);
});

test('a failure of a shared subscription is logged once, whatever the number of readers', async (t) => {
  const { endpoint, world, log } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  const query = 'subscription { messageChanged(id: "1") { to { name } } }';
  for (const id of ['a', 'b', 'c']) {
    client.subscribe(id, query);
    await client.next();
  }
  world.broken.set('directory', new Error('secret.internal'));
  world.changes.publish({ id: '1', text: 'x', to: 'ann@example.org', sequence: 2 });
  for (let reader = 0; reader < 3; reader += 1) {
    const { payload } = await client.next();
    assert.match(JSON.stringify(payload), /"code":"INTERNAL"/);
    assert.doesNotMatch(JSON.stringify(payload), /secret/);
  }
  assert.equal(log.lines.filter(({ level }) => level === 'error').length, 1);
  await client.close();
});

test('nothing is written to the console, whatever goes wrong', async (t) => {
  const written: unknown[] = [];
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  for (const method of methods) t.mock.method(console, method, (...args: unknown[]) => written.push(args));
  const { endpoint, gateway } = await startGateway(t);
  await post(endpoint, '{ fails(how: PLAIN) }');
  await post(endpoint, '{');
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', '{ fails(how: PLAIN) }');
  await client.next();
  client.send('nonsense');
  await client.closed;
  const legacy = await SocketClient.open(endpoint, 'graphql-ws');
  await legacy.closed;
  await gateway.stop();
  assert.deepEqual(written, []);
});

test('starting and answering connects to nobody', async (t) => {
  const connections: unknown[] = [];
  const note = (message: unknown): void => void connections.push(message);
  subscribe('net.client.socket', note);
  t.after(() => unsubscribe('net.client.socket', note));
  const { gateway } = await startGateway(t, { landingPages: { examples: [] } });
  assert.equal(gateway.ready, true);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(connections, []);
});
