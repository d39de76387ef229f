import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

const FOLLOW = 'subscription { messageChanged(id: "1") { id } }';

test('no more sockets are taken than are allowed, and one that left makes room', async (t) => {
  const { endpoint, log } = await startGateway(t, { limits: { sockets: 2 } });
  const [first, second] = [await SocketClient.connect(endpoint), await SocketClient.connect(endpoint)];
  await assert.rejects(SocketClient.open(endpoint), /503/);
  await first.close();
  // The server learns of it in its own time.
  const third = await untilTaken(endpoint);
  await second.close();
  await third.close();
  assert.equal(log.lines.filter(({ level }) => level === 'error').length, 0);
});

test('one caller runs no more than is allowed on all sockets and streams together; another is not hindered', async (t) => {
  const { endpoint } = await startGateway(t, { limits: { operationsPerCaller: 3 } });
  const ann = { authorization: 'Bearer ann' };
  const sockets = [await SocketClient.connect(endpoint, ann), await SocketClient.connect(endpoint, ann)];
  for (const socket of sockets) {
    socket.subscribe('a', FOLLOW);
    await socket.next();
  }
  const stream = await StreamClient.open(endpoint, 'text/event-stream', FOLLOW, { headers: ann });
  await stream.nextEvent();

  sockets[0]?.subscribe('b', FOLLOW);
  assert.match(JSON.stringify(await sockets[0]?.next()), /"error".*LIMIT_EXCEEDED.*/);
  for (const accept of ['text/event-stream', 'multipart/mixed;subscriptionSpec="1.0"']) {
    const refused = await StreamClient.open(endpoint, accept, FOLLOW, { headers: ann });
    assert.match((await refused.until('LIMIT_EXCEEDED')) ?? '', /At most 3 operations may run of one caller/);
    refused.abort();
  }
  const bob = await StreamClient.open(endpoint, 'text/event-stream', FOLLOW, {
    headers: { authorization: 'Bearer bob' },
  });
  assert.equal((await bob.nextEvent())?.[0], 'next');
  bob.abort();

  await sockets[0]?.close();
  stream.abort();
  const [, socket] = sockets;
  for (const id of ['c', 'd']) {
    let answered: string | undefined;
    // The server learns of it in its own time.
    for (let tries = 0; answered !== 'next' && tries < 10_000; tries += 1) {
      socket?.subscribe(id, FOLLOW);
      answered = (await socket?.next())?.type;
    }
    assert.equal(answered, 'next');
  }
  await sockets[1]?.close();
});

async function untilTaken(endpoint: string): Promise<SocketClient> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await SocketClient.connect(endpoint);
    } catch (error) {
      if (tries >= 10_000) throw error;
    }
  }
}
