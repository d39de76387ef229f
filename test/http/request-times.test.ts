import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { RequestTimes } from '../../src/subgraph/timed-server.js';
import { serveSubgraph } from '../../src/subgraph/serve.js';
import { memoryLogger } from '../support/memory-logger.js';
import { startGateway } from '../support/gateway/start.js';
import { within } from '../support/gateway/within.js';
import { World } from '../support/gateway/world.js';
import type { Route } from '../../src/gateway/serve.js';

const LONG_MS = 600_000;

/** Takes files: tells what has arrived, and answers when everything has. */
function fileRoute() {
  let received = 0;
  const waiting = new Set<() => void>();
  const route: Route = (request, response) => {
    if (!request.url?.startsWith('/files/')) return false;
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      for (const check of waiting) check();
    });
    request.on('end', () => response.end(`${received} bytes`));
    request.on('error', () => undefined);
    return true;
  };
  const arrived = (count: number): Promise<void> =>
    within(
      new Promise((resolve) => {
        const check = (): void => {
          if (received >= count) resolve();
        };
        waiting.add(check);
        check();
      }),
      `the arrival of ${count} bytes`,
    );
  return { route, arrived };
}

const servers: readonly [
  name: string,
  start: (test: TestContext, times: Partial<RequestTimes>, extraRoutes: Route) => Promise<number>,
][] = [
  [
    'a gateway',
    async (t, requestTimes, extraRoutes) =>
      Number(new URL((await startGateway(t, { requestTimes, extraRoutes })).url).port),
  ],
  [
    'a subgraph service',
    async (t, requestTimes, extraRoutes) => {
      const [subgraph] = new World().subgraphs();
      assert(subgraph);
      const served = await serveSubgraph(subgraph, {
        host: '127.0.0.1',
        port: 0,
        identify: () => Promise.reject(new Error('nobody')),
        explorable: false,
        logger: memoryLogger(),
        requestTimes,
        extraRoutes,
      });
      t.after(() => served.stop());
      return Number(new URL(served.url).port);
    },
  ],
];

for (const [name, start] of servers) {
  test(`${name} cuts a request whose head or body does not come in time`, async (t) => {
    const { route } = fileRoute();
    const heads = await start(t, { headMs: 50, requestMs: LONG_MS, idleMs: LONG_MS }, route);
    assert.match(await conversation(await open(t, heads), 'POST /graphql HTTP/1.1\r\n'), /^HTTP\/1\.1 408 /);

    const bodies = await start(t, { headMs: LONG_MS, requestMs: 50, idleMs: LONG_MS }, route);
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{';
    assert.match(await conversation(await open(t, bodies), head), /^HTTP\/1\.1 408 |^$/);
  });

  test(`${name} lets a file take longer than any other request, as long as its bytes keep coming`, async (t) => {
    const { route, arrived } = fileRoute();
    const port = await start(t, { headMs: LONG_MS, requestMs: 1, idleMs: LONG_MS }, route);
    const socket = await open(t, port);
    const answer = conversation(
      socket,
      'PUT /files/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 4\r\n\r\n',
    );
    for (let sent = 1; sent <= 4; sent++) {
      // Other requests sent meanwhile are all cut for taking longer than the file's bytes are apart.
      const cut = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n';
      await conversation(await open(t, port), cut);
      socket.write('x');
      await arrived(sent);
    }
    assert.match(await answer, /^HTTP\/1\.1 200 [^]*4 bytes/);
  });

  test(`${name} cuts a file of which nothing comes any more`, async (t) => {
    const { route, arrived } = fileRoute();
    const port = await start(t, { headMs: LONG_MS, requestMs: LONG_MS, idleMs: 50 }, route);
    const socket = await open(t, port);
    const answer = conversation(socket, 'PUT /files/x HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nxx');
    await arrived(2);
    assert.equal(await answer, '');
  });
}

async function open(test: TestContext, port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  test.after(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Sends text and answers all that comes back until the server ends the connection. */
function conversation(socket: Socket, text: string): Promise<string> {
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  // A connection may end with a reset.
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').then(() => answer);
  socket.write(text);
  return within(closed, 'the end of the connection');
}
