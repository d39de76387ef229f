import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { identityConflicts } from '../../scripts/coverage/identity-conflicts.js';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    boxes: [Box!]!
  }
  type Box {
    id: ID!
    owner: User
    guests(first: Int): [User]
  }
  type User {
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
const DOCUMENT = '{ boxes { id owner { id read } guests(first: 2) { id read } } }';

test('an answer that says two things of one type and id is told, wherever the two stand', () => {
  assert.deepEqual(identityConflicts(schema, DOCUMENT, twoBoxes(3, 4)), ['User ada: read is 3 and 4']);
});

test('the same said twice, another id, another type and other arguments are no conflict', () => {
  assert.deepEqual(identityConflicts(schema, DOCUMENT, twoBoxes(3, 3)), []);
  assert.deepEqual(identityConflicts(schema, DOCUMENT, twoBoxes(3, 4, 'bob')), []);
  const boxes = [{ id: 'ada', owner: { id: 'ada', read: 1, late: 2 } }];
  assert.deepEqual(
    identityConflicts(schema, '{ boxes { id owner { id read late: read(since: 5) } } }', { boxes }),
    [],
  );
});
