import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import { RedisServer } from '../../support/redis-server.js';
import { askGraph, control, startSealgraph, type SealgraphProcess } from '../../support/sealgraph.js';
import { startSimulator, temporaryDirectory, type Teardown } from '../../support/simulators.js';
import { createTokenIssuer } from '../../support/token-issuer.js';

const IN_FLIGHT = 50;
const SOCKETS = 100;
const DRAINING_MS = 4_000;
const SEND =
  'mutation ($to: String!) { sendTwoFactorMessage(input: { recipients: [$to] }) { twoFactorMessage { id } } }';

async function startDeployment(t: Teardown) {
  const simulator = await startSimulator(t, messaging2faSimulator, { stepMs: 0 });
  const redis = await RedisServer.start();
  t.after(() => redis.stop());
  const issuer = createTokenIssuer();
  const common = {
    PORT: '0',
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
    GATEWAY_SECRET: randomBytes(32).toString('hex'),
    // Long enough to be asked within.
    SHUTDOWN_DELAY_MS: String(DRAINING_MS),
    PROVIDER_CONCURRENCY: String(IN_FLIGHT),
    MAX_EFFECTS_PER_CALLER_PER_MINUTE: '0',
    LOG_LEVEL: 'warn',
  };
  const provider = {
    ...{ ...simulator.environment, ...common },
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  };
  const shared = { ...provider, REDIS_URL: redis.url };
  return { simulator, issuer, common, provider, shared };
}

/** What readiness says, by new connections, until the port is closed. */
async function readinessUntilClosed(url: string): Promise<readonly string[]> {
  const said: string[] = [];
  for (;;) {
    try {
      const answer = await fetch(new URL('/health/ready', url), { headers: { connection: 'close' } });
      const { status } = (await answer.json()) as { status: string };
      said.push(`${answer.status} ${status}`);
    } catch {
      return said;
    }
  }
}

/** Stops it, and sees that readiness said so before the port was closed, and nothing else after it. */
async function stops(t: { diagnostic(text: string): void }, role: SealgraphProcess, url: string) {
  const startedAt = Date.now();
  const said = readinessUntilClosed(url);
  const code = await role.end('SIGTERM');
  const tookMs = Date.now() - startedAt;
  t.diagnostic(`ended within ${tookMs} ms, ${DRAINING_MS} of them draining`);
  assert.ok(tookMs < 10_000, `it took ${tookMs} ms`);
  assert.equal(code, 0, role.errors());
  const statuses = await said;
  const first = statuses.indexOf('503 draining');
  assert.ok(first >= 0, `readiness said ${[...new Set(statuses)].join(', ')}`);
  assert.deepEqual([...new Set(statuses.slice(first))], ['503 draining']);
}

/** Answers what ends when all of them are closed, whoever closes them. */
async function openSockets(url: string): Promise<{ readonly closed: Promise<unknown> }> {
  const sockets = Array.from(
    { length: SOCKETS },
    () => new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws'),
  );
  const closed = Promise.all(
    sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  return { closed };
}

/** Requests that the provider has, and has not answered yet. */
async function requestsInFlight(
  url: string,
  { simulator, issuer }: Awaited<ReturnType<typeof startDeployment>>,
) {
  const caller = await issuer.callerWith('anna', ['messaging2fa:read', 'messaging2fa:write']);
  await control(simulator.controlUrl, 'injectFault', {
    operation: 'sendMessage',
    delayMs: 1_500,
    count: IN_FLIGHT,
  });
  const answers = Array.from({ length: IN_FLIGHT }, (_, n) =>
    askGraph<{ sendTwoFactorMessage: { twoFactorMessage: object | null } }>(
      ...[url, SEND, { to: `nobody${n}@example.test` }, caller],
    ),
  );
  await callsOf(simulator.controlUrl, 'sendMessage');
  return async () => {
    for (const { data } of await Promise.all(answers))
      assert.ok(data.sendTwoFactorMessage.twoFactorMessage, 'it was answered');
  };
}

for (const role of ['start', 'gateway', 'subgraph'] as const) {
  test(`${role}: told to stop with ${IN_FLIGHT} requests and ${SOCKETS} sockets, it says so, answers them all, closes everything and ends with 0`, async (t) => {
    const world = await startDeployment(t);
    const { common, provider, shared, issuer } = world;
    const started: Partial<Record<string, SealgraphProcess>> = {};
    const urls: Partial<Record<string, string>> = {};
    const start = async (name: string, words: readonly string[], settings: Record<string, string>) => {
      const process = (started[name] = startSealgraph(t, words, settings));
      return (urls[name] = await process.lineAfter('ready'));
    };
    if (role === 'start') await start('start', ['start'], { ...provider, ...issuer.settings });
    else {
      const url = await start('subgraph', ['subgraph', 'messaging2fa'], shared);
      const settings = { ...common, ...issuer.settings, MESSAGING2FA_SUBGRAPH_URL: url };
      await start('gateway', ['gateway'], settings);
    }
    const stopped = started[role];
    const url = urls[role];
    assert.ok(stopped && url !== undefined);
    const answered = await requestsInFlight(urls['gateway'] ?? url, world);
    const sockets = await openSockets(url);
    await stops(t, stopped, url);
    await answered();
    await sockets.closed;
  });
}

/** Messages that are watched, each of which the provider is being asked about, and does not answer. */
async function pollsInFlight(t: Teardown, world: Awaited<ReturnType<typeof startDeployment>>): Promise<void> {
  const { simulator, issuer, common, shared } = world;
  const subgraph = startSealgraph(t, ['subgraph', 'messaging2fa'], shared);
  const MESSAGING2FA_SUBGRAPH_URL = await subgraph.lineAfter('ready');
  const gateway = startSealgraph(t, ['gateway'], {
    ...common,
    ...issuer.settings,
    MESSAGING2FA_SUBGRAPH_URL,
  });
  const url = await gateway.lineAfter('ready');
  const caller = await issuer.callerWith('anna', ['messaging2fa:read', 'messaging2fa:write']);
  await control(simulator.controlUrl, 'injectFault', {
    operation: 'trackMessage',
    delayMs: 60_000,
    count: 10_000,
  });
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, (_, n) =>
      askGraph(url, SEND, { to: `nobody${n}@example.test` }, caller),
    ),
  );
  await callsOf(simulator.controlUrl, 'trackMessage');
}

/** Resolves when the provider has been asked so often. */
async function callsOf(controlUrl: string, operation: string): Promise<void> {
  const asked = async (): Promise<number> => {
    const calls = (await (await fetch(`${controlUrl}/calls`)).json()) as Record<string, number>;
    return calls[operation] ?? 0;
  };
  while ((await asked()) < IN_FLIGHT) await new Promise((resolve) => setImmediate(resolve));
}

test(`poller: told to stop with ${IN_FLIGHT} polls and ${SOCKETS} connections, it says so, closes everything and ends with 0`, async (t) => {
  const world = await startDeployment(t);
  const { shared } = world;
  const poller = startSealgraph(t, ['poller', 'messaging2fa'], { ...shared, METRICS: 'true' });
  const url = /http:\S+/.exec(await poller.lineAfter('ready'))?.[0] ?? '';
  assert.equal((await fetch(url)).status, 200);
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  assert.match(metrics, /^sealgraph_build_info\{.*role="poller"/m);
  const sockets = Array.from({ length: SOCKETS }, () => connect(Number(new URL(url).port), '127.0.0.1'));
  for (const socket of sockets) socket.on('error', () => undefined);
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  await pollsInFlight(t, world);
  await stops(t, poller, url);
  await Promise.all(closed);
});
