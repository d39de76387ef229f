import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANA, BO, BO_CALLER, later, next, openXq, pass, upstreamCalls } from './open.js';
import type { Answer } from './open.js';

const KEY_CHANGED = `subscription ($locator: ID!, $after: String) { xqKeyChanged(locator: $locator, after: $after) {
  cursor sequence observedAt source isTerminal endReason changes { kind from to }
  xqKey { locator status expiresAt recipients { address hasAccess } } } }`;
const SESSION_CHANGED = `subscription { xqSessionChanged {
  sequence observedAt source isTerminal endReason changes { from to } sessionId status expiresAt } }`;

function summary({ source, isTerminal, endReason, changes }: Answer): unknown {
  return { source, isTerminal, endReason, changes };
}

test('a key expires for its followers exactly when its time is over', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey({ lifetime: 10, lifetimeUnit: 'MINUTES' });
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator });
  const first = await next(events);
  assert.deepEqual(
    [first['xqKey'].status, first['changes'], first['source']],
    ['AVAILABLE', [{ kind: 'STATUS', from: null, to: 'AVAILABLE' }], 'POLL'],
  );
  const expired = await later(events, xq);
  assert.deepEqual(
    [expired['xqKey'].status, expired['isTerminal'], expired['changes']],
    ['EXPIRED', true, [{ kind: 'STATUS', from: 'AVAILABLE', to: 'EXPIRED' }]],
  );
  assert.equal(String(expired['observedAt']), String(first['xqKey'].expiresAt));
  assert.equal((await events.next()).done, true);
});

test('a key that a provider out of reach cannot speak for expires by our own record, and for its followers when it is back', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey({ lifetime: 5, lifetimeUnit: 'MINUTES' });
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator });
  const first = await next(events);
  await xq.clock.advance(5 * 60_000 - 1);
  xq.simulator.control.injectFault({ status: 503, count: 6 });
  const expired = await later(events, xq);
  assert.deepEqual(summary(expired), {
    source: 'POLL',
    isTerminal: true,
    endReason: 'FINISHED',
    changes: [{ kind: 'STATUS', from: 'AVAILABLE', to: 'EXPIRED' }],
  });
  assert.ok(Date.parse(String(expired['observedAt'])) > Date.parse(String(first['xqKey'].expiresAt)));
});

test('a revocation elsewhere is polled, one made here is told at once', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const revoked = { kind: 'STATUS', from: 'AVAILABLE', to: 'REVOKED' };
  const elsewhere = await xq.createKey();
  const polled = await xq.follow<Answer>(KEY_CHANGED, { locator: elsewhere });
  await next(polled);
  xq.simulator.control.revokeKey({ locator: elsewhere });
  assert.deepEqual(summary(await later(polled, xq)), {
    source: 'POLL',
    isTerminal: true,
    endReason: 'FINISHED',
    changes: [revoked],
  });
  const here = await xq.createKey();
  const told = await xq.follow<Answer>(KEY_CHANGED, { locator: here });
  await next(told);
  await xq.done('revokeXqKey', { locator: here });
  assert.deepEqual(summary(await next(told)), {
    source: 'COMMAND',
    isTerminal: true,
    endReason: 'FINISHED',
    changes: [revoked],
  });
});

test('granting and denying access is told to followers, with the recipients as they are now', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey({ recipients: [ANA] });
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator });
  await next(events);
  await xq.done('grantXqKey', { locator, recipients: [BO] });
  const granted = await next(events);
  assert.deepEqual(granted['changes'], [{ kind: 'ACCESS', from: 'AVAILABLE', to: 'AVAILABLE' }]);
  assert.deepEqual(granted['xqKey'].recipients, [
    { address: ANA, hasAccess: true },
    { address: BO, hasAccess: true },
  ]);
});

test('a key that is deleted on receipt is consumed for its owner by the read of its recipient', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey({ isDeletedOnReceipt: true });
  await xq.signIn(BO, BO_CALLER);
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator });
  const theirs = await xq.follow<Answer>(KEY_CHANGED, { locator }, BO_CALLER);
  await Promise.all([next(events), next(theirs)]);
  // Several polls for both: had one of them fetched the key, it would be gone.
  await pass(xq, 300_000);
  assert.equal(xq.simulator.control.keys()[0]?.state, 'available');
  xq.simulator.control.readKey({ locator, user: BO });
  const consumed = await later(events, xq);
  assert.deepEqual([consumed['xqKey'].status, consumed['isTerminal']], ['CONSUMED', true]);
});

test('a reader follows a key of somebody else, and sees the read that uses it up', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.signIn(BO, BO_CALLER);
  const locator = await xq.createKey({ isDeletedOnReceipt: true });
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator }, BO_CALLER);
  assert.equal((await next(events))['xqKey'].recipients, null);
  await xq.done('readXqKey', { locator }, 'material { text }', BO_CALLER);
  const consumed = await next(events);
  assert.deepEqual([consumed['xqKey'].status, consumed['source']], ['CONSUMED', 'COMMAND']);
  const unknown = xq.follow<Answer>(KEY_CHANGED, { locator: 'B'.repeat(43) }, BO_CALLER);
  await assert.rejects(unknown, (error: Answer) => error['extensions'].code === 'NOT_FOUND');
});

test('a subscriber who comes back continues behind the cursor', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey();
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator });
  const { cursor } = await next(events);
  await events.return?.();
  await xq.done('grantXqKey', { locator, recipients: [ANA] });
  await xq.done('revokeXqKey', { locator });
  const again = await xq.follow<Answer>(KEY_CHANGED, { locator, after: cursor });
  assert.deepEqual([(await next(again))['sequence'], (await next(again))['sequence']], [2, 3]);
});

