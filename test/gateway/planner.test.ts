import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';

const MISSING = 'A required value could not be resolved.';

test('an entity missing behind a required field nulls the nearest nullable parent and says where', async (t) => {
  const { endpoint, world } = await startGateway(t);
  world.balances.delete('bob@example.org');
  const { body } = await post(endpoint, '{ messages { id to { balance } } }');
  assert.deepEqual(body, {
    data: { messages: [{ id: '1', to: { balance: 10 } }, null] },
    errors: [
      { message: MISSING, path: ['messages', 1, 'to', 'balance'], extensions: { code: 'MISSING_VALUE' } },
    ],
  });
});

test('a required list of required items is nulled as a whole', async (t) => {
  const { endpoint, world } = await startGateway(t);
  world.balances.delete('bob@example.org');
  const { body } = await post(endpoint, '{ requiredMessages { id to { balance } } }');
  assert.equal(body.data, null);
  assert.deepEqual(body.errors?.[0]?.path, ['requiredMessages', 1, 'to', 'balance']);
});

test('an entity missing behind a nullable object leaves an error entry, not only a null', async (t) => {
  const { endpoint, world } = await startGateway(t);
  world.balances.delete('bob@example.org');
  const { body } = await post(endpoint, '{ person(email: "bob@example.org") { name balance } }');
  assert.deepEqual(body, {
    data: { person: null },
    errors: [{ message: MISSING, path: ['person', 'balance'], extensions: { code: 'MISSING_VALUE' } }],
  });
});

test('a missing entity of which only nullable fields were asked is null without an error', async (t) => {
  const { endpoint, world } = await startGateway(t);
  world.balances.delete('bob@example.org');
  const { body } = await post(endpoint, '{ person(email: "bob@example.org") { name limit } }');
  assert.deepEqual(body, { data: { person: { name: 'Bob', limit: null } } });
});

test('when the only subgraph of a query fails, its field is null rather than absent', async (t) => {
  const { endpoint, world } = await startGateway(t);
  world.broken.set('messages', new Error('out of order'));
  const { body } = await post(endpoint, '{ messages { id } }');
  assert.deepEqual(body.data, { messages: null });
  assert.equal(body.errors?.length, 1);
  assert.equal(body.errors?.[0]?.extensions?.['code'], 'INTERNAL');
});

test('when a joined subgraph fails, what does not need it is answered and the error is told once', async (t) => {
  const { endpoint, world } = await startGateway(t);
  world.broken.set('directory', new Error('out of order'));
  const { body } = await post(endpoint, '{ messages { id to { email name } } }');
  assert.deepEqual(body.data, {
    messages: [
      { id: '1', to: { email: 'ann@example.org', name: null } },
      { id: '2', to: { email: 'bob@example.org', name: null } },
    ],
  });
  assert.ok(body.errors && body.errors.length >= 1);
  for (const { path } of body.errors) assert.ok(!path || path.at(-1) === 'name', JSON.stringify(path));
});

test('a failing subgraph behind a required field is one error, not also a missing value', async (t) => {
  const { endpoint, world } = await startGateway(t);
  world.broken.set('accounts', new Error('out of order'));
  const { body } = await post(endpoint, '{ messages { id to { balance } } }');
  assert.deepEqual(body.data, { messages: [null, null] });
  assert.deepEqual([...new Set(body.errors?.map((error) => error.extensions?.['code']))], ['INTERNAL']);
});

test('abstract types, aliases, fragments and skipped fields come out as asked', async (t) => {
  const { endpoint } = await startGateway(t);
  const query = /* GraphQL */ `
    query ($no: Boolean!) {
      things {
        ...Note
        ... on Message {
          key: id
          body: text @skip(if: $no)
          to {
            called: name
          }
        }
      }
    }
    fragment Note on Note {
      text
    }
  `;
  const { body } = await post(endpoint, query, { variables: { no: true } });
  assert.deepEqual(body, {
    data: {
      things: [{ text: 'a note' }, { key: '1', to: { called: 'Ann' } }, { key: '2', to: { called: 'Bob' } }],
    },
  });
});

test('an event without data does not bring back the data of the event before', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { messageChanged(id: "1") { text } }');
  assert.deepEqual((await client.next()).payload, { data: { messageChanged: { text: 'hello' } } });
  world.changes.publish({ id: '1', text: 'FAIL', to: 'ann@example.org', sequence: 2 });
  const { payload } = await client.next();
  assert.deepEqual((payload as { data: unknown }).data, { messageChanged: null });
  await client.close();
});

test('thirty failing events carry one error each', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { messageChanged(id: "1") { text to { balance } } }');
  await client.next();
  world.balances.delete('ann@example.org');
  for (let sequence = 2; sequence < 32; sequence += 1) {
    world.changes.publish({ id: '1', text: 'x', to: 'ann@example.org', sequence });
    const { payload } = (await client.next()) as { payload: { data: unknown; errors: unknown[] } };
    assert.deepEqual(payload.data, { messageChanged: null });
    assert.equal(payload.errors.length, 1);
  }
  await client.close();
});

test('a mutation is executed once and its answer is joined', async (t) => {
  const { endpoint, world } = await startGateway(t);
  const { body } = await post(
    endpoint,
    'mutation { send(text: "x", to: "ann@example.org") { id to { name } } }',
  );
  assert.deepEqual(body, { data: { send: { id: '3', to: { name: 'Ann' } } } });
  assert.equal(world.sent, 1);
});

test('the schema can be asked for alone and beside data, with its non-null types', async (t) => {
  const { endpoint } = await startGateway(t);
  const type = '__type(name: "Message") { description fields { name type { kind } } }';
  const { body } = await post(endpoint, `{ messages { id } ${type} }`);
  assert.deepEqual(body.data?.['messages'], [{ id: '1' }, { id: '2' }]);
  const described = {
    description: 'A message to a person.',
    fields: [
      { name: 'id', type: { kind: 'NON_NULL' } },
      { name: 'sequence', type: { kind: 'NON_NULL' } },
      { name: 'text', type: { kind: 'SCALAR' } },
      { name: 'to', type: { kind: 'NON_NULL' } },
    ],
  };
  const sorted = (found: unknown): unknown => {
    const { description, fields } = found as typeof described;
    return { description, fields: [...fields].sort((a, b) => a.name.localeCompare(b.name)) };
  };
  assert.deepEqual(sorted(body.data?.['__type']), described);
  const alone = await post(endpoint, `{ ${type} }`);
  assert.deepEqual(sorted(alone.body.data?.['__type']), described);
});

test('what federation needs is not part of the graph that clients see', async (t) => {
  const { endpoint } = await startGateway(t);
  const { body } = await post(
    endpoint,
    '{ __schema { types { name } directives { name } queryType { fields { name } } } }',
  );
  assert.doesNotMatch(JSON.stringify(body.data), /_Service|_Entity|_entities|_service|join__|link__|"key"/);
});
