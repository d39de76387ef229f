import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { AuthenticationError } from '../../src/auth/authenticator.js';
import { serveSubgraph } from '../../src/subgraph/serve.js';
import { Counter } from '../support/gateway/counter.js';
import { callerFor } from '../support/gateway/start.js';
import { memoryLogger } from '../support/memory-logger.js';

const LIMIT = 100_000;
const PIECE = Buffer.alloc(10_000, 'x');
const SIGNED = { type: 'connection_init', payload: { 'x-caller': 'ann' } };
const TOO_LARGE = 1009;

/** What each says before it sends too much. */
const BEGINNINGS: Readonly<Record<string, readonly object[]>> = {
  'that has signed': [SIGNED],
  'that has signed nothing': [],
  'whose signature is refused': [{ type: 'connection_init', payload: {} }],
};

async function start(t: TestContext) {
  const log = memoryLogger();
  const { stop, url } = await serveSubgraph(new Counter().subgraph(), {
    ...{ host: '127.0.0.1', port: 0, explorable: false, logger: log, maxBodyBytes: LIMIT },
    async identify(presented) {
      if (!presented['x-caller']) throw new AuthenticationError('UNAUTHENTICATED');
      return { caller: callerFor(presented['x-caller']), requestId: 'r' };
    },
  });
  t.after(stop);
  const printed = (['log', 'info', 'warn', 'error'] as const).map((name) => t.mock.method(console, name));
  const open = async (): Promise<WebSocket> => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    socket.on('error', () => undefined);
    await once(socket, 'open');
    return socket;
  };
  /** Nothing is told but who was turned away. */
  const assertQuiet = (): void => {
    assert.deepEqual(
      printed.map((method) => method.mock.callCount()),
      printed.map(() => 0),
    );
    assert.deepEqual(
      log.lines.filter(({ level, facts }) => level === 'error' || ('err' in facts && level !== 'debug')),
      [],
    );
  };
  return { open, assertQuiet };
}

for (const [what, beginning] of Object.entries(BEGINNINGS)) {
  test(`a socket ${what} is closed at the head of a frame that is too large, and nothing is printed`, async (t) => {
    const { open, assertQuiet } = await start(t);
    const sockets = await Promise.all(Array.from({ length: 8 }, open));
    const codes = await Promise.all(
      sockets.map(async (socket) => {
        const closed = once(socket, 'close');
        for (const message of beginning) socket.send(JSON.stringify(message));
        socket.send(Buffer.alloc(50 * LIMIT));
        const [code] = await closed;
        return Number(code);
      }),
    );
    const refused = what.endsWith('refused') ? [4403, TOO_LARGE] : [TOO_LARGE];
    assert.deepEqual(
      codes.filter((code) => !refused.includes(code)),
      [],
    );
    assertQuiet();
  });
}

test('of a message that comes in pieces no more is taken than a message may have', async (t) => {
  const { open, assertQuiet } = await start(t);
  for (const beginning of [[], [SIGNED]]) {
    const socket = await open();
    for (const message of beginning) {
      socket.send(JSON.stringify(message));
      await once(socket, 'message');
    }
    let isClosed = false;
    const closed = once(socket, 'close').finally(() => (isClosed = true));
    let taken = 0;
    // A ping is answered when all before it was taken.
    for (; !isClosed; taken += PIECE.length) {
      socket.send(PIECE, { fin: false });
      socket.ping();
      await Promise.race([once(socket, 'pong'), closed]);
    }
    const [code] = await closed;
    assert.equal(code, TOO_LARGE);
    assert.equal(taken, LIMIT + PIECE.length);
  }
  assertQuiet();
});
