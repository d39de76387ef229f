import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { cacheDifferences } from '../../scripts/coverage/cache-differences.js';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    boxes: [Box!]!
    node(id: ID!): Node
  }
  type Mutation {
    close(id: ID!): Box
  }
  interface Node {
    id: ID!
  }
  type Box implements Node {
    id: ID!
    owner: User
    guests(first: Int): [User]
  }
  type User implements Node {
    id: ID!
    read(since: Int): Int
  }
`);

const twoBoxes = (one: number, other: number, id = 'ada') => ({
  boxes: [
    { id: '1', owner: { id: 'ada', read: one }, guests: [] },
    { id: '2', owner: null, guests: [null, { id, read: other }] },
  ],
});
const DOCUMENT =
  'query ($first: Int) { boxes { id owner { id read } guests(first: $first) { id ...read } } } fragment read on User { read }';

const differences = (document: string, data: Readonly<Record<string, unknown>>): string[] =>
  cacheDifferences(schema, { document, variables: { first: 2, id: '1' }, data });

test('an answer that says two things of one type and id is read back otherwise by both, wherever the two stand', (t) => {
  // Where Relay warns of it, too.
  t.mock.method(console, 'error', () => undefined);
  assert.deepEqual(differences(DOCUMENT, twoBoxes(3, 4)), [
    'Apollo Client reads back something else at boxes.0.owner.read',
    'Relay reads back something else at boxes.0.owner.read',
  ]);
});

test('the same said twice, and another id, are read back as they came', () => {
  assert.deepEqual(differences(DOCUMENT, twoBoxes(3, 3)), []);
  assert.deepEqual(differences(DOCUMENT, twoBoxes(3, 4, 'bob')), []);
});

test('other arguments, a node and a mutation are read back as they came', () => {
  const user = { id: 'ada', now: 3, before: 4 };
  const document = '{ boxes { id owner { id now: read before: read(since: 1) } guests { id } } }';
  assert.deepEqual(differences(document, { boxes: [{ id: '1', owner: user, guests: [] }] }), []);
  const node = { __typename: 'User', id: 'ada', read: 3 };
  const asked =
    'query ($id: ID!) { node(id: $id) { __typename id ... on User { read } ... on Box { owner { id } } } }';
  assert.deepEqual(differences(asked, { node }), []);
  const close = 'mutation ($id: ID!) { close(id: $id) { id owner { id } } }';
  assert.deepEqual(differences(close, { close: { id: '1', owner: null } }), []);
});
