import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { test } from 'node:test';
import { auditServer } from 'graphql-http';
import { WebSocket } from 'ws';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway, strictAuthenticator } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';
import { ManualClock } from '../support/manual-clock.js';

const ME = '?query=%7B%20me%20%7D';
const PREFLIGHTED = { 'apollo-require-preflight': 'true' };

test('a query can be sent with GET, a mutation and a subscription cannot', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const ask = async (query: string): Promise<Response> =>
    fetch(`${endpoint}?query=${encodeURIComponent(query)}`, { headers: PREFLIGHTED });
  const answered = await ask('{ me }');
  assert.deepEqual([answered.status, await answered.json()], [200, { data: { me: 'anyone' } }]);
  assert.equal((await ask('mutation { send(text: "x", to: "y") { id } }')).status, 405);
  assert.equal((await ask('subscription { ticks(count: 1) }')).status, 405);
  assert.equal(world.sent, 0);
});

test('the GraphQL-over-HTTP audit finds nothing but the requests that CSRF prevention stops', async (t) => {
  const { endpoint } = await startGateway(t);
  const results = await auditServer({ url: endpoint });
  assert.ok(results.length > 50);
  const found = results
    .filter(({ status }) => status !== 'ok')
    .map((result) => `${result.id} ${result.name}`);
  const stopped = found.filter((name) => /GET/.test(name));
  assert.deepEqual(found, stopped);
  const preflighted = await auditServer({
    url: endpoint,
    fetchFn: (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('apollo-require-preflight', 'true');
      return fetch(url, { ...init, headers });
    },
  });
  assert.deepEqual(
    preflighted.filter(({ status }) => status !== 'ok').map((result) => `${result.id} ${result.name}`),
    [],
  );
});

