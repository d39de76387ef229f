import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GINA, openVip } from './open.js';
import type { Answer, VipUnderTest } from './open.js';

const KEY_FOB = 'VSST43994978';
const WRONG = '000000';
const RIGHT = '123456';
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const WITHOUT_RATES = {
  MAX_EFFECTS_PER_CALLER_PER_MINUTE: '0',
  MAX_EFFECTS_PER_TENANT_PER_MINUTE: '0',
  MAX_ASKS_PER_PERSON_PER_MINUTE: '0',
  MAX_ASKS_PER_PERSON_PER_HOUR: '0',
};

interface Who {
  readonly subject?: string;
  readonly tenant?: string;
}

/** Every way to try a secret of hers. */
const PATHS: readonly ((vip: VipUnderTest, who: Who) => Promise<Answer>)[] = [
  ({ command }, who) => command('checkVipOtp', { userId: GINA, otp: WRONG }, '', who),
  ({ command }, who) => command('checkVipOtp', { userId: 'Gina@Example.com', otp: WRONG }, '', who),
  ({ command }, who) => command('authenticateVipUser', { userId: GINA, otp: WRONG }, '', who),
  ({ command }, who) => command('authenticateVipUser', { userId: GINA, otp: RIGHT, pin: '9999' }, '', who),
  ({ command }, who) =>
    command('checkVipOtp', { userId: GINA, otp: WRONG, onBehalfOfAccountId: '123456' }, '', who),
  ({ command }, who) =>
    command('authenticateVipCredentials', { credentials: [{ credentialId: KEY_FOB }], otp: WRONG }, '', who),
  ({ command }, who) =>
    command('addVipCredential', { userId: GINA, credentialId: KEY_FOB, otp: WRONG }, '', who),
  ({ command }, who) => command('pushVipUser', { userId: GINA, pin: '9999' }, '', who),
  ({ command }, who) => command('updateVipUser', { userId: GINA, oldPin: '9999', newPin: '1234' }, '', who),
];

const TRIED = [
  ...['checkOtp', 'authenticateUser', 'authenticateCredentials', 'addCredential'],
  ...['authenticateUserWithPush', 'updateUser'],
];

function reached({ simulator }: VipUnderTest): number {
  const calls = simulator.control.calls();
  return TRIED.reduce((sum, name) => sum + (calls[name] ?? 0), 0);
}

async function isLocked({ run }: VipUnderTest): Promise<boolean> {
  const { data } = await run<{ vipUser: { status: string } }>(
    'query ($id: ID!) { vipUser(userId: $id) { status } }',
    { id: GINA },
  );
  return data.vipUser.status === 'LOCKED';
}

const right = ({ command }: VipUnderTest, who: Who) =>
  command('checkVipOtp', { userId: GINA, otp: RIGHT }, '', who);

test('of 1,000 guesses at one person at most 5 reach the provider, by whatever path and from wherever, and none locks', async (t) => {
  const vip = await openVip(t, { settings: WITHOUT_RATES });
  for (let n = 0; n < 1_000; n++) {
    const path = PATHS[n % PATHS.length];
    assert.ok(path);
    const { problem } = await path(vip, { subject: `caller-${n % 7}`, tenant: `tenant-${n % 3}` });
    assert.notEqual(problem, null);
    if (n % 100 === 0) await vip.clock.advance(10 * MINUTE_MS);
  }
  const count = reached(vip);
  assert.ok(count > 0 && count <= 5, `${count}`);
  assert.equal(await isLocked(vip), false);
});

for (const [index, path] of PATHS.entries())
  test(`path ${index} is counted with the others`, async (t) => {
    const vip = await openVip(t, { settings: WITHOUT_RATES });
    for (let n = 0; n < 3; n++)
      await vip.command('checkVipOtp', { userId: GINA, otp: WRONG }, '', { subject: `caller-${n}` });
    assert.equal((await path(vip, { subject: 'another' })).problem?.code, 'RATE_LIMITED');
  });

test('strangers cannot lock out somebody who has got a code right before, of whatever tenant they are', async (t) => {
  const vip = await openVip(t, { settings: WITHOUT_RATES });
  const bank = { subject: 'bank', tenant: 'bank' };
  assert.equal((await right(vip, bank)).problem, null);
  for (let n = 0; n < 100; n++)
    for (const tenant of ['bank', 'evil'])
      await vip.command('checkVipOtp', { userId: GINA, otp: WRONG }, '', { subject: `eve-${n}`, tenant });
  assert.equal((await right(vip, { subject: 'eve-1', tenant: 'evil' })).problem?.code, 'RATE_LIMITED');
  for (let n = 0; n < 10; n++) assert.equal((await right(vip, bank)).problem, null);
});

test('strangers and those who know her together cannot lock her at the provider either', async (t) => {
  const vip = await openVip(t, { settings: WITHOUT_RATES });
  await right(vip, { subject: 'bank' });
  for (let n = 0; n < 40; n++) {
    for (const subject of ['bank', 'eve'])
      await vip.command('checkVipOtp', { userId: GINA, otp: WRONG }, '', { subject });
    await vip.clock.advance(30 * MINUTE_MS);
  }
  assert.equal(await isLocked(vip), false);
});

test('a right code is no wrong one, and makes the wrong ones before it forgotten', async (t) => {
  const vip = await openVip(t);
  await right(vip, {});
  for (let day = 0; day < 5; day++) {
    for (let n = 0; n < 2; n++)
      assert.equal(
        (await vip.command('checkVipOtp', { userId: GINA, otp: WRONG })).problem?.code,
        'WRONG_SECRET',
      );
    for (let n = 0; n < 3; n++) assert.equal((await right(vip, {})).problem, null);
  }
});

test('what is no code at all is never counted', async (t) => {
  const vip = await openVip(t);
  for (let n = 0; n < 20; n++)
    assert.equal(
      (await vip.command('checkVipOtp', { userId: GINA, otp: 'not a code' })).problem?.code,
      'INVALID_INPUT',
    );
  assert.equal((await right(vip, {})).problem, null);
});

test('how long to wait is told, and is true: over a minute, an hour and a day', async (t) => {
  const vip = await openVip(t);
  const guess = async () => {
    const fields = 'told: problem { retryAfterMs }';
    const { problem, told } = await vip.command('checkVipOtp', { userId: GINA, otp: WRONG }, fields);
    return [problem?.code, { ...(told as { retryAfterMs: number | null }) }.retryAfterMs];
  };
  for (let n = 0; n < 3; n++) assert.deepEqual(await guess(), ['WRONG_SECRET', null]);
  await vip.clock.advance(20_000);
  assert.deepEqual(await guess(), ['RATE_LIMITED', MINUTE_MS - 20_000]);
  await vip.clock.advance(MINUTE_MS - 20_000);
  assert.deepEqual(await guess(), ['WRONG_SECRET', null]);
  assert.deepEqual(await guess(), ['RATE_LIMITED', HOUR_MS - MINUTE_MS]);
  await vip.clock.advance(HOUR_MS - MINUTE_MS);
  assert.deepEqual(await guess(), ['WRONG_SECRET', null]);
  assert.deepEqual(await guess(), ['RATE_LIMITED', 24 * HOUR_MS - HOUR_MS]);
});

test('another person is not concerned', async (t) => {
  const vip = await openVip(t);
  for (let n = 0; n < 5; n++) await vip.command('checkVipOtp', { userId: GINA, otp: WRONG });
  const other = await vip.command('checkVipOtp', { userId: 'ana+approve@example.com', otp: WRONG });
  assert.equal(other.problem?.code, 'WRONG_SECRET');
});
