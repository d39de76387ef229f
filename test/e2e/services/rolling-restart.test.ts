import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { createClient } from 'sealgraph/client';
import { WebSocket } from 'ws';
import { followMessage, sendMessage } from '../../../examples/web-client/approval.js';
import { packagePath } from '../../../src/package-path.js';
import { providerId } from '../../../src/subgraph/global-id.js';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import { RedisServer } from '../../support/redis-server.js';
import { runProgram } from '../../support/run-program.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { startSimulator, temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';
import { startServer } from '../../support/http-server.js';
import { createTokenIssuer } from '../../support/token-issuer.js';

const NOBODY = 'nobody@example.test';
const COMPILED = packagePath('dist/examples/node-client-restarted');
const READ = '{ twoFactorMessages { edges { cursor } } safeBoxes { edges { cursor } } }';

before(async () => {
  const tsc = packagePath('node_modules/typescript/bin/tsc');
  const folder = packagePath('examples/node-client');
  await runProgram(process.execPath, [tsc, '-p', folder, '--noEmit', 'false', '--outDir', COMPILED]);
});
after(() => rm(COMPILED, { recursive: true, force: true }));

/** A gateway, a poller, and a subgraph service that can be started anew at its address. */
async function startDeployment(t: Teardown) {
  const simulator = await startSimulator(t, messaging2faSimulator, { stepMs: 0 });
  const redis = await RedisServer.start();
  t.after(() => redis.stop());
  const issuer = createTokenIssuer();
  const common = {
    ...{ PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) },
    GATEWAY_SECRET: randomBytes(32).toString('hex'),
  };
  const provider = {
    ...{ ...simulator.environment, ...common, REDIS_URL: redis.url },
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  };
  await startSealgraph(t, ['poller', 'messaging2fa'], provider).lineAfter('ready');
  // An address where nobody is yet.
  const reserved = await startServer(t, () => undefined);
  await reserved.stop();
  const startSubgraph = async () => {
    const started = startSealgraph(
      ...[t, ['subgraph', 'messaging2fa', '--port', String(reserved.port)], provider],
    );
    await started.lineAfter('ready');
    return started;
  };
  const startGateway = (others: Readonly<Record<string, string>> = {}) =>
    startSealgraph(t, ['gateway'], {
      ...{ ...common, ...issuer.settings, ...others },
      MESSAGING2FA_SUBGRAPH_URL: `http://127.0.0.1:${reserved.port}/graphql`,
    }).lineAfter('ready');
  return { simulator, issuer, startSubgraph, startGateway };
}

test('Through a restart of the subgraph both examples see nothing but a pause, and no change is missed or repeated.', async (t) => {
  const { simulator, issuer, startSubgraph, startGateway } = await startDeployment(t);
  let subgraph = await startSubgraph();
  const url = await startGateway();
  const token = await issuer.tokenFor('anna', ['messaging2fa:read', 'messaging2fa:write']);

  const node = spawn(process.execPath, [`${COMPILED}/main.js`, 'Payment 4711', NOBODY], {
    env: { SEALGRAPH_URL: url, SEALGRAPH_TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(node, 'close');
  t.after(() => node.kill('SIGKILL'));
  const lines: string[] = [];
  const printed = createInterface({ input: node.stdout })[Symbol.asyncIterator]();
  const print = async () => lines.push(String((await printed.next()).value));
  await print();
  await print();

  const web = createClient({ url, token, webSocketImpl: WebSocket });
  t.after(() => web.close());
  const id = await sendMessage(web, { recipients: [NOBODY], subject: 'Payment 4712' });
  const seen: [number, string][] = [];
  const changes = followMessage(web, id)[Symbol.asyncIterator]();
  const see = async (): Promise<void> => {
    const { value } = await changes.next();
    if (value) seen.push([value.sequence, value.twoFactorMessage.outcome]);
  };
  await see();

  for (const [signal, status] of [
    ['SIGTERM', 'NOTIFIED'],
    ['SIGKILL', 'APPROVED'],
  ] as const) {
    await subgraph.end(signal);
    for (const sent of [lines[0]?.slice('sent '.length) ?? '', id])
      simulator.control.setStatus({
        messageId: providerId('TwoFactorMessage', sent),
        userId: NOBODY,
        status,
      });
    subgraph = await startSubgraph();
    await Promise.all([print(), see()]);
  }
  await print();
  assert.deepEqual(lines.slice(1), [
    `1 ${NOBODY} PENDING`,
    `2 ${NOBODY} NOTIFIED`,
    `3 ${NOBODY} APPROVED`,
    'outcome APPROVED',
  ]);
  assert.deepEqual(await closed, [0, null]);
  assert.deepEqual(seen, [
    [1, 'PENDING'],
    [2, 'PENDING'],
    [3, 'APPROVED'],
  ]);
});

test('A gateway starts with what is there, says what is missing, and takes it in when it comes.', async (t) => {
  const { issuer, startSubgraph, startGateway } = await startDeployment(t);
  const nobody = await startServer(t, () => undefined);
  await nobody.stop();
  const url = await startGateway({ SAFEBOX_SUBGRAPH_URL: `${nobody.url}/graphql` });
  const anna = await issuer.callerWith('anna', ['messaging2fa:read', 'safebox:read']);
  const ready = async () => {
    const response = await fetch(new URL('/health/ready', url));
    return [response.status, await response.json()];
  };
  const missing = async () => {
    const { data, errors = [] } = await askGraph(url, READ, {}, anna);
    return [
      data,
      errors.map(({ extensions }) => `${extensions?.['code']} ${extensions?.['subgraph']}`).sort(),
    ];
  };
  assert.deepEqual(await missing(), [
    { twoFactorMessages: null, safeBoxes: null },
    ['SUBGRAPH_UNAVAILABLE messaging2fa', 'SUBGRAPH_UNAVAILABLE safebox'],
  ]);
  assert.deepEqual(await ready(), [
    503,
    { status: 'unavailable', checks: { gateway: 'ok', messaging2fa: 'failed', safebox: 'failed' } },
  ]);

  await startSubgraph();
  assert.deepEqual(await missing(), [
    { twoFactorMessages: { edges: [] }, safeBoxes: null },
    ['SUBGRAPH_UNAVAILABLE safebox'],
  ]);
  assert.deepEqual(await ready(), [
    200,
    { status: 'partial', checks: { gateway: 'ok', messaging2fa: 'ok', safebox: 'failed' } },
  ]);
});
