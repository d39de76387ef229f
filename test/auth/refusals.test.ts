import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SIGNED_SOCKET, signCallerContext } from '../../src/auth/signed-context.js';
import { systemClock } from '../../src/clock.js';
import { identifierOf } from '../../src/cli/subgraph-callers.js';
import { loadConfig } from '../../src/config/index.js';
import { serveSubgraph } from '../../src/subgraph/serve.js';
import { post } from '../support/gateway/post.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway, strictAuthenticator } from '../support/gateway/start.js';
import { World } from '../support/gateway/world.js';
import { memoryLogger } from '../support/memory-logger.js';
import type { MemoryLogger } from '../support/memory-logger.js';
import { ManualClock } from '../support/manual-clock.js';

const QUERY = '{ messages { id } }';

function turnedAway(log: MemoryLogger): unknown[] {
  return log.lines
    .filter(({ message }) => message === 'a caller was turned away')
    .map(({ level, facts }) => [level, facts['transport'], facts['code']]);
}

test('A gateway logs whom it turns away, over each transport.', async (t) => {
  const { endpoint, log } = await startGateway(t, { authenticator: strictAuthenticator });
  for (const token of ['wrong', 'stale']) {
    const authorization = `Bearer ${token}`;
    assert.equal((await post(endpoint, QUERY, { headers: { authorization } })).status, 401);
    await assert.rejects(SocketClient.connect(endpoint, { authorization }));
  }
  assert.deepEqual(turnedAway(log), [
    ['warn', 'http', 'UNAUTHENTICATED'],
    ['warn', 'websocket', 'UNAUTHENTICATED'],
    ['info', 'http', 'TOKEN_EXPIRED'],
    ['info', 'websocket', 'TOKEN_EXPIRED'],
  ]);
});

test('A subgraph logs which rule a call did not keep: a wrong secret, a wrong clock, no signature.', async (t) => {
  const [subgraph] = new World().subgraphs();
  assert(subgraph);
  const secret = randomBytes(32).toString('hex');
  const logger = memoryLogger();
  const served = await serveSubgraph(subgraph, {
    ...{ host: '127.0.0.1', port: 0, explorable: false, logger },
    identify: identifierOf(loadConfig({ GATEWAY_SECRET: secret }, []), subgraph, logger),
  });
  t.after(() => served.stop());
  const caller = { tenant: 'acme', subject: 'anna', scopes: new Set<string>() };
  const body = JSON.stringify({ query: QUERY });
  const sign = (by: string, at = systemClock, what = body): Record<string, string> =>
    signCallerContext({ caller, requestId: 'r-1' }, { subgraph: 'messages', body: what }, by, at);
  const late = new ManualClock(Date.now() - 3_600_000);
  for (const [headers, reason] of [
    [{}, /^it is not signed$/],
    [sign(randomBytes(32).toString('hex')), /another GATEWAY_SECRET/],
    [sign(secret, late), /clock of the gateway is 3600 s behind ours/],
    [sign(secret, systemClock, 'other'), /another request/],
  ] as const) {
    const answer = await post(served.url, QUERY, { headers });
    assert.equal(answer.status, 401);
    assert.doesNotMatch(JSON.stringify(answer.body), /clock|sign/);
    const { facts } = logger.lines.at(-1) ?? assert.fail('nothing was logged');
    assert.match(String(facts['reason']), reason);
    assert.equal(facts['subgraph'], 'messages');
  }
  await assert.rejects(SocketClient.connect(served.url, sign(secret, late, SIGNED_SOCKET)));
  assert.match(String(logger.lines.at(-1)?.facts['reason']), /clock/);
});
