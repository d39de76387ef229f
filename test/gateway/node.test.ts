import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphQLError } from 'graphql';
import { globalId } from '../../src/subgraph/global-id.js';
import { post } from '../support/gateway/post.js';
import { MODES } from '../support/gateway/start.js';

const NODE = `query ($id: ID!) {
  node(id: $id) { kind: __typename id ... on Message { text ...to } ... on Node { again: id } }
}
fragment to on Message { to { name balance } }`;
const ID = globalId('Message', '7');

for (const [where, start] of MODES) {
  test(`${where}: whatever has an id is found by it, with what other subgraphs know`, async (t) => {
    const { endpoint, world } = await start(t);
    world.messages.push({ id: ID, text: 'found', to: 'bob@example.org', sequence: 1 });
    assert.deepEqual((await post(endpoint, NODE, { variables: { id: ID } })).body, {
      data: {
        node: { kind: 'Message', id: ID, text: 'found', to: { name: 'Bob', balance: 20 }, again: ID },
      },
    });
  });

  for (const [what, id] of [
    ['that nothing has', ID],
    ['of a type that is not found by id', globalId('Note', '7')],
    ['of a type that is none', globalId('Nothing', '7')],
    ['that is none', '7'],
    ['that was tampered with', `${globalId('Message', '1')}=`],
    ['that is empty', ''],
  ] as const)
    test(`${where}: an id ${what} is nothing, and no error`, async (t) => {
      const { endpoint } = await start(t);
      const { body } = await post(endpoint, NODE, { variables: { id } });
      assert.deepEqual(body, { data: { node: null } });
    });

  test(`${where}: what its subgraph refuses is told at the node`, async (t) => {
    const { endpoint, world } = await start(t);
    world.messages.push({ id: ID, text: 'found', to: 'ann@example.org', sequence: 1 });
    world.refused = new GraphQLError('This needs the scope x.', { extensions: { code: 'FORBIDDEN' } });
    const { body } = await post(endpoint, NODE, { variables: { id: ID } });
    assert.deepEqual(body, {
      data: { node: null },
      errors: [{ message: 'This needs the scope x.', path: ['node'], extensions: { code: 'FORBIDDEN' } }],
    });
  });
}
