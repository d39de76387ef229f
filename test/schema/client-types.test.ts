import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientTypes } from '../../scripts/schema/client-types.js';

const GRAPH = 'type Query { box(id: ID!): Box } type Box { id: ID!  note: String } enum Unused { ONE }';

test('a client gets the types of what it asks for, and no others', async () => {
  const types = await clientTypes(GRAPH, 'query ReadBox($id: ID!) { box(id: $id) { note } }');
  assert.match(types, /export type ReadBoxQuery = \{ box: \{ note: string \| null \} \| null \};/);
  assert.match(types, /ReadBoxDocument\b/);
  assert.doesNotMatch(types, /Unused/);
});

test('an operation that asks for what the graph does not have is refused by name', async () => {
  await assert.rejects(clientTypes(GRAPH, 'query ReadBox { box(id: 1) { colour } }'), /colour/);
});
