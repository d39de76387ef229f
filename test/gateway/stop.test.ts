import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

test('stopping lets requests in flight finish, tells subscribers to go, and takes no new connections', async (t) => {
  const { endpoint, gateway, world, url } = await startGateway(t);
  let open = (): void => undefined;
  world.gate = new Promise((resolve) => (open = resolve));
  const slow = Array.from({ length: 20 }, () => post(endpoint, '{ slow }'));
  while (world.calls.length < 20) await new Promise((resolve) => setImmediate(resolve));
  const query = 'subscription { messageChanged(id: "1") { text } }';
  const socket = await SocketClient.connect(endpoint);
  socket.subscribe('a', query);
  await socket.next();
  const stream = await StreamClient.open(endpoint, 'text/event-stream', query);
  await stream.nextEvent();
  const idle = await post(endpoint, '{ me }');
  assert.equal(idle.status, 200);
  assert.equal(gateway.ready, true);

  const stopped = gateway.stop();
  assert.equal(gateway.ready, false);
  assert.deepEqual(await socket.closed, { code: 1001, reason: 'Going away' });
  assert.match(JSON.stringify(await stream.nextEvent()), /SERVER_STOPPING/);
  await world.changes.untilLive(0);
  await assert.rejects(fetch(`${url}/graphql`), TypeError);
  open();
  for (const answered of await Promise.all(slow)) assert.deepEqual(answered.body, { data: { slow: 'done' } });
  await stopped;
});

test('what does not finish within the time limit is cut off', async (t) => {
  const { endpoint, gateway, world } = await startGateway(t, { stopTimeoutMs: 50 });
  let open = (): void => undefined;
  world.gate = new Promise((resolve) => (open = resolve));
  const slow = post(endpoint, '{ slow }');
  while (world.calls.length < 1) await new Promise((resolve) => setImmediate(resolve));
  const deaf = await SocketClient.connect(endpoint);
  deaf.pause();
  await Promise.all([gateway.stop(), assert.rejects(slow)]);
  open();
  await deaf.vanish();
});

test('stopping twice is no error', async (t) => {
  const { gateway } = await startGateway(t);
  await Promise.all([gateway.stop(), gateway.stop()]);
  await gateway.stop();
});

test('a port in use is an error, and a free one is found', async (t) => {
  const one = await startGateway(t);
  const port = Number(new URL(one.url).port);
  const two = await startGateway(t);
  assert.notEqual(two.url, one.url);
  await assert.rejects(two.gateway.listen({ host: '127.0.0.1', port }), /EADDRINUSE|ALREADY/);
});

test('a request target that is no address is answered 400', async (t) => {
  const { url } = await startGateway(t);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('GET //:bad:/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(Buffer.from(chunk));
  assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 400 /);
});
