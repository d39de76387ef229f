import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { GraphQLError } from 'graphql';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import type { Running } from '../support/gateway/start.js';
import { subgraphOf } from '../support/gateway/world.js';

const BOX = { id: '1', guests: [{ name: 'Ann' }], next: null, log: null };
const connection = { edges: [{ node: BOX }] };

function start(t: TestContext, limits = {}): Promise<Running> {
  const boxes = subgraphOf(
    'boxes',
    /* GraphQL */ `
      type Query {
        box: Box
        boxes(first: Int = 20): BoxConnection
          @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)
        few: [Box] @listSize(assumedSize: 3)
        some: [Box]
        cheap: String @cost(weight: 0)
        broken: [Broken]
      }
      type Mutation {
        make: Box @cost(weight: 4)
        send(input: Parcel!, more: [Parcel!]): Box @cost(weight: 5)
      }
      input Parcel {
        text: String
        files: [File!] @cost(weight: 1)
        inside: Parcel
      }
      input File {
        name: String
        bytes: String @cost(weight: 2)
      }
      type BoxConnection {
        edges: [BoxEdge!]!
      }
      type BoxEdge {
        node: Box
      }
      type Broken {
        here: String
      }
      type Box {
        id: ID!
        guests: [Guest!] @cost(weight: 1)
        next: Box @cost(weight: 2)
        log: String @cost(weight: 1)
      }
      type Guest {
        name: String
      }
    `,
    {
      Query: {
        box: () => BOX,
        boxes: () => connection,
        few: () => [BOX],
        some: () => [BOX],
        cheap: () => 'x',
        broken: () => Array.from({ length: 300 }, () => ({})),
      },
      Mutation: { make: () => BOX, send: () => BOX },
      Broken: {
        here: () => {
          throw new GraphQLError('No.', { extensions: { code: 'NOT_FOUND' } });
        },
      },
    },
    { Box: (found) => found },
  );
  return startGateway(t, { subgraphs: [{ name: 'boxes', sdl: boxes.sdl, local: boxes }], limits });
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
  readonly extensions?: { cost: { providerCalls: number; limit: number } };
}

async function ask(endpoint: string, query: string, variables = {}, extensions: object = { cost: true }) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, extensions }),
  });
  return (await response.json()) as Body;
}

const COSTS: readonly [query: string, cost: number, variables?: object][] = [
  ['{ __typename }', 0],
  ['{ cheap }', 0],
  ['{ box { id } }', 1],
  ['{ box { guests { name } } }', 2],
  ['{ box { next { next { log } } } }', 6],
  ['{ a: box { id } b: box { log } }', 3],
  ['mutation { make { guests { name } } }', 5],
  ['{ boxes { edges { node { id } } } }', 1],
  ['{ boxes { edges { node { guests { name } } } } }', 21],
  ['{ boxes(first: 50) { edges { node { guests { name } } } } }', 51],
  ['{ boxes(first: -50) { edges { node { guests { name } } } } }', 1],
  ['query ($n: Int) { boxes(first: $n) { edges { node { log } } } }', 8, { n: 7 }],
  ['query ($n: Int) { boxes(first: $n) { edges { node { log } } } }', 21],
  ['query ($n: Int = 5) { boxes(first: $n) { edges { node { log } } } }', 6],
  ['query ($n: Int) { boxes(first: $n) { edges { node { log } } } box { log } }', 11, { n: 8 }],
  ['mutation { send(input: { text: "x" }) { id } }', 5],
  ['mutation { send(input: { files: [] }) { id } }', 6],
  ['mutation { send(input: { files: null }) { id } }', 5],
  ['mutation { send(input: { files: { bytes: "x" } }) { id } }', 8],
  ['mutation { send(input: { files: [{ bytes: "x" }, { name: "y" }, { bytes: "z" }] }) { log } }', 11],
  ['mutation { send(input: { inside: { inside: { files: [{ bytes: "x" }] } } }) { id } }', 8],
  ['mutation { send(input: {}, more: [{ files: [] }, { files: [{ bytes: "x" }] }]) { id } }', 9],
  [
    'mutation ($p: Parcel!) { send(input: $p) { id } }',
    10,
    { p: { files: [{ bytes: 'x' }, { bytes: 'y' }, { bytes: null }] } },
  ],
  ['mutation ($p: Parcel!) { send(input: $p) { id } }', 8, { p: { files: { bytes: 'x' } } }],
  ['mutation ($p: Parcel!) { send(input: $p) { id } }', 5, { p: { files: null } }],
  [
    'mutation ($p: Parcel!) { send(input: $p) { id } }',
    9,
    { p: { files: [], inside: { files: [{ bytes: 'x' }] } } },
  ],
  ['mutation ($p: Parcel = { files: [{ bytes: "x" }] }) { send(input: $p) { id } }', 8],
  [
    'mutation ($f: [File!]) { send(input: { files: $f }) { id } }',
    10,
    { f: [{ bytes: 'x' }, { bytes: 'y' }] },
  ],
  ['mutation ($f: File!) { send(input: { files: [$f, { bytes: "y" }] }) { id } }', 10, { f: { bytes: 'x' } }],
  [
    'mutation ($p: [Parcel!]) { a: send(input: {}, more: $p) { id } b: make { id } }',
    17,
    { p: [{ files: [{ bytes: 'x' }] }, { files: [{ bytes: 'y' }, { name: 'z' }, { bytes: 'z' }] }] },
  ],
  ['{ few { log } }', 4],
  ['{ some { log } }', 11],
  [
    '{ boxes { ...C } } fragment C on BoxConnection { edges { ...E } } fragment E on BoxEdge { node { log } }',
    21,
  ],
  [
    '{ boxes(first: 2) { ... on BoxConnection { edges { node { ...B ...B } } } } } fragment B on Box { log }',
    5,
  ],
];

