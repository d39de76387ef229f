import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { subgraphOf } from '../support/gateway/world.js';

// A subgraph has an entity.
const ENTITY = 'type Thing @key(fields: "id") { id: ID! }';

/** Two subgraphs that check codes and one that does not; `tried` are the codes that reached them. */
function locks() {
  const tried: string[] = [];
  const attempt = (_source: unknown, { code }: { code: string }): boolean => {
    tried.push(code);
    return false;
  };
  const lock = (name: string, field: string) =>
    subgraphOf(
      name,
      `type Query { ${name}Ready: Boolean } type Mutation { ${field}(code: String!): Boolean @tag(name: "verifies-secret") } ${ENTITY}`,
      { Query: { [`${name}Ready`]: () => true }, Mutation: { [field]: attempt } },
      { Thing: () => [] },
    );
  const notes = subgraphOf(
    'notes',
    'type Query { notes: Int } type Mutation { note(text: String!): Boolean @tag(name: "harmless") } ' +
      ENTITY,
    { Mutation: { note: () => true } },
    { Thing: () => [] },
  );
  const subgraphs = [lock('door', 'openDoor'), lock('safe', 'openSafe'), notes];
  return { tried, subgraphs: subgraphs.map((local) => ({ name: local.name, sdl: local.sdl, local })) };
}

const REFUSED: readonly [what: string, document: string][] = [
  ['aliases', 'mutation { a: openDoor(code: "1") b: openDoor(code: "2") }'],
  [
    'two of one subgraph, with a field of another between them',
    'mutation { a: openDoor(code: "1") note(text: "x") b: openDoor(code: "2") }',
  ],
  ['two subgraphs', 'mutation { openDoor(code: "1") openSafe(code: "2") }'],
  [
    'fragments',
    'mutation { ...A ... on Mutation { ...B } } fragment A on Mutation { a: openDoor(code: "1") } fragment B on Mutation { note(text: "x") b: openDoor(code: "2") }',
  ],
  [
    'directives',
    'mutation ($no: Boolean = false) { a: openDoor(code: "1") b: openSafe(code: "2") @include(if: $no) }',
  ],
];

test('an operation with two secret checks is refused as a whole, however they are written and whose they are', async (t) => {
  const { subgraphs, tried } = locks();
  const { endpoint } = await startGateway(t, { subgraphs });
  const socket = await SocketClient.connect(endpoint);
  for (const [what, document] of REFUSED) {
    const { status, body } = await post(endpoint, document, {
      headers: { accept: 'application/graphql-response+json' },
    });
    assert.equal(status, 400, what);
    assert.deepEqual(
      body.errors?.map(({ message, extensions }) => [message, extensions?.['code']]),
      [['Only one field of an operation may check a password, PIN or code.', 'LIMIT_EXCEEDED']],
      what,
    );
    socket.subscribe(what, document);
    assert.equal((await socket.next()).type, 'error', what);
    await socket.settled();
  }
  assert.deepEqual(tried, []);
  await socket.close();
});

test('one secret check runs, beside others that check none and in a document with more operations', async (t) => {
  const { subgraphs, tried } = locks();
  const { endpoint } = await startGateway(t, { subgraphs });
  const once =
    'mutation One { a: note(text: "x") ...Try ...Try b: note(text: "y") } fragment Try on Mutation { openDoor(code: "1") }';
  const first = await post(endpoint, once);
  assert.deepEqual(first.body, { data: { a: true, openDoor: false, b: true } });
  const second = await post(endpoint, `${once} mutation Two { openSafe(code: "2") }`, {
    operationName: 'Two',
  });
  assert.deepEqual(second.body, { data: { openSafe: false } });
  assert.deepEqual(tried, ['1', '2']);
});
