import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { test } from 'node:test';
import {
  startSimulator,
  type RunningSimulator,
  type SimulatorName,
  type SimulatorOptions,
} from 'sealgraph/testing';

const NAMES: readonly SimulatorName[] = ['guardcrypto', 'messaging2fa', 'safebox', 'vipidentity', 'xqkeys'];

async function start(
  t: { after(end: () => Promise<void>): void },
  name: SimulatorName,
  options?: SimulatorOptions,
): Promise<RunningSimulator> {
  const simulator = await startSimulator(name, options);
  t.after(() => simulator.stop());
  return simulator;
}

for (const name of NAMES)
  test(`${name} starts with an address, settings, certificates and a control, and leaves nothing behind`, async () => {
    const simulator = await startSimulator(name);
    assert.equal(simulator.name, name);
    assert.match(simulator.url, /^https?:\/\/127\.0\.0\.1:\d+/);
    assert.ok(Object.values(simulator.settings).some((value) => value.includes(new URL(simulator.url).host)));
    const files = Object.values(simulator.certificates);
    for (const file of files) assert.ok(existsSync(file), file);
    assert.deepEqual(await simulator.control.show('calls'), {});
    await simulator.stop();
    for (const file of files) assert.ok(!existsSync(file), file);
  });

test('the same seed makes the same ids, another one others', async (t) => {
  const ids = async (seed: number): Promise<unknown> => {
    const simulator = await start(t, 'xqkeys', { seed });
    return simulator.control.tell('createKeys', { count: 2 });
  };
  const [one, same, other] = await Promise.all([ids(1), ids(1), ids(2)]);
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, other);
});

test('the time is the one it is given', async (t) => {
  let nowMs = Date.UTC(2030, 0, 1);
  const simulator = await start(t, 'messaging2fa', { clock: { now: () => nowMs }, stepMs: 0 });
  assert.equal(await simulator.control.show('time'), '2030-01-01T00:00:00.000Z');
  const sent = await post(simulator, {
    recipients: ['approve@x.test'],
    availability: 60,
    type: 'authorization',
  });
  assert.equal(sent.status, 200);
  const state = async () =>
    ((await simulator.control.show('messages')) as { recipients: { status: string }[] }[])[0]?.recipients[0]
      ?.status;
  assert.equal(await state(), 'PENDING', 'nobody does anything by themselves');
  nowMs += 61_000;
  assert.notEqual(await state(), 'PENDING');
});

test('what shall be there is there, and what shall go wrong does so once', async (t) => {
  const simulator = await start(t, 'messaging2fa', {
    faults: [{ operation: 'sendMessage', status: 503, count: 1 }],
  });
  const message = { recipients: ['a@x.test'], availability: 60, type: 'authorization' };
  assert.equal((await post(simulator, message)).status, 503);
  assert.equal((await post(simulator, message)).status, 200);

  const keys = await start(t, 'xqkeys', { plant: [{ createKeys: { count: 3, subject: 'Planted' } }] });
  assert.equal(((await keys.control.show('keys')) as unknown[]).length >= 3, true);
});

test('what it cannot do is said, and nothing is left running', async (t) => {
  const simulator = await start(t, 'safebox');
  await assert.rejects(simulator.control.tell('fly'), { message: /^fly: unknown verb/ });
  await assert.rejects(simulator.control.show('birds'), { message: /^birds: unknown noun/ });
  await assert.rejects(simulator.control.tell('advanceClock', { ms: -1 }), {
    message: /^advanceClock: .*ms/s,
  });
  await assert.rejects(startSimulator('safebox', { faults: [{ operation: 'fly' }] }), {
    message: /^injectFault: there is no operation fly: name one of discoverPortal, /,
  });
  await assert.rejects(startSimulator('safebox', { plant: [{ fly: {} }] }), {
    message: /^fly: unknown verb/,
  });
  await assert.rejects(startSimulator('pigeon' as SimulatorName), {
    name: 'TypeError',
    message: /There is no simulator pigeon: name one of guardcrypto, /,
  });
});

/** What a client of the provider would do, with the certificate it is given and no code of ours. */
function post({ url, settings }: RunningSimulator, body: object): Promise<{ status: number | undefined }> {
  const file = (what: string): Buffer =>
    readFileSync(settings[`MESSAGING2FA_${what}_FILE`] ?? assert.fail(what));
  const identity = { ca: file('CA'), cert: file('CERT'), key: file('KEY') };
  return new Promise((resolve, reject) => {
    const call = request(
      `${url}/frontend/messages`,
      {
        ...{ method: 'POST', ...identity, passphrase: settings['MESSAGING2FA_KEY_PASSPHRASE'] },
        headers: { 'content-type': 'application/json', 'x-pbm-api-version': '1' },
      },
      (response) => response.resume().on('end', () => resolve({ status: response.statusCode })),
    );
    call.on('error', reject).end(JSON.stringify(body));
  });
}
