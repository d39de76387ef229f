import assert from 'node:assert/strict';
import { test } from 'node:test';
import { within } from '../../support/gateway/within.js';
import { openSafebox, OTTO, SEEDED } from './open.js';
import type { Answer } from './open.js';
import { openScripted } from './scripted.js';

const STATE = '{ viewer { safeBoxSession { account state } } safeBoxAccess { session { username } } }';
const ACTIVE = (account: string) => ({
  viewer: { safeBoxSession: { account, state: 'ACTIVE' } },
  safeBoxAccess: { session: { username: account } },
});
const ENDED = {
  viewer: { safeBoxSession: { account: 'ada', state: 'ENDED' } },
  safeBoxAccess: { session: null },
};

const CALLS: readonly [what: string, document: string][] = [
  ['a query', 'query ($id: ID!) { safeBox(id: $id) { id } }'],
  ['a command', 'mutation ($id: ID!) { closeSafeBox(input: { id: $id }) { problem { code } } }'],
  ['a list', '{ safeBoxFavorites { id } }'],
];

for (const [what, document] of CALLS) {
  test(`a session that ${what} finds to be over is shown so everywhere, and what follows it ends at once`, async (t) => {
    const { ask, run, signIn, follow, simulator, clock } = await openSafebox(t);
    await signIn();
    assert.deepEqual(await ask(STATE), ACTIVE('ada'));
    const events = await follow<Answer>('subscription { safeBoxInboxChanged { endReason } }');
    await events.next();
    simulator.control.revokeTokens({ username: 'ada' });
    const { data, errors } = await run<Answer>(document, { id: SEEDED.open });
    const code = errors?.[0]?.extensions['code'] ?? data['closeSafeBox'].problem.code;
    assert.equal(code, 'CREDENTIAL_EXPIRED');
    assert.deepEqual(await ask(STATE), ENDED);
    const last = events.next();
    await clock.advance(10);
    const { value } = await within(last, 'the end of what is followed');
    assert.equal(value.data['safeBoxInboxChanged'].endReason, 'CREDENTIAL_EXPIRED');
    // Known to be over, it is not tried again; and the account's own token does not step in.
    simulator.control.resetCalls();
    const again = await run('{ safeBoxes { totalCount } }');
    assert.equal(again.errors?.[0]?.extensions['code'], 'CREDENTIAL_EXPIRED');
    assert.deepEqual(simulator.control.calls(), {});
    await signIn();
    assert.deepEqual(await ask(STATE), ACTIVE('ada'));
  });
}

test('a refusal that comes late ends the session it was meant for, not the one that has taken its place', async (t) => {
  let refuse: (() => void) | undefined;
  const scripted = await openScripted(t, () => new Promise((resolve) => (refuse = () => resolve(401))));
  const { run, ask, signIn } = scripted;
  await signIn();
  const late = run('{ safeBoxFavorites { id } }');
  while (!refuse) await new Promise((resolve) => setImmediate(resolve));
  await signIn();
  refuse();
  assert.equal((await late).errors?.[0]?.extensions['code'], 'CREDENTIAL_EXPIRED');
  assert.deepEqual(await ask(STATE), ACTIVE('ada'));
});

test('a refusal that comes after signing out brings nothing back', async (t) => {
  let refuse: (() => void) | undefined;
  const scripted = await openScripted(t, () => new Promise((resolve) => (refuse = () => resolve(401))));
  const { run, ask, signIn } = scripted;
  await signIn();
  const late = run('{ safeBoxFavorites { id } }');
  while (!refuse) await new Promise((resolve) => setImmediate(resolve));
  await ask('mutation { signOutOfSafeBox { isSignedOut } }');
  refuse();
  await late;
  assert.deepEqual(await ask(STATE), { viewer: { safeBoxSession: null }, safeBoxAccess: { session: null } });
});

test('a session whose time is over is shown as ended, and one of somebody else stays as it is', async (t) => {
  const { ask, run, signIn, clock } = await openSafebox(t);
  const otto = { subject: 'otto' };
  await signIn();
  await clock.advance(86_400_000);
  await signIn(OTTO, otto);
  await clock.advance(29 * 86_400_000 + 1);
  assert.deepEqual(await ask(STATE), ENDED);
  assert.deepEqual(await ask(STATE, {}, otto), ACTIVE('otto'));
  const { errors } = await run('{ safeBoxes { totalCount } }');
  assert.equal(errors?.[0]?.extensions['code'], 'CREDENTIAL_EXPIRED');
});

test('the request id goes to the provider with every call, and nothing but the token says who asks', async (t) => {
  const { calls, ask, run, signIn } = await openScripted(t, ({ line }) =>
    line === 'GET /safeboxes' ? { count: 0, safeboxes: [], next_page_url: null } : { result: true },
  );
  await signIn();
  await ask('{ safeBoxes { totalCount } }');
  await run('mutation { closeSafeBox(input: { id: "b1" }) { problem { code } } }');
  assert.ok(calls.length >= 2);
  for (const { headers } of calls) assert.equal(headers['x-request-id'], 'test-request');
});
