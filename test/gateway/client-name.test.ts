import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemoryLogger } from '../support/memory-logger.js';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';

function clientsIn(log: MemoryLogger): unknown[] {
  return log.lines.filter(({ message }) => message === 'operation').map(({ facts }) => facts['client']);
}

for (const [why, headers, client] of [
  ['by the header of Apollo', { 'apollographql-client-name': 'web' }, 'web'],
  ['by the header of GraphQL', { 'graphql-client-name': '@acme/app 2.1' }, '@acme/app 2.1'],
  ['by both', { 'graphql-client-name': 'one', 'apollographql-client-name': 'other' }, 'one'],
  ['not at all', {}, undefined],
  ['by more than a name', { 'graphql-client-name': '{"password":"x"}' }, undefined],
  ['at length', { 'graphql-client-name': 'a'.repeat(65) }, undefined],
] as const)
  test(`A client that names itself ${why} is named so in the line of its operation.`, async (t) => {
    const { endpoint, log } = await startGateway(t);
    await post(endpoint, '{ messages { id } }', { headers });
    const socket = await SocketClient.connect(endpoint, headers);
    socket.subscribe('a', '{ messages { id } }');
    await socket.next();
    await socket.close();
    assert.deepEqual(clientsIn(log), [client, client]);
  });
