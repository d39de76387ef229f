import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next } from './next.js';
import { ANA, CID, openVip } from './open.js';
import type { VipUnderTest } from './open.js';
import { notUnderstood } from '../../../src/provider-error.js';
import { providerCallsEnded } from '../../support/provider-calls.js';

const PUSH_CHANGED = /* GraphQL */ `
  subscription ($transactionId: ID!, $after: String) {
    vipPushChanged(transactionId: $transactionId, after: $after) {
      cursor
      sequence
      source
      isTerminal
      endReason
      changes {
        from
        to
      }
      vipPush {
        id
        state
        providerStatus
        isApproved
        isFinished
        answeredByCredentialId
      }
    }
  }
`;

interface PushChanged {
  readonly vipPushChanged: {
    readonly cursor: string;
    readonly sequence: number;
    readonly source: string;
    readonly isTerminal: boolean;
    readonly endReason: string | null;
    readonly changes: unknown[];
    readonly vipPush: {
      readonly state: string;
      readonly providerStatus: string;
      readonly isApproved: boolean;
      readonly answeredByCredentialId: string | null;
    };
  };
}

async function push({ done }: VipUnderTest, userId: string, input = {}, subject = 'anna'): Promise<string> {
  const answer = await done('pushVipUser', { userId, ...input }, 'vipPush { transactionId state }', {
    subject,
  });
  const { transactionId, state } = answer['vipPush'] as { transactionId: string; state: string };
  assert.equal(state, 'PENDING');
  return transactionId;
}

const ends: [status: '7000' | '7002' | '7003' | '7004' | '7006' | '7008', state: string][] = [
  ['7000', 'APPROVED'],
  ['7002', 'DENIED'],
  ['7003', 'CHANGED'],
  ['7004', 'EXPIRED'],
  ['7006', 'NOT_COMPLETED'],
  ['7008', 'PARAMETERS_NOT_MET'],
];
for (const [status, state] of ends) {
  test(`a push that ends with ${status} is ${state}, for good, and only 7000 is an approval`, async (t) => {
    const vip = await openVip(t);
    const transactionId = await push(vip, CID);
    const events = await vip.follow<PushChanged>(PUSH_CHANGED, { transactionId });
    const { vipPushChanged: first } = await next(events, vip);
    assert.deepEqual([first.sequence, first.source, first.vipPush.state], [1, 'COMMAND', 'PENDING']);
    vip.simulator.control.endPush({ transactionId, status });
    const { vipPushChanged: last } = await next(events, vip);
    assert.deepEqual(
      [last.sequence, last.source, last.isTerminal, last.endReason],
      [2, 'POLL', true, 'FINISHED'],
    );
    assert.deepEqual(last.changes, [{ from: 'PENDING', to: state }]);
    assert.equal(last.vipPush.state, state);
    assert.equal(last.vipPush.isApproved, status === '7000');
    assert.equal((await events.next()).done, true);

    vip.simulator.control.resetCalls();
    const again = await vip.done('refreshVipPush', { transactionId }, 'vipPush { state }');
    assert.deepEqual(again['vipPush'], { state });
    assert.deepEqual(vip.simulator.control.calls(), {}, 'the provider would not tell it a second time');
  });
}

test('an end that somebody else was told is NOT_FOUND after a minute, and no approval', async (t) => {
  const vip = await openVip(t);
  const transactionId = await push(vip, CID);
  const events = await vip.follow<PushChanged>(PUSH_CHANGED, { transactionId });
  await next(events, vip);
  vip.simulator.control.injectFault({ operation: 'pollPushStatus', hangUp: true, effect: true });
  vip.simulator.control.endPush({ transactionId, status: '7000' });
  const endedAt = vip.clock.now();
  await advanceUntil(vip, () => vip.clock.now() >= endedAt + 10_000);
  const refreshed = await vip.done('refreshVipPush', { transactionId }, 'vipPush { state isFinished }');
  assert.deepEqual(refreshed['vipPush'], { state: 'PENDING', isFinished: false });
  const { vipPushChanged: last } = await next(events, vip);
  assert.ok(vip.clock.now() - endedAt >= 60_000);
  assert.deepEqual(last.changes, [{ from: 'PENDING', to: 'NOT_FOUND' }]);
  assert.deepEqual(
    [last.isTerminal, last.vipPush.state, last.vipPush.providerStatus, last.vipPush.isApproved],
    [true, 'NOT_FOUND', '7005', false],
  );
  const again = await vip.done('refreshVipPush', { transactionId }, 'vipPush { state isFinished }');
  assert.deepEqual(again['vipPush'], { state: 'NOT_FOUND', isFinished: true });
});

