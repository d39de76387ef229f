import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { post } from '../support/gateway/post.js';
import { contextHeaders } from '../support/gateway/remote.js';
import { startGateway } from '../support/gateway/start.js';
import { within } from '../support/gateway/within.js';
import { World } from '../support/gateway/world.js';

const ROUNDS = 25;
const READ = '{ me }';
const SEND = 'mutation { send(text: "x", to: "ann@example.org") { id } }';

interface Connections {
  /** Asks the gateway; throws when it answers an error. */
  ask(query: string): Promise<void>;
  readonly opened: readonly Socket[];
}

/**
 * A gateway over a service that says for how many seconds it keeps a connection.
 * @param afterwards what the service does with the connection once it has answered
 */
async function startKeeping(
  t: TestContext,
  header: string,
  afterwards: (socket: Socket) => void,
): Promise<Connections> {
  const opened: Socket[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('content-type', 'application/json').setHeader('connection', 'keep-alive');
    response.setHeader('keep-alive', header);
    response.end('{"data":{"me":"x","send":{"id":"1"}}}', () => afterwards(request.socket));
  };
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    request.resume().once('end', () => answer(request, response));
  });
  server.on('connection', (socket) => opened.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const subgraphs = new World()
    .subgraphs()
    .map(({ name, sdl }) => ({ name, sdl, url: `http://127.0.0.1:${port}/graphql` }));
  const { endpoint } = await startGateway(t, { subgraphs, contextHeaders });
  return {
    opened,
    async ask(query) {
      const { body } = await post(endpoint, query);
      assert.equal(body.errors, undefined, JSON.stringify(body));
    },
  };
}

for (const seconds of [0, 1, 2]) {
  test(`a service that keeps connections for ${seconds} s and closes them just about then fails no read and no mutation`, async (t) => {
    const { ask, opened } = await startKeeping(t, `timeout=${seconds}`, (socket) => socket.destroy());
    for (let round = 0; round < ROUNDS; round++) for (const query of [READ, SEND]) await ask(query);
    await Promise.all(Array.from({ length: ROUNDS }, (_none, n) => ask(n % 2 ? READ : SEND)));
    assert.equal(opened.length, 3 * ROUNDS);
  });
}

for (const header of ['timeout=5', 'timeout=65', 'timeout=86400']) {
  test(`a connection that the service keeps for long (${header}) is used again, and let go of by the gateway`, async (t) => {
    const { ask, opened } = await startKeeping(t, header, () => undefined);
    for (let round = 0; round < ROUNDS; round++) for (const query of [READ, SEND]) await ask(query);
    const used = opened.length;
    assert.ok(used < ROUNDS, `${used} connections`);
    const last = opened.at(-1);
    assert.ok(last);
    if (!last.closed) await within(once(last, 'close'), 'the end of an idle connection');
    await ask(SEND);
    assert.ok(opened.length > used);
  });
}
