import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { startServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { clientOf, problem, READ, WRITE } from './client.js';

test('an answer longer than allowed is a protocol error, with and without a stated length, and is not asked for again', async (t) => {
  for (const headers of [{ 'content-length': '11' }, {}]) {
    const server = await startServer(t, (_request, response) => {
      response.writeHead(200, headers);
      response.write('12345');
      response.end('678901');
    });
    const client = clientOf(t, server.url, { maxResponseBytes: 10 });
    await assert.rejects(client.request(READ), problem('PROVIDER_PROTOCOL'));
    assert.equal(server.hits, 1);
    assert.equal((await client.request({ ...READ, maxResponseBytes: 11 })).body.length, 11);
  }
});

test('a redirect is refused and never followed; to a write it leaves the outcome unknown', async (t) => {
  const elsewhere = await startServer(t, (_request, response) => response.end());
  for (const status of [301, 302, 303, 307, 308]) {
    const server = await startServer(t, (_request, response) => {
      response.writeHead(status, { location: elsewhere.url }).end();
    });
    const client = clientOf(t, server.url);
    await assert.rejects(client.request(READ), problem('PROVIDER_PROTOCOL'));
    await assert.rejects(client.request(WRITE), problem('OUTCOME_UNKNOWN'));
    assert.equal(server.hits, 2);
  }
  assert.equal(elsewhere.hits, 0);
});

test('a URL a provider gave is used only within the configured origins', async (t) => {
  const server = await startServer(t, (request, response) => response.end(request.url));
  const elsewhere = await startServer(t, (_request, response) => response.end());
  const client = clientOf(t, server.url);
  const at = (url: string) => client.request({ operation: 'look', kind: 'read', method: 'GET', url });
  assert.equal((await at(`${server.url}/page?after=7`)).text(), '/page?after=7');
  for (const url of [
    `${elsewhere.url}/page`,
    `http://user@127.0.0.1:${server.port}/`,
    '/page',
    'file:///etc/passwd',
  ]) {
    await assert.rejects(at(url), problem('PROVIDER_PROTOCOL'));
  }
  assert.deepEqual([server.hits, elsewhere.hits], [1, 0]);
});

test('a path is below the base URL and its own path', async (t) => {
  const server = await startServer(t, (request, response) => response.end(request.url));
  const client = clientOf(t, `${server.url}/api/`);
  assert.equal((await client.request(READ)).text(), '/api/thing');
});

test('no more calls than allowed are under way, so many may wait, and further ones are refused unsent', async (t) => {
  const open: ServerResponse[] = [];
  const server = await startServer(t, (_request, response) => void open.push(response));
  const client = clientOf(t, server.url, { concurrency: { limit: 2, queue: 1 } });
  const calls = [client.request(READ), client.request(WRITE), client.request(WRITE)];
  await assert.rejects(client.request(WRITE), problem('PROVIDER_UNAVAILABLE'));
  await server.hit(2);
  assert.equal(server.hits, 2);
  open[0]?.end('first');
  await server.hit(3);
  open[1]?.end();
  open[2]?.end();
  assert.deepEqual(
    (await Promise.all(calls)).map(({ status }) => status),
    [200, 200, 200],
  );
});

test('a write whose time runs out while it waits for its turn was not sent', async (t) => {
  const clock = new ManualClock();
  const open: ServerResponse[] = [];
  const server = await startServer(t, (_request, response) => void open.push(response));
  const client = clientOf(t, server.url, { clock, concurrency: { limit: 1 } });
  const first = client.request({ ...READ, timeoutMs: 60_000 });
  await server.hit(1);
  const second = assert.rejects(client.request(WRITE), problem('PROVIDER_UNAVAILABLE'));
  await clock.advance(10_000);
  await second;
  open[0]?.end();
  await first;
  const third = client.request(READ);
  await server.hit(2);
  open[1]?.end();
  assert.equal((await third).status, 200);
  assert.equal(server.hits, 2);
});
