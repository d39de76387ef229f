import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getIntrospectionQuery } from 'graphql';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';

const nested = (levels: number): string =>
  '{ messages { to '.repeat(levels) + '{ email }' + ' } }'.repeat(levels);
const repeated = (count: number, make: (n: number) => string): string =>
  Array.from({ length: count }, (_none, n) => make(n)).join(' ');

const REFUSED: [string, string, RegExp][] = [
  ['depth', `{ messages { to ${nested(6)} } }`, /15 levels deep; at most 12/],
  [
    'depth in fragments',
    '{ messages { ...A } } fragment A on Message { to { ...B } } fragment B on Person { messages { to { messages { to { messages { to { messages { to { messages { to { email } } } } } } } } } } }',
    /13 levels deep/,
  ],
  ['aliases', `{ ${repeated(16, (n) => `a${n}: __typename`)} }`, /16 aliases; at most 15/],
  [
    'aliases in a fragment spread often',
    `{ messages { ...A ...A ...A ...A } } fragment A on Message { a: id b: id c: id d: id }`,
    /16 aliases/,
  ],
  ['root fields', `{ ${repeated(11, () => 'me')} }`, /11 root fields; at most 10/],
  ['directives', `{ me ${repeated(11, () => '@include(if: true)')} }`, /11 directives; at most 10/],
];

test('operations beyond a limit are refused with 400 and LIMIT_EXCEEDED, and nothing is executed', async (t) => {
  const { endpoint, world } = await startGateway(t);
  for (const [what, query, message] of REFUSED) {
    const { status, body } = await post(endpoint, query, {
      headers: { accept: 'application/graphql-response+json' },
    });
    assert.equal(status, 400, what);
    const found = body.errors?.find(({ extensions }) => extensions?.['code'] === 'LIMIT_EXCEEDED');
    assert.match(found?.message ?? '', message, what);
    assert.equal(body.data, undefined);
  }
  assert.equal(world.calls.length, 0);
});

test('the same limits hold over WebSocket', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  for (const [what, query] of REFUSED) {
    client.subscribe('a', query);
    const message = await client.next();
    assert.equal(message.type, 'error', what);
    assert.match(JSON.stringify(message.payload), /LIMIT_EXCEEDED/);
    await client.settled();
  }
  assert.equal(world.calls.length, 0);
  await client.close();
});

const UNREADABLE: readonly (readonly [query: string, code: string])[] = [
  [`{ ${repeated(1_000, () => 'me')} }`, 'LIMIT_EXCEEDED'],
  [`{ ${repeated(1_000, () => 'me')}`, 'LIMIT_EXCEEDED'],
  [`{ ${repeated(998, () => 'me')}`, 'GRAPHQL_PARSE_FAILED'],
  [`${repeated(500, () => 'me')} "`, 'GRAPHQL_PARSE_FAILED'],
  ['{ me', 'GRAPHQL_PARSE_FAILED'],
  ['}', 'GRAPHQL_PARSE_FAILED'],
  ['', 'BAD_REQUEST'],
];
test('too many tokens and syntax errors are 400, not 500', async (t) => {
  const { endpoint } = await startGateway(t);
  for (const [query, code] of UNREADABLE) {
    const { status, body } = await post(endpoint, query, {
      headers: { accept: 'application/graphql-response+json' },
    });
    assert.deepEqual([status, body.errors?.[0]?.extensions?.['code']], [400, code], query.slice(-20));
  }
});

test('a document longer than allowed is refused before it is read', async (t) => {
  const { endpoint } = await startGateway(t);
  const { status, body } = await post(endpoint, `{ echo(text: "${'x'.repeat(60_000)}") }`, {
    headers: { accept: 'application/graphql-response+json' },
  });
  assert.deepEqual([status, body.errors?.[0]?.extensions?.['code']], [400, 'LIMIT_EXCEEDED']);
});

