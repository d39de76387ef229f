import assert from 'node:assert/strict';
import { test } from 'node:test';
import { providerCallsEnded } from '../../support/provider-calls.js';
import type { Teardown } from '../../support/simulators.js';
import { next } from './next.js';
import { openVip } from './open.js';

const USER_CHANGED = /* GraphQL */ `
  subscription ($userId: ID!, $onBehalfOfAccountId: ID, $after: String) {
    vipUserChanged(userId: $userId, onBehalfOfAccountId: $onBehalfOfAccountId, after: $after) {
      sequence
      source
      isTerminal
      endReason
      changes {
        what
        from
        to
      }
      vipUser {
        userId
        status
        credentials {
          credentialId
        }
      }
    }
  }
`;

interface UserChanged {
  readonly vipUserChanged: {
    readonly sequence: number;
    readonly source: string;
    readonly isTerminal: boolean;
    readonly endReason: string | null;
    readonly changes: { readonly what: string; readonly from: string | null; readonly to: string | null }[];
    readonly vipUser: { readonly status: string; readonly credentials: unknown[] } | null;
  };
}

test('a user is watched while somebody looks: changes made here at once, changes made elsewhere by a poll', async (t) => {
  const vip = await openVip(t);
  const userId = 'dora@example.com';
  const events = await vip.follow<UserChanged>(USER_CHANGED, { userId });
  const { vipUserChanged: first } = await next(events, vip);
  assert.deepEqual([first.sequence, first.source, first.vipUser?.status], [1, 'POLL', 'ACTIVE']);

  await vip.done('updateVipUser', { userId: 'Dora@example.com', newUserStatus: 'DISABLED' });
  const { vipUserChanged: second } = await next(events, vip);
  assert.deepEqual(second.changes, [{ what: 'status', from: 'ACTIVE', to: 'DISABLED' }]);
  assert.equal(second.source, 'COMMAND');

  vip.simulator.control.setUserStatus({ userId, status: 'LOCKED' });
  const { vipUserChanged: third } = await next(events, vip, 5_000);
  assert.deepEqual([third.source, third.vipUser?.status], ['POLL', 'LOCKED']);
  await vip.done('deleteVipUser', { userId });
  const { vipUserChanged: last } = await next(events, vip, 5_000);
  assert.deepEqual([last.isTerminal, last.endReason], [true, 'NOT_FOUND']);
  assert.equal((await events.next()).done, true);
});

const NOBODY: readonly (readonly [why: string, who: object, reason: string, field: string])[] = [
  ['a blank user id', { userId: ' ' }, 'BLANK', 'userId'],
  ['a user id that XML cannot hold', { userId: 'a\u0000' }, 'MALFORMED', 'userId'],
  ['a user id that is too long', { userId: 'a'.repeat(129) }, 'TOO_LONG', 'userId'],
  ['a blank account', { userId: 'a', onBehalfOfAccountId: ' ' }, 'BLANK', 'onBehalfOfAccountId'],
  [
    'an account that is no name',
    { userId: 'a', onBehalfOfAccountId: '!' },
    'MALFORMED',
    'onBehalfOfAccountId',
  ],
];
for (const [why, who, reason, field] of NOBODY) {
  test(`${why} is refused at once when somebody would follow it`, async (t) => {
    const vip = await openVip(t);
    await assert.rejects(
      async () => next(await vip.follow<UserChanged>(USER_CHANGED, { ...who }), vip, 0),
      (error: Error) => error.message.includes(field) && JSON.stringify(error).includes(reason),
    );
    assert.deepEqual(vip.simulator.control.calls(), {});
  });
}

test('a user of an account that is not ours is nobody whom one could follow', async (t) => {
  const vip = await openVip(t);
  const events = await vip.follow<UserChanged>(USER_CHANGED, {
    ...{ userId: 'dora@example.com', onBehalfOfAccountId: 'other99' },
  });
  const { vipUserChanged: only } = await next(events, vip, 61_000);
  assert.deepEqual([only.isTerminal, only.endReason, only.vipUser], [true, 'NOT_FOUND', null]);
});

