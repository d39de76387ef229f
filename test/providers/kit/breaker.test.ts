import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { startServer } from '../../support/http-server.js';
import { clientOf, factsOf, problem, READ, WRITE } from './client.js';

const POLICY = { breaker: { minimumCalls: 4, window: 4, openMs: 10_000 }, retry: { retries: 0 } };

/** A server whose status the test sets, and a clock for the breaker, which knows only the system's. */
async function failing(t: TestContext) {
  t.mock.timers.enable({ apis: ['Date'] });
  let status = 500;
  const server = await startServer(t, (_request, response) => response.writeHead(status).end());
  const client = clientOf(t, server.url, POLICY);
  return { server, client, answerWith: (next: number) => void (status = next) };
}

async function repeat(times: number, call: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) await call();
}

test('the breaker opens when calls keep failing, refuses at once, and closes after one good probe', async (t) => {
  const { server, client, answerWith } = await failing(t);
  await repeat(4, () => client.request(READ));
  assert.equal(client.breakers.read, 'open');
  await assert.rejects(client.request(READ), problem('PROVIDER_UNAVAILABLE'));
  assert.equal(server.hits, 4);

  t.mock.timers.tick(9_999);
  await assert.rejects(client.request(READ), problem('PROVIDER_UNAVAILABLE'));
  answerWith(200);
  t.mock.timers.tick(1);
  assert.equal((await client.request(READ)).status, 200);
  assert.equal(client.breakers.read, 'closed');
  assert.deepEqual(
    factsOf(client.logger, 'provider breaker').map(({ state }) => state),
    ['open', 'half-open', 'closed'],
  );
});

test('while one probe is under way nobody else gets through or waits for it; a failed one opens the breaker again', async (t) => {
  t.mock.timers.enable({ apis: ['Date'] });
  const probes: ServerResponse[] = [];
  const server = await startServer(t, (_request, response) => {
    response.statusCode = 500;
    if (server.hits <= 4) response.end();
    else probes.push(response);
  });
  const client = clientOf(t, server.url, POLICY);
  await repeat(4, () => client.request(READ));
  t.mock.timers.tick(10_000);
  const probe = client.request(READ);
  await server.hit(5);
  assert.equal(client.breakers.read, 'half-open');
  await assert.rejects(client.request(READ), problem('PROVIDER_UNAVAILABLE'));
  probes[0]?.end();
  assert.equal((await probe).status, 500);
  assert.equal(client.breakers.read, 'open');
  assert.equal(server.hits, 5);
});

test('failing reads leave the breaker of writes closed, and the other way round', async (t) => {
  const { client, answerWith } = await failing(t);
  await repeat(4, () => client.request(READ));
  assert.deepEqual([client.breakers.read, client.breakers.write], ['open', 'closed']);
  answerWith(200);
  assert.equal((await client.request(WRITE)).status, 200);
});

test('answers by which a provider says no do not open the breaker', async (t) => {
  const { client, answerWith } = await failing(t);
  for (const status of [400, 401, 404, 420, 429]) {
    answerWith(status);
    await repeat(4, () => client.request(WRITE));
  }
  assert.equal(client.breakers.write, 'closed');
});

test('lost connections and lost answers open the breaker, and a refused write was certainly not sent', async (t) => {
  const server = await startServer(t, (_request, response) => response.destroy());
  const client = clientOf(t, server.url, POLICY);
  await repeat(4, () => assert.rejects(client.request(WRITE), problem('OUTCOME_UNKNOWN')));
  assert.equal(client.breakers.write, 'open');
  await assert.rejects(client.request(WRITE), problem('PROVIDER_UNAVAILABLE'));
  assert.equal(server.hits, 4);
});