test('a body beyond 1.5 MB is refused with 413, announced or not', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const variables = { text: 'x'.repeat(1_500_000) };
  const body = JSON.stringify({ query: 'query ($text: String!) { echo(text: $text) }', variables });
  const headers = { 'content-type': 'application/json' };
  const announced = await fetch(endpoint, { method: 'POST', headers, body });
  assert.equal(announced.status, 413);
  assert.match(await announced.text(), /LIMIT_EXCEEDED/);
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers,
    body: new Blob([body]).stream(),
    duplex: 'half',
  };
  const chunked = await fetch(endpoint, init).then(
    ({ status }) => status,
    // The connection is closed while the client still sends.
    () => 413,
  );
  assert.equal(chunked, 413);
  assert.equal(world.calls.length, 0);
});

test('an array of operations is not executed', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: '{ me }' }, { query: '{ me }' }]),
  });
  assert.equal(response.status, 400);
  assert.match(await response.text(), /BAD_REQUEST/);
  assert.equal(world.calls.length, 0);
});

test('an invalid document is told no more than five errors', async (t) => {
  const { endpoint } = await startGateway(t);
  const { body } = await post(endpoint, `{ ${repeated(9, (n) => `x${n}`)} }`);
  assert.equal(body.errors?.length, 5);
});

test('fragments that contain each other are refused without running away', async (t) => {
  const { endpoint } = await startGateway(t);
  const query =
    '{ messages { ...A } } fragment A on Message { to { messages { ...B } } } fragment B on Message { ...A id }';
  const { status, body } = await post(endpoint, query, {
    headers: { accept: 'application/graphql-response+json' },
  });
  assert.equal(status, 400);
  assert.match(JSON.stringify(body), /Cannot spread fragment/);
  const doubling = `{ messages { ...F0 } } ${repeated(60, (n) => `fragment F${n} on Message { ...F${n + 1} ...F${n + 1} }`)} fragment F60 on Message { a: id }`;
  const doubled = await post(endpoint, doubling);
  assert.match(JSON.stringify(doubled.body), /aliases/);
});

test('the usual introspection query passes all limits', async (t) => {
  const { endpoint } = await startGateway(t);
  const query = getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, oneOf: true });
  const { body } = await post(endpoint, query);
  assert.equal(body.errors, undefined);
});

test('without introspection the schema cannot be asked for, and no message suggests a name', async (t) => {
  const { endpoint } = await startGateway(t, { introspection: false });
  for (const query of [
    '{ __schema { types { name } } }',
    '{ __type(name: "Person") { name } }',
    getIntrospectionQuery(),
  ]) {
    const { status, body } = await post(endpoint, query, {
      headers: { accept: 'application/graphql-response+json' },
    });
    assert.equal(status, 400);
    assert.equal(body.data, undefined);
  }
  assert.deepEqual((await post(endpoint, '{ __typename }')).body, { data: { __typename: 'Query' } });
  for (const [query, variables] of [
    ['{ mesages { id } }', {}],
    ['{ messages { idd } }', {}],
    ['{ fails(how: PLAINN) }', {}],
    ['query ($how: Failur!) { fails(how: $how) }', { how: 'PLAIN' }],
    ['query ($how: Failure!) { fails(how: $how) }', { how: 'PLAINN' }],
    ['{ echo(text: "x", color: RED) }', {}],
  ] as const) {
    const { body } = await post(endpoint, query, { variables });
    assert.ok(body.errors?.length);
    assert.doesNotMatch(JSON.stringify(body), /Did you mean|PLAIN"|"messages|colour/);
  }
});

test('limits can be set', async (t) => {
  const { endpoint } = await startGateway(t, { limits: { depth: 1 } });
  assert.equal((await post(endpoint, '{ me }')).body.errors, undefined);
  assert.match(
    JSON.stringify((await post(endpoint, '{ messages { id } }')).body),
    /2 levels deep; at most 1/,
  );
});