test('a gateway for this machine alone answers nobody who calls it by another name', async (t) => {
  const { endpoint } = await startGateway(t, { localNamesOnly: true });
  const { port } = new URL(endpoint);
  const asked = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host, ...PREFLIGHTED };
      get(`${endpoint}${ME}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
    assert.equal(await asked(host), 200, host);
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost.evil.example',
    '127.0.0.1.evil.example',
  ])
    assert.equal(await asked(host), 421, host);
  const socket = new WebSocket(endpoint.replace(/^http/, 'ws'), 'graphql-transport-ws', {
    headers: { host: 'evil.example' },
  });
  await once(socket, 'unexpected-response');
});

test('what a browser sends without asking is refused, everything else is executed', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const body = JSON.stringify({ query: 'mutation { send(text: "x", to: "ann@example.org") { id } }' });
  const matrix: [RequestInit, number][] = [
    [{ method: 'POST', body, headers: { 'content-type': 'application/json' } }, 200],
    [{ method: 'POST', body, headers: { 'content-type': 'application/json; charset=utf-8' } }, 200],
    [{ method: 'POST', body, headers: { 'content-type': 'text/plain' } }, 403],
    [{ method: 'POST', body, headers: { 'content-type': 'TEXT/Plain;charset=utf-8' } }, 403],
    [{ method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 403],
    [{ method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 403],
    [{ method: 'POST', body: new Blob([body]) }, 403],
    [
      {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      },
      200,
    ],
    [{ method: 'GET' }, 403],
  ];
  let sent = 0;
  for (const [init, status] of matrix) {
    const response = await fetch(init.method === 'GET' ? endpoint + ME : endpoint, init);
    assert.equal(response.status, status, JSON.stringify(init));
    if (status === 200) sent += 1;
    else assert.match(await response.text(), /"code":"CSRF_PREVENTED"/);
  }
  assert.equal(world.sent, sent);
});

test('only listed origins are allowed across origins, none is reflected, and credentials never are', async (t) => {
  const { endpoint, url } = await startGateway(t, { cors: ['https://app.example'] });
  const preflight = (origin: string): Promise<Response> =>
    fetch(endpoint, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
  const allowed = await preflight('https://app.example');
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example');
  assert.equal(allowed.headers.get('access-control-allow-headers'), 'content-type');
  for (const origin of ['https://evil.example', 'null', url, 'https://app.example.evil.example']) {
    const refused = await preflight(origin);
    const answered = await post(endpoint, '{ me }', { headers: { origin } });
    for (const { headers } of [refused, answered]) {
      assert.equal(headers.get('access-control-allow-origin'), null, origin);
      assert.match(headers.get('vary') ?? '', /origin/);
    }
  }
  const answered = await post(endpoint, '{ me }', { headers: { origin: 'https://app.example' } });
  assert.equal(answered.headers.get('access-control-allow-origin'), 'https://app.example');
  assert.equal(answered.headers.get('access-control-allow-credentials'), null);
});

test('an empty list of origins allows none', async (t) => {
  const { endpoint } = await startGateway(t, { cors: [] });
  const { headers } = await post(endpoint, '{ me }', { headers: { origin: 'https://any.example' } });
  assert.equal(headers.get('access-control-allow-origin'), null);
});

test('a WebSocket is opened for no page, a listed page and our own pages, and for no other', async (t) => {
  const { endpoint, url } = await startGateway(t, { cors: ['https://app.example'] });
  for (const origin of [undefined, 'https://app.example', url]) {
    const client = await SocketClient.open(endpoint, undefined, origin ? { origin } : {});
    await client.close();
  }
  for (const origin of ['https://evil.example', 'null', 'https://app.example.evil.example']) {
    const socket = new WebSocket(endpoint.replace('http', 'ws'), 'graphql-transport-ws', { origin });
    const status = await new Promise((resolve) => {
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.once('open', () => resolve('open'));
    });
    assert.equal(status, 403, origin);
    socket.on('error', () => undefined);
    socket.terminate();
  }
});

test('a missing or invalid token is a 401 with a code, for operations and for streams', async (t) => {
  const { endpoint, world } = await startGateway(t, { authenticator: strictAuthenticator });
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic dmFsaWQ=' }]) {
    const answered = await post(endpoint, '{ me }', { headers });
    assert.equal(answered.status, 401);
    assert.equal(answered.headers.get('www-authenticate'), 'Bearer');
    assert.deepEqual(answered.body, {
      errors: [{ message: 'A valid access token is required.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    const stream = await StreamClient.open(
      endpoint,
      'text/event-stream',
      'subscription { ticks(count: 1) }',
      { headers },
    );
    assert.equal(stream.response.status, 401);
    stream.abort();
  }
  const stale = await post(endpoint, '{ me }', { headers: { authorization: 'Bearer stale' } });
  assert.deepEqual([stale.status, stale.body.errors?.[0]?.extensions], [401, { code: 'TOKEN_EXPIRED' }]);
  assert.equal(world.calls.length, 0);
  const valid = await post(endpoint, '{ me }', { headers: { authorization: 'Bearer valid' } });
  assert.deepEqual(valid.body, { data: { me: 'ann' } });
});

test('an authenticator that breaks lets nobody in and tells nothing', async (t) => {
  const { endpoint, log } = await startGateway(t, {
    authenticator: {
      authenticate: async () => {
        throw new Error('jwks.internal is down');
      },
    },
  });
  const { status, body } = await post(endpoint, '{ me }');
  assert.equal(status, 500);
  assert.equal(body.errors?.[0]?.extensions?.['code'], 'INTERNAL');
  assert.doesNotMatch(JSON.stringify(body), /jwks/);
  assert.ok(log.lines.some((line) => line.level === 'error'));
  const client = await SocketClient.open(endpoint);
  client.send({ type: 'connection_init' });
  assert.deepEqual(await client.closed, { code: 4500, reason: 'Internal server error' });
});

test('an event stream ends with TOKEN_EXPIRED when its token does', async (t) => {
  const clock = new ManualClock();
  const { endpoint, world } = await startGateway(t, { authenticator: strictAuthenticator, clock });
  const headers = { authorization: `Bearer short-${clock.now() + 60_000}` };
  const query = 'subscription { messageChanged(id: "1") { text } }';
  const sse = await StreamClient.open(endpoint, 'text/event-stream', query, { headers });
  const multipart = await StreamClient.open(endpoint, 'multipart/mixed;subscriptionSpec="1.0"', query, {
    headers,
  });
  await sse.nextEvent();
  await multipart.nextPart();
  await clock.advance(60_000);
  const errors = [{ message: 'The access token has expired.', extensions: { code: 'TOKEN_EXPIRED' } }];
  assert.deepEqual(await sse.nextEvent(), ['next', { errors }]);
  assert.deepEqual(await sse.nextEvent(), ['complete', undefined]);
  assert.equal(await sse.nextEvent(), undefined);
  assert.deepEqual(await multipart.nextPart(), { payload: null, errors });
  assert.equal(await multipart.until('--\r\n'), '--\r\n');
  await world.changes.untilLive(0);
});

test('a stream shows signs of life while nothing happens', async (t) => {
  const clock = new ManualClock();
  const { endpoint } = await startGateway(t, { clock });
  const query = 'subscription { messageChanged(id: "none") { text } }';
  const sse = await StreamClient.open(endpoint, 'text/event-stream', query);
  assert.equal(await sse.until('\n\n'), ':\n\n');
  await clock.advance(12_000);
  assert.equal(await sse.until('\n\n'), ':\n\n');
  sse.abort();
});

test('a well-formed request id is kept, any other is replaced, and it reaches log and subgraphs', async (t) => {
  const { endpoint, world, log } = await startGateway(t);
  const kept = await post(endpoint, 'query Mine { me }', { headers: { 'x-request-id': 'client-0815.a_b' } });
  assert.equal(kept.headers.get('x-request-id'), 'client-0815.a_b');
  assert.equal(world.calls[0]?.call.requestId, 'client-0815.a_b');
  const line = log.lines.find(({ message }) => message === 'operation');
  assert.deepEqual(
    { ...line?.facts, durationMs: 0 },
    {
      requestId: 'client-0815.a_b',
      operation: 'Mine',
      type: 'query',
      status: 'ok',
      code: 'OK',
      transport: 'http',
      durationMs: 0,
      subject: 'anyone',
      tenant: 'test',
    },
  );
  for (const id of ['short', 'with space in it', 'x'.repeat(65), '<script>alert(1)</script>']) {
    const { headers } = await post(endpoint, '{ me }', { headers: { 'x-request-id': id } });
    assert.match(headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/);
  }
});

test('variables, documents and tokens never get into the log', async (t) => {
  const { endpoint, log } = await startGateway(t);
  const secret = 'canary-7f3a';
  const headers = { authorization: `Bearer ${secret}:x` };
  const query = 'query ($text: String!) { echo(text: $text) }';
  await post(endpoint, query, { variables: { text: secret } });
  await post(endpoint, query, { variables: { text: { secret } } });
  await post(endpoint, `{ echo(text: "${secret}") }`);
  await post(endpoint, `{ echo(text: "${secret} }`);
  await post(endpoint, `{ echo(text: ${secret.replace('-', '')}) }`);
  await post(endpoint, '{ fails(how: PLAIN) }', { headers: { 'x-api-key': secret } });
  assert.doesNotMatch(JSON.stringify(log.lines), new RegExp(secret));
  await post(endpoint, '{ me }', { headers });
  assert.doesNotMatch(JSON.stringify(log.lines), /Bearer/);
});

test('what is not GraphQL is asked of the other routes first, and is nothing otherwise', async (t) => {
  const { url } = await startGateway(t, {
    extraRoutes: (request, response) => {
      if (request.url !== '/health/live') return false;
      response.end('alive');
      return true;
    },
  });
  assert.equal(await (await fetch(`${url}/health/live`)).text(), 'alive');
  assert.equal((await fetch(`${url}/`)).status, 404);
  assert.equal((await fetch(`${url}/graphiql`)).status, 404);
  assert.equal((await fetch(`${url}/graphql/`, { method: 'POST' })).status, 404);
});

test('a person who opens the endpoint in a browser reads what it is, whatever stands in the address', async (t) => {
  const { endpoint, log } = await startGateway(t);
  const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  for (const address of [endpoint, endpoint + ME, `${endpoint}?query=%7B`, `${endpoint}?x`]) {
    const opened = await fetch(address, { headers: { accept } });
    assert.equal(opened.status, 406, address);
    assert.match(opened.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(await opened.text(), /GraphQL.*POST/);
  }
  assert.ok(!log.lines.some(({ message }) => message === 'operation'));
  for (const headers of [{ accept: 'text/html;q=0, */*' }, { accept: '*/*' }]) {
    const asked = await fetch(endpoint + ME, { headers });
    assert.equal(asked.status, 403);
    assert.match(await asked.text(), /CSRF_PREVENTED/);
  }
  const program = await fetch(endpoint + ME, { headers: { accept, ...PREFLIGHTED } });
  assert.deepEqual(await program.json(), { data: { me: 'anyone' } });
});

test('what a client says it does not take is not sent, whatever else it takes', async (t) => {
  const { endpoint } = await startGateway(t);
  const typeFor = async (accept: string): Promise<string | null> => {
    const { status, headers } = await fetch(endpoint + ME, { headers: { ...PREFLIGHTED, accept } });
    return status === 200 ? headers.get('content-type') : String(status);
  };
  const graphql = 'application/graphql-response+json; charset=utf-8';
  for (const [accept, type] of [
    ['application/json;q=0, */*', graphql],
    ['application/*, application/json;q=0.0', graphql],
    ['application/graphql-response+json;q=0, application/*', 'application/json; charset=utf-8'],
    ['application/json;q=0', '406'],
  ] as const)
    assert.equal(await typeFor(accept), type, accept);
});

test('what GET answers, HEAD answers without a body; a subscription is none of it', async (t) => {
  const { endpoint } = await startGateway(t);
  const head = (query: string, accept = 'application/json') =>
    fetch(`${endpoint}?query=${encodeURIComponent(query)}`, {
      method: 'HEAD',
      headers: { accept, 'apollo-require-preflight': 'yes' },
    });
  const answered = await head('{ me }');
  assert.equal(answered.status, 200);
  assert.match(answered.headers.get('content-type') ?? '', /^application\/json/);
  assert.equal(await answered.text(), '');
  assert.equal((await head('mutation { send(text: "x", to: "y") { id } }')).status, 405);
  assert.equal((await head('subscription { ticks(count: 1) }', 'text/event-stream')).status, 406);
  const visit = await fetch(endpoint, { method: 'HEAD', headers: { accept: 'text/html' } });
  assert.equal(visit.status, 406);
});