test('nobody is asked about a key that nobody follows', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey();
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator });
  await next(events);
  await events.return?.();
  await pass(xq, 180_000);
  xq.simulator.control.resetCalls();
  await pass(xq, 3_600_000);
  assert.equal(upstreamCalls(xq), 0);
});

test('with the dashboard open, many keys cost a few lists, and none of them a call of its own', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.done('openXqDashboard', {});
  const locators: string[] = [];
  for (let count = 0; count < 12; count++) locators.push(await xq.createKey());
  const followed = await Promise.all(locators.map((locator) => xq.follow<Answer>(KEY_CHANGED, { locator })));
  for (const events of followed) await next(events);
  xq.simulator.control.resetCalls();
  const [revoked] = locators;
  const [events] = followed;
  assert(revoked && events);
  xq.simulator.control.revokeKey({ locator: revoked });
  assert.equal((await later(events, xq))['xqKey'].status, 'REVOKED');
  const calls = xq.simulator.control.calls();
  assert.equal(calls['expiration'] ?? 0, 0, JSON.stringify(calls));
  assert.ok(upstreamCalls(xq) <= 4, JSON.stringify(calls));
});

test('what follows with a session ends with it, and goes on under the next one', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey({ lifetime: 10, lifetimeUnit: 'DAYS' });
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator });
  await next(events);
  await xq.done('signOutOfXq', {});
  const ended = await later(events, xq, 1);
  assert.deepEqual(
    [ended['isTerminal'], ended['endReason'], ended['xqKey'].status],
    [true, 'CREDENTIAL_EXPIRED', 'AVAILABLE'],
  );
  await xq.signIn();
  const anew = await next(await xq.follow<Answer>(KEY_CHANGED, { locator }));
  assert.deepEqual([anew['isTerminal'], anew['xqKey'].status], [false, 'AVAILABLE']);
});

test('a session says ten minutes before its end that it is ending, and ends in time', async (t) => {
  const xq = await openXq(t);
  xq.simulator.control.changeDialect({ accessMs: 30 * 60_000 });
  await xq.signIn();
  const events = await xq.follow<Answer>(SESSION_CHANGED);
  const first = await next(events);
  assert.equal(first['status'], 'ACTIVE');
  const ending = await later(events, xq, 5_000);
  assert.equal(ending['status'], 'ENDING');
  const leftMs = Number(ending['expiresAt']) - Number(ending['observedAt']);
  assert.ok(leftMs <= 600_000 && leftMs > 590_000, String(leftMs));
  const expired = await later(events, xq, 5_000);
  assert.deepEqual([expired['status'], expired['isTerminal']], ['EXPIRED', true]);
  assert.equal(String(expired['observedAt']), String(first['expiresAt']));
  const { errors } = await xq.run('{ xqSettings { user } }');
  assert.equal(errors?.[0]?.extensions['code'], 'CREDENTIAL_EXPIRED');
});

test('a session that the provider ends, or that is signed out of, is revoked', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const ended = await xq.follow<Answer>(SESSION_CHANGED);
  await next(ended);
  xq.simulator.control.revokeTokens({ user: ANA });
  const seen = await later(ended, xq);
  assert.deepEqual([seen['status'], seen['source'], seen['isTerminal']], ['REVOKED', 'POLL', true]);
  await xq.signIn();
  const left = await xq.follow<Answer>(SESSION_CHANGED);
  await next(left);
  await xq.done('signOutOfXq', {});
  assert.equal((await later(left, xq, 1))['status'], 'REVOKED');
});

test('access that was taken back ends what its reader follows, and given again it is followed anew', async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  await xq.signIn(BO, BO_CALLER);
  const locator = await xq.createKey();
  const events = await xq.follow<Answer>(KEY_CHANGED, { locator }, BO_CALLER);
  const { cursor } = await next(events);
  await xq.done('revokeXqKeyRecipients', { locator, recipients: [BO] });
  const ended = await later(events, xq);
  assert.deepEqual([ended['xqKey'].status, ended['isTerminal']], ['REVOKED', true]);
  const closed = xq.follow<Answer>(KEY_CHANGED, { locator }, BO_CALLER);
  await assert.rejects(closed, (error: Answer) => error['extensions'].code === 'NOT_FOUND');

  await xq.done('grantXqKey', { locator, recipients: [BO] });
  const anew = await xq.follow<Answer>(KEY_CHANGED, { locator }, BO_CALLER);
  assert.equal((await next(anew))['xqKey'].status, 'AVAILABLE');
  const missed = await xq.follow<Answer>(KEY_CHANGED, { locator, after: cursor }, BO_CALLER);
  assert.equal((await next(missed))['xqKey'].status, 'REVOKED');
});

test("under somebody else's session an own key is forbidden, not revoked", async (t) => {
  const xq = await openXq(t);
  await xq.signIn();
  const locator = await xq.createKey();
  await xq.done('signInToXqAsAlias', { user: 'another' });
  const { errors } = await xq.run('query ($l: ID!) { xqKey(locator: $l) { status } }', { l: locator });
  assert.equal(errors?.[0]?.extensions['code'], 'FORBIDDEN');
  const follow = xq.follow<Answer>(KEY_CHANGED, { locator });
  await assert.rejects(follow, (error: Answer) => error['extensions'].code === 'FORBIDDEN');
});
