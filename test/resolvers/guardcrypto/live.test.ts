import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey } from 'openpgp';
import { beginningOf, KEY_PASSWORD, listOf, openGuard } from './open.js';
import type { Answer, GuardUnderTest } from './open.js';
import { providerCallsEnded } from '../../support/provider-calls.js';

const SESSION = /* GraphQL */ `
  subscription ($after: String) {
    guardSessionChanged(after: $after) {
      cursor
      sequence
      source
      isTerminal
      endReason
      changes
      token {
        isAttached
        lifetime
        expiresAt
        ended
      }
    }
  }
`;
const KEYS = /* GraphQL */ `
  subscription {
    guardKeysChanged {
      sequence
      source
      isTerminal
      endReason
      changes {
        kind
        ringId
        keyId
        from
        to
      }
      keyRings {
        keyId
        isCurrent
        isExpired
        isRevoked
        userIds
      }
    }
  }
`;
const MINUTE = 60_000;

type Events = AsyncIterator<{ readonly data: Answer }>;

async function next(events: Events): Promise<Answer> {
  const { value, done } = await events.next();
  assert(!done, 'the subscription has completed');
  return Object.values(value.data)[0] as Answer;
}

/** Lets time pass, some seconds at a time, until the next event. Reads of the simulator take real time in between. */
async function later(events: Events, { clock }: GuardUnderTest, stepMs = 5_000): Promise<Answer> {
  let settled = false;
  const waiting = next(events).finally(() => (settled = true));
  for (let steps = 0; !settled && steps < 500; steps++) {
    await clock.advance(stepMs);
    await providerCallsEnded();
  }
  return waiting;
}

const kinds = (event: Answer): string[] => (event['changes'] as Answer[]).map(({ kind }) => kind as string);

test('a token is followed from being attached to its end, each end by its name, and never seen itself', async (t) => {
  const guard = await openGuard(t);
  const { done, follow, signIn, simulator } = guard;
  await signIn('anton');
  const events = await follow<Answer>(SESSION);
  const first = await next(events);
  assert.deepEqual([first['changes'], first['token'].isAttached], [[], false]);

  const timed = { password: KEY_PASSWORD, lifetime: 'TIMED', minutes: 5 };
  const { token } = await done('createGuardToken', timed, 'token { token }');
  const attached = await next(events);
  assert.deepEqual(
    [attached['source'], attached['changes'], attached['token'].lifetime],
    ['COMMAND', ['ATTACHED'], 'TIMED'],
  );
  assert.doesNotMatch(JSON.stringify(attached), beginningOf(String(token.token)));
  const expiring = await later(events, guard);
  assert.deepEqual(expiring['changes'], ['EXPIRING']);
  const expired = await later(events, guard);
  assert.deepEqual(
    [expired['changes'], expired['token'].ended, expired['token'].isAttached],
    [['EXPIRED'], 'EXPIRED', false],
  );

  await done('createGuardToken', { password: KEY_PASSWORD, lifetime: 'SINGLE_USE' });
  assert.deepEqual((await next(events))['changes'], ['ATTACHED']);
  await simulator.control.consumeToken({ email: 'anton@example.com' });
  const consumed = await later(events, guard);
  assert.deepEqual([consumed['source'], consumed['changes']], ['POLL', ['CONSUMED']]);

  await done('createGuardToken', { password: KEY_PASSWORD, lifetime: 'SESSION' });
  assert.deepEqual((await next(events))['changes'], ['ATTACHED']);
  await done('detachGuardToken', {});
  assert.deepEqual((await next(events))['changes'], ['REMOVED']);
  await done('attachGuardToken', { lifetime: 'SESSION' });
  assert.deepEqual((await next(events))['changes'], ['ATTACHED']);
  await done('changeGuardPassword', { oldPassword: KEY_PASSWORD, newPassword: 'another-pw' });
  assert.deepEqual((await next(events))['changes'], ['REMOVED']);

  const resumed = await follow<Answer>(SESSION, { after: attached['cursor'] });
  assert.deepEqual((await next(resumed))['changes'], ['EXPIRING']);
});

