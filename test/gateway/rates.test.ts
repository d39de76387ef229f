import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRates } from '../../src/rates/create-rates.js';
import type { RateLimits } from '../../src/rates/create-rates.js';
import type { Rate, Rates } from '../../src/rates/rates.js';
import { post } from '../support/gateway/post.js';
import type { Answered } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';

const NONE: RateLimits = { perCaller: 0, perTenant: 0 };
const rates = (limits: Partial<Record<Rate, Partial<RateLimits>>>): Rates =>
  createRates({
    requests: { ...NONE, ...limits.requests },
    mutations: { ...NONE, ...limits.mutations },
    effects: { ...NONE, ...limits.effects },
  });

const as = (subject: string) => ({ headers: { authorization: `Bearer ${subject}` } });
const QUERY = '{ __typename }';
const MUTATION = 'mutation { send(text: "a", to: "b") { id } }';

function assertRefused({ status, headers, body }: Answered, limit: number, message: RegExp): void {
  assert.equal(status, 429);
  assert.equal(body.data, undefined);
  const [error] = body.errors ?? [];
  assert.match(error?.message ?? '', message);
  const { code, isRetryable, retryAfterMs } = error?.extensions ?? {};
  assert.deepEqual([code, isRetryable], ['RATE_LIMITED', true]);
  assert.ok(typeof retryAfterMs === 'number' && retryAfterMs > 0 && retryAfterMs <= 60_000);
  assert.equal(headers.get('retry-after'), `${Math.ceil(retryAfterMs / 1_000)}`);
  assert.equal(headers.get('ratelimit-reset'), headers.get('retry-after'));
  assert.equal(headers.get('ratelimit-limit'), `${limit}`);
  assert.equal(headers.get('ratelimit-remaining'), '0');
  assert.equal(headers.get('ratelimit-policy'), `${limit};w=60`);
}

test('a caller may ask so often in a minute, is told how much is left, and then how long to wait', async (t) => {
  const { endpoint } = await startGateway(t, { rates: rates({ requests: { perCaller: 3 } }) });
  for (const left of ['2', '1', '0']) {
    const { status, headers } = await post(endpoint, QUERY, as('ann'));
    assert.equal(status, 200);
    assert.equal(headers.get('ratelimit-remaining'), left);
    assert.equal(headers.get('ratelimit-limit'), '3');
    assert.equal(headers.get('retry-after'), null);
  }
  assertRefused(await post(endpoint, QUERY, as('ann')), 3, /of this caller/);
  assert.equal((await post(endpoint, QUERY, as('bob'))).status, 200);
});

test('what is not GraphQL counts too: nobody tries documents without end', async (t) => {
  const { endpoint } = await startGateway(t, { rates: rates({ requests: { perCaller: 2 } }) });
  for (const document of ['{', '{ nothing }']) await post(endpoint, document, as('ann'));
  assertRefused(await post(endpoint, QUERY, as('ann')), 2, /of this caller/);
});

test('all callers of a tenant together have a limit, and one who has too many does not use it up', async (t) => {
  const { endpoint } = await startGateway(t, {
    rates: rates({ requests: { perCaller: 3, perTenant: 5 } }),
  });
  for (let n = 0; n < 3; n++) await post(endpoint, QUERY, as('ann'));
  for (let n = 0; n < 20; n++) assertRefused(await post(endpoint, QUERY, as('ann')), 3, /of this caller/);
  for (const subject of ['bob', 'cid']) assert.equal((await post(endpoint, QUERY, as(subject))).status, 200);
  assertRefused(await post(endpoint, QUERY, as('dan')), 5, /of this tenant/);
});

test('mutations have a limit of their own, and a refused one is not executed', async (t) => {
  const { endpoint, world } = await startGateway(t, {
    rates: rates({ requests: { perCaller: 100 }, mutations: { perCaller: 2 } }),
  });
  for (let n = 0; n < 2; n++) assert.equal((await post(endpoint, MUTATION, as('ann'))).status, 200);
  const refused = await post(endpoint, MUTATION, as('ann'));
  assertRefused(refused, 2, /of this caller/);
  assert.equal(world.sent, 2);
  assert.equal((await post(endpoint, QUERY, as('ann'))).status, 200);
});

test('over WebSocket the same: an error for the operation, the socket stays', async (t) => {
  const { endpoint } = await startGateway(t, { rates: rates({ requests: { perCaller: 2 } }) });
  const client = await SocketClient.connect(endpoint);
  for (const id of ['a', 'b']) {
    client.subscribe(id, QUERY);
    assert.equal((await client.next()).type, 'next');
    assert.equal((await client.next()).type, 'complete');
  }
  client.subscribe('c', QUERY);
  const { type, payload } = await client.next();
  assert.equal(type, 'error');
  const [error] = payload as { extensions: Record<string, unknown> }[];
  const { code, isRetryable, retryAfterMs, http } = error?.extensions ?? {};
  assert.deepEqual([code, isRetryable, http], ['RATE_LIMITED', true, undefined]);
  assert.ok(typeof retryAfterMs === 'number' && retryAfterMs > 0);
  await client.settled();
  await client.close();
});

test('over server-sent events the same: the error is the only event, and the headers are there', async (t) => {
  const { endpoint } = await startGateway(t, { rates: rates({ requests: { perCaller: 1 } }) });
  const stream = () =>
    fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: 'Bearer ann',
      },
      body: JSON.stringify({ query: QUERY }),
    });
  assert.match(await (await stream()).text(), /"__typename":"Query"/);
  const refused = await stream();
  assert.match(await refused.text(), /"code":"RATE_LIMITED".*"retryAfterMs":\d+/);
  assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
});

test('pages of another origin can read the headers', async (t) => {
  const origin = 'https://app.example';
  const { endpoint } = await startGateway(t, {
    cors: [origin],
    rates: rates({ requests: { perCaller: 5 } }),
  });
  const { headers } = await post(endpoint, QUERY, { headers: { origin } });
  const exposed = headers.get('access-control-expose-headers')?.split(', ') ?? [];
  for (const name of ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'])
    assert.ok(exposed.includes(name), name);
});

test('without limits nothing is counted and no header is sent', async (t) => {
  const { endpoint } = await startGateway(t, { rates: rates({}) });
  for (let n = 0; n < 50; n++) {
    const { status, headers } = await post(endpoint, QUERY, as('ann'));
    assert.deepEqual([status, headers.get('ratelimit-limit')], [200, null]);
  }
});