const FOREIGN = { credentialId: 'VSMT66666666', credentialType: 'STANDARD_OTP' } as const;

test('an answer of an app that was not asked is no approval and no denial, however it is read, and is logged', async (t) => {
  for (const status of ['7000', '7002'] as const)
    for (const isRefreshed of [false, true]) {
      const vip = await openVip(t);
      const transactionId = await push(vip, CID);
      const events = await vip.follow<PushChanged>(PUSH_CHANGED, { transactionId });
      await next(events, vip);
      const told: unknown[] = [];
      const tell = (error: unknown): void => void told.push(error);
      notUnderstood.subscribe(tell);
      t.after(() => notUnderstood.unsubscribe(tell));
      vip.simulator.control.endPush({ transactionId, status, credential: FOREIGN });
      if (isRefreshed) {
        const answer = await vip.done('refreshVipPush', { transactionId }, 'vipPush { state isApproved }');
        assert.deepEqual(answer['vipPush'], { state: 'PENDING', isApproved: false });
      }
      const { vipPushChanged: last } = await next(events, vip);
      assert.deepEqual([last.vipPush.state, last.vipPush.isApproved], ['NOT_FOUND', false], status);
      assert.equal(told.length, 1);
    }
});

test('an answer of the app that was asked counts however its id is written, and one that names none', async (t) => {
  const vip = await openVip(t);
  const input = { credentials: [{ credentialId: 'VSMT12345678' }], title: 'Sign in', text: 'You?' };
  const fields = 'vipPush { transactionId targets { credentialId } }';
  for (const [status, credentialId] of [
    ['7000', 'vsmt12345678'],
    ['7002', 'VSMT12345678'],
    ['7004', undefined],
  ] as const) {
    const answer = await vip.done('pushVipCredentials', input, fields);
    const { transactionId } = answer['vipPush'] as { transactionId: string };
    const credential = credentialId === undefined ? {} : { credential: { credentialId } };
    vip.simulator.control.endPush({ transactionId, status, ...credential });
    const refreshed = await vip.done('refreshVipPush', { transactionId }, 'vipPush { providerStatus }');
    assert.deepEqual(refreshed['vipPush'], { providerStatus: status });
  }
});

test('a push nobody answers expires', async (t) => {
  const vip = await openVip(t);
  const transactionId = await push(vip, CID, { timeoutSeconds: 10 });
  const events = await vip.follow<PushChanged>(PUSH_CHANGED, { transactionId });
  await next(events, vip);
  const { vipPushChanged: last } = await next(events, vip);
  assert.deepEqual([last.isTerminal, last.vipPush.state], [true, 'EXPIRED']);
});

test('a push whose time ends while the provider is out of reach ends as soon as it is back, and is no approval', async (t) => {
  const vip = await openVip(t);
  const transactionId = await push(vip, CID, { timeoutSeconds: 10 });
  const events = await vip.follow<PushChanged>(PUSH_CHANGED, { transactionId });
  await next(events, vip);
  vip.simulator.control.injectFault({ operation: 'pollPushStatus', status: 500, count: 6 });
  const { vipPushChanged: last } = await next(events, vip);
  assert.deepEqual(
    [last.isTerminal, last.source, last.vipPush.state, last.vipPush.providerStatus, last.vipPush.isApproved],
    [true, 'POLL', 'EXPIRED', '7004', false],
  );
});

test('eight open pushes, of two accounts, are asked for in two calls', async (t) => {
  const vip = await openVip(t);
  const child = { onBehalfOfAccountId: '1234567890' };
  await vip.done('createVipUser', { userId: 'kid+pending@example.com', ...child });
  await vip.done('addVipTrustedDevice', {
    userId: 'kid+pending@example.com',
    credentialId: 'VSMT99990001',
    ...child,
  });
  for (let sent = 0; sent < 4; sent++) {
    await push(vip, CID);
    await push(vip, 'kid+pending@example.com', child);
  }
  vip.simulator.control.resetCalls();
  await advanceUntil(vip, () => (vip.simulator.control.calls()['pollPushStatus'] ?? 0) >= 2);
  await vip.clock.advance(0);
  assert.deepEqual(vip.simulator.control.calls(), { pollPushStatus: 2 });
});