test('keys are followed: added, current, revoked, removed, by commands and by what others do', async (t) => {
  const guard = await openGuard(t);
  const { done, follow, signIn } = guard;
  await signIn('berta');
  const events = await follow<Answer>(KEYS);
  const first = await next(events);
  const [old] = first['keyRings'];
  assert.deepEqual([first['changes'], old.isCurrent], [[], true]);
  const { guardKeyRing: oldRing } = await guard.ask('{ guardKeyRing { id } }');

  const { keyRing } = await done(
    'createGuardKey',
    { name: 'Berta', password: KEY_PASSWORD },
    'keyRing { id keyId }',
  );
  const added = await next(events);
  assert.equal(added['source'], 'COMMAND');
  assert.deepEqual(
    listOf(added['changes'])
      .map(({ kind, ringId, to }) => [kind, ringId, to])
      .sort(),
    [
      ['ADDED', keyRing.id, null],
      ['CURRENT', oldRing.id, 'false'],
    ].sort(),
  );
  await done('revokeGuardKey', { keyId: keyRing.id, password: KEY_PASSWORD });
  const revoked = await next(events);
  assert.ok(kinds(revoked).includes('REVOKED'));
  assert.equal(listOf(revoked['keyRings']).find(({ keyId }) => keyId === keyRing.keyId)?.['isRevoked'], true);
  await done('addGuardUserId', {
    keyId: old.keyId,
    name: 'B',
    email: 'b@example.com',
    password: KEY_PASSWORD,
  });
  assert.deepEqual(kinds(await next(events)), ['USER_IDS']);

  // The same user elsewhere: nothing is told by us, so the next poll tells it.
  const elsewhere = { subject: 'berta-on-her-phone' };
  await signIn('berta', elsewhere);
  await done('deleteGuardKey', { keyId: keyRing.id, password: KEY_PASSWORD }, '', elsewhere);
  const removed = await later(events, guard, 20_000);
  assert.deepEqual([removed['source'], kinds(removed).includes('REMOVED')], ['POLL', true]);
});

test('a key that ends is told right after its end, without asking often', async (t) => {
  const guard = await openGuard(t);
  const { clock, done, follow, signIn, simulator } = guard;
  await signIn('carl');
  const { privateKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Carl', email: 'carl@example.com' }],
    date: new Date(clock.now() - 60 * MINUTE),
    keyExpirationTime: 60 * 60 + 5 * 60,
    passphrase: 'old',
    format: 'armored',
  });
  await done('uploadGuardKeys', { armored: privateKey, keyPassword: 'old', newPassword: 'kept-pw' });
  const events = await follow<Answer>(KEYS);
  assert.equal((await next(events))['keyRings'][0].isExpired, false);
  simulator.control.resetCalls();
  const expired = await later(events, guard, 2_000);
  assert.ok(kinds(expired).every((kind) => kind === 'EXPIRED'));
  assert.equal(expired['keyRings'][0].isExpired, true);
  const lateMs = clock.now() - (Date.UTC(2026, 2, 1, 10) + 5 * MINUTE);
  assert.ok(lateMs >= 0 && lateMs < MINUTE, `${lateMs} ms after the end`);
  const { getKeys = 0 } = simulator.control.calls();
  assert.ok(getKeys <= 6, `${getKeys} reads in five minutes`);
});

test('nothing is asked for nobody, and what must not be polled is never asked', async (t) => {
  const guard = await openGuard(t);
  const { clock, follow, signIn, simulator } = guard;
  await signIn('anton');
  const session = await follow<Answer>(SESSION);
  const keys = await follow<Answer>(KEYS);
  await next(session);
  await next(keys);
  simulator.control.resetCalls();
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 10_000) {
      await clock.advance(10_000);
      await providerCallsEnded();
    }
  };
  await pass(4 * MINUTE);
  const calls = simulator.control.calls();
  assert.deepEqual(Object.keys(calls).sort(), ['checkAuthToken', 'getKeys']);
  assert.ok((calls['checkAuthToken'] ?? 0) >= 6 && (calls['checkAuthToken'] ?? 0) <= 16);
  assert.ok((calls['getKeys'] ?? 0) >= 1 && (calls['getKeys'] ?? 0) <= 4);

  await session.return?.();
  await keys.return?.();
  // Interest fades within a minute or two; from then on nothing keeps the session alive.
  await pass(4 * MINUTE);
  simulator.control.resetCalls();
  await pass(10 * MINUTE);
  assert.deepEqual(simulator.control.calls(), {});
});

test('what is followed ends with the session, and a new session follows anew', async (t) => {
  const guard = await openGuard(t);
  const { ask, follow, signIn, simulator } = guard;
  const ends = [
    () => simulator.control.endSessions({ email: 'anton@example.com' }),
    async () => void (await ask('mutation { signOutOfGuard { isSignedOut } }')),
  ];
  for (const end of ends) {
    await signIn('anton');
    const session = await follow<Answer>(SESSION);
    const keys = await follow<Answer>(KEYS);
    await next(session);
    await next(keys);
    await end();
    for (const events of [session, keys]) {
      const last = await later(events, guard, 20_000);
      assert.deepEqual([last['isTerminal'], last['endReason']], [true, 'CREDENTIAL_EXPIRED']);
      assert.equal((await events.next()).done, true);
    }
  }
  await assert.rejects(follow<Answer>(SESSION, {}, { subject: 'eve' }), /sign in/i);
});