/** Reads of a user who is followed by so many callers, in 62 seconds, and what each of them was told. */
async function followed(t: Teardown, callers: number): Promise<{ reads: number; seen: string[] }> {
  const vip = await openVip(t);
  const userId = 'dora@example.com';
  const all = await Promise.all(
    Array.from({ length: callers }, (_, n) =>
      vip.follow<UserChanged>(USER_CHANGED, { userId }, { subject: `caller-${n}` }),
    ),
  );
  const seen = await Promise.all(
    all.map(async (events) => [(await next(events, vip, 0)).vipUserChanged.vipUser?.status]),
  );
  const before = vip.simulator.control.calls()['getUserInfo'] ?? 0;
  assert.equal(before, 1);
  const reading = all.map(async (events, n) => {
    for await (const { data } of events) seen[n]?.push(data.vipUserChanged.vipUser?.status);
  });
  for (let second = 0; second < 62; second++) {
    if (second === 40) vip.simulator.control.setUserStatus({ userId, status: 'LOCKED' });
    await vip.clock.advance(1_000);
    await providerCallsEnded();
  }
  for (const events of all) await events.return?.();
  await Promise.all(reading);
  const reads = (vip.simulator.control.calls()['getUserInfo'] ?? 0) - before;
  return { reads, seen: [...new Set(seen.map((statuses) => statuses.join(' ')))] };
}

test('a user whom twenty callers follow is read as often as one whom one caller follows, and all are told', async (t) => {
  const one = await followed(t, 1);
  assert.deepEqual(one, { reads: 2, seen: ['ACTIVE LOCKED'] });
  assert.deepEqual(await followed(t, 20), one);
});

test('what others are told of a user gives nobody else a right to it, and who changes a user sees the change', async (t) => {
  const vip = await openVip(t);
  const userId = 'dora@example.com';
  const theirs = await vip.follow<UserChanged>(USER_CHANGED, { userId }, { subject: 'theirs' });
  await next(theirs, vip);
  await assert.rejects(vip.follow(USER_CHANGED, { userId }, { subject: 'mallory', scopes: [] }));
  await vip.done('updateVipUser', { userId, newUserStatus: 'DISABLED' }, '', { subject: 'mine' });
  vip.simulator.control.resetCalls();
  const mine = await vip.follow<UserChanged>(USER_CHANGED, { userId }, { subject: 'mine' });
  const { vipUserChanged: first } = await next(mine, vip);
  assert.equal(first.vipUser?.status, 'DISABLED');
  assert.deepEqual(vip.simulator.control.calls(), { getUserInfo: 1 });
});

test('a user who comes back after being deleted is watched on: the numbers of what happened never go back', async (t) => {
  const vip = await openVip(t);
  const userId = 'back@example.com';
  const look = async () => {
    const events = await vip.follow<UserChanged>(USER_CHANGED, { userId });
    const { vipUserChanged: now } = await next(events, vip);
    return { sequence: now.sequence, isTerminal: now.isTerminal, status: now.vipUser?.status, events };
  };
  const seen = [await look()];
  for (let time = 1; time <= 2; time += 1) {
    await vip.done('createVipUser', { userId });
    const present = await look();
    await vip.done('deleteVipUser', { userId });
    const { vipUserChanged: end } = await next(present.events, vip);
    assert.deepEqual(
      [end.isTerminal, end.endReason, end.sequence],
      [true, 'NOT_FOUND', present.sequence + 1],
    );
    seen.push(present, await look());
  }
  assert.deepEqual(
    seen.map(({ isTerminal }) => isTerminal),
    [true, false, true, false, true],
  );
  assert.deepEqual(
    seen.map(({ sequence }) => sequence),
    [1, 2, 3, 4, 5],
  );
});

test('a user who is deleted and comes back elsewhere is watched on', async (t) => {
  const vip = await openVip(t);
  const userId = 'dora@example.com';
  const events = await vip.follow<UserChanged>(USER_CHANGED, { userId });
  await next(events, vip);
  await vip.done('deleteVipUser', { userId });
  const { vipUserChanged: end } = await next(events, vip);
  await vip.done('createVipUser', { userId }, '', { subject: 'somebody else' });
  const again = await vip.follow<UserChanged>(USER_CHANGED, { userId });
  const { vipUserChanged: first } = await next(again, vip);
  assert.deepEqual([first.isTerminal, first.vipUser?.status], [false, 'ACTIVE']);
  assert.equal(first.sequence, end.sequence + 1);
});