test('a refresh asks the provider once and tells the subscribers', async (t) => {
  const vip = await openVip(t);
  const transactionId = await push(vip, CID);
  const events = await vip.follow<PushChanged>(PUSH_CHANGED, { transactionId });
  await next(events, vip);
  vip.simulator.control.endPush({ transactionId, status: '7002' });
  vip.simulator.control.resetCalls();
  const answer = await vip.done('refreshVipPush', { transactionId }, 'vipPush { state isApproved }');
  assert.deepEqual(answer['vipPush'], { state: 'DENIED', isApproved: false });
  assert.deepEqual(vip.simulator.control.calls(), { pollPushStatus: 1 });
  const { vipPushChanged: last } = await next(events, vip);
  assert.deepEqual([last.source, last.vipPush.state], ['COMMAND', 'DENIED']);
});

test("somebody else's push looks unknown", async (t) => {
  const vip = await openVip(t);
  const transactionId = await push(vip, CID);
  for (const other of [{ subject: 'mallory' }, { tenant: 'evil' }]) {
    const { data } = await vip.run(
      'query ($id: ID!) { vipPush(transactionId: $id) { state } }',
      { id: transactionId },
      other,
    );
    assert.deepEqual(data, { vipPush: null });
    const refused = await vip.command('refreshVipPush', { transactionId }, '', other);
    assert.equal(refused.problem?.code, 'NOT_FOUND');
    await assert.rejects(vip.follow(PUSH_CHANGED, { transactionId }, other), { message: /no such thing/ });
  }
});

test('pushing and waiting answers as soon as the phone has answered, through the poller', async (t) => {
  const vip = await openVip(t);
  const fields = 'isApproved hasTimedOut vipPush { state answeredByCredentialId }';
  let answer: Record<string, unknown> | undefined;
  const waiting = vip
    .done('pushVipUserAndWait', { userId: ANA, timeoutSeconds: 60, intervalSeconds: 1 }, fields)
    .then((found) => (answer = found));
  await advanceUntil(vip, () => answer !== undefined);
  await waiting;
  assert.equal(answer?.['isApproved'], true);
  assert.deepEqual(answer['vipPush'], { state: 'APPROVED', answeredByCredentialId: 'VSMT12345678' });
  const calls = vip.simulator.control.calls();
  assert.equal(calls['authenticateUserWithPush'], 1);
});

test('pushing and waiting ends with the time that was given, and approves nothing', async (t) => {
  const vip = await openVip(t);
  let answer: Record<string, unknown> | undefined;
  const startedAt = vip.clock.now();
  const waiting = vip
    .done(
      'pushVipUserAndWait',
      { userId: CID, timeoutSeconds: 5, intervalSeconds: 60 },
      'isApproved hasTimedOut vipPush { state }',
    )
    .then((found) => (answer = found));
  await advanceUntil(vip, () => answer !== undefined);
  await waiting;
  assert.deepEqual([answer?.['isApproved'], answer?.['hasTimedOut']], [false, true]);
  assert(vip.clock.now() - startedAt >= 5_000);
});

test('a push to credentials, and one that cannot be sent', async (t) => {
  const vip = await openVip(t);
  const input = {
    credentials: [{ credentialId: 'VSMT12345678' }],
    title: 'Sign in',
    text: 'Is this you?',
    profile: 'www.example.com',
  };
  const sent = await vip.done(
    'pushVipCredentials',
    input,
    'vipPush { userId state targets { credentialId isSent } }',
  );
  assert.deepEqual(sent['vipPush'], {
    userId: null,
    state: 'PENDING',
    targets: [{ credentialId: 'VSMT12345678', isSent: true }],
  });
  assert.equal(sent.outcome?.status, 'PUSH_SENT');
  assert.equal(vip.simulator.control.pushes()[0]?.displayParameters.length, 3);
  const none = await vip.command('pushVipUser', { userId: 'dora@example.com' }, 'vipPush { id }');
  assert.equal(none['vipPush'], null);
  assert.equal(none.outcome?.status, 'NO_ENABLED_CREDENTIAL');
});

async function advanceUntil(vip: VipUnderTest, isDone: () => boolean): Promise<void> {
  for (let step = 0; step < 1_000 && !isDone(); step++) {
    await vip.clock.advance(250);
    await providerCallsEnded();
  }
}