test('what an operation costs is told to those who ask, and to nobody else', async (t) => {
  const { endpoint } = await start(t);
  for (const [query, cost, variables] of COSTS) {
    const { errors, extensions } = await ask(endpoint, query, variables);
    assert.deepEqual([errors, extensions], [undefined, { cost: { providerCalls: cost, limit: 100 } }], query);
    assert.equal((await ask(endpoint, query, variables, {})).extensions, undefined);
  }
});

const DEAR: readonly [query: string, cost: number, variables?: object][] = [
  ['{ boxes(first: 100) { edges { node { guests { name } } } } }', 101],
  ['query ($n: Int) { boxes(first: $n) { edges { node { log } } } }', 1001, { n: 1000 }],
  ['{ a: boxes(first: 50) { edges { node { log } } } b: boxes(first: 50) { edges { node { log } } } }', 102],
  ['{ some { next { next { next { next { next { log } } } } } } }', 111],
  [
    'mutation ($f: [File!]) { send(input: { files: $f }) { id } }',
    106,
    { f: Array.from({ length: 50 }, () => ({ bytes: 'x' })) },
  ],
];

test('an operation that costs too much is refused before it runs, over HTTP and WebSocket', async (t) => {
  const { endpoint } = await start(t);
  const client = await SocketClient.connect(endpoint);
  for (const [query, cost, variables] of DEAR) {
    const { errors, data, extensions } = await ask(endpoint, query, variables);
    assert.equal(data, undefined);
    assert.equal(errors?.[0]?.extensions.code, 'LIMIT_EXCEEDED');
    assert.match(errors?.[0]?.message ?? '', new RegExp(`${cost} calls to providers; at most 100`));
    assert.equal(extensions?.cost.providerCalls, cost);
    client.subscribe('1', query, variables);
    const { type, payload } = await client.next();
    assert.equal(type, 'error');
    assert.match(JSON.stringify(payload), /LIMIT_EXCEEDED/);
    await client.settled();
  }
  await client.close();
});

test('fragments that double again and again are reckoned at once', async (t) => {
  const { endpoint } = await start(t, { depth: 1_000, tokens: 10_000, aliases: 10_000 });
  const doubling = Array.from(
    { length: 60 },
    (_none, n) => `fragment F${n} on Box { ...F${n + 1} ...F${n + 1} }`,
  ).join(' ');
  const { errors } = await ask(endpoint, `{ box { ...F0 } } ${doubling} fragment F60 on Box { log }`);
  assert.equal(errors?.[0]?.extensions.code, 'LIMIT_EXCEEDED');
});

test('the limit is a setting', async (t) => {
  const { endpoint } = await start(t, { cost: 2 });
  assert.equal((await ask(endpoint, '{ box { log } }')).errors, undefined);
  assert.match((await ask(endpoint, '{ box { next { id } } }')).errors?.[0]?.message ?? '', /at most 2/);
});

test('the schema that clients read says nothing of costs', async (t) => {
  const { endpoint } = await start(t);
  const { data } = await ask(endpoint, '{ __schema { directives { name } types { name } } }');
  assert.doesNotMatch(JSON.stringify(data), /cost|listSize/i);
});

test('an answer with very many errors tells the first, and how many more there are', async (t) => {
  const { endpoint } = await start(t);
  const { errors = [] } = await ask(endpoint, '{ broken { here } }');
  assert.equal(errors.length, 50);
  assert.deepEqual(
    [errors.at(-1)?.message, errors.at(-1)?.extensions.code],
    ['There are 251 more errors; at most 50 are told.', 'LIMIT_EXCEEDED'],
  );
  assert.equal(errors.at(-2)?.extensions.code, 'NOT_FOUND');
});
