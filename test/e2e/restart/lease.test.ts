import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { RedisServer } from '../../support/redis-server.js';
import { askGraph, control, startSealgraph } from '../../support/sealgraph.js';
import type { SealgraphProcess } from '../../support/sealgraph.js';
import { temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

const SEND =
  'mutation { sendTwoFactorMessage(input: { recipients: ["bela@example.test"], idempotencyKey: "cut-off" }) { twoFactorMessage { id } problem { code } } }';

interface Sent {
  readonly sendTwoFactorMessage: { readonly problem: { readonly code: string } | null };
}

/** A process that is killed while the provider's answer to a send is late, and another one over the same data. */
async function killedWhileSending(t: Teardown, more: Readonly<Record<string, string>>) {
  const settings = { PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t), ...more };
  const first = startSealgraph(t, ['start'], settings);
  const url = await first.lineAfter('ready');
  const controlUrl = await simulatorOf(first);
  await control(controlUrl, 'injectFault', { operation: 'sendMessage', delayMs: 60_000 });
  const cutOff = assert.rejects(askGraph<Sent>(url, SEND));
  while ((await callsOf(controlUrl))['sendMessage'] !== 1);
  await first.end('SIGKILL');
  await cutOff;
  const second = startSealgraph(t, ['start'], settings);
  return { url: await second.lineAfter('ready'), controlUrl: await simulatorOf(second) };
}

async function simulatorOf(sealgraph: SealgraphProcess): Promise<string> {
  const line = await sealgraph.lineAfter('simulator messaging2fa');
  return line.slice(line.lastIndexOf(' ') + 1);
}

async function callsOf(controlUrl: string): Promise<Record<string, number>> {
  return (await (await fetch(`${controlUrl}/calls`)).json()) as Record<string, number>;
}

async function tellsUnknown(url: string, controlUrl: string, withinMs: number): Promise<void> {
  const beganAt = Date.now();
  const { data } = await askGraph<Sent>(url, SEND);
  assert.equal(data.sendTwoFactorMessage.problem?.code, 'OUTCOME_UNKNOWN');
  assert.ok(Date.now() - beganAt < withinMs, `after ${Date.now() - beganAt} ms`);
  assert.equal((await callsOf(controlUrl))['sendMessage'], undefined);
}

test('a command that was cut off by kill -9 is told as unknown at once after the start', async (t) => {
  const { url, controlUrl } = await killedWhileSending(t, {});
  await tellsUnknown(url, controlUrl, 2_000);
});

test('over Redis it is told so when the process has given no sign of life for seconds', async (t) => {
  const redis = await RedisServer.start();
  t.after(() => redis.kill());
  const { url, controlUrl } = await killedWhileSending(t, {
    REDIS_URL: redis.url,
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  });
  await tellsUnknown(url, controlUrl, 20_000);
});
