import assert from 'node:assert/strict';
import { test } from 'node:test';
import { within } from '../../support/gateway/within.js';
import { providerCallsEnded } from '../../support/provider-calls.js';
import { listOf, openSafebox, OTTO, SEEDED } from './open.js';
import type { Answer, SafeboxUnderTest } from './open.js';

const CHANGED = /* GraphQL */ `
  subscription ($id: ID!, $after: String) {
    safeBoxChanged(id: $id, after: $after) {
      cursor
      sequence
      source
      isTerminal
      endReason
      changes {
        kind
        from
        to
        participantId
        messageId
        documentId
      }
      safeBox {
        id
        status
        unreadCount
        expiresAt
      }
    }
  }
`;
const INBOX = /* GraphQL */ `
  subscription ($after: String) {
    safeBoxInboxChanged(after: $after) {
      cursor
      sequence
      source
      isTerminal
      endReason
      openCount
      unreadCount
      changes {
        kind
        safeBoxId
        from
        to
      }
    }
  }
`;
const INTERVAL_MS = 15_000;

type Events = AsyncIterator<{ readonly data: Answer }>;

async function next(events: Events): Promise<Answer> {
  const { value, done } = await events.next();
  assert(!done, 'the subscription has completed');
  return Object.values(value.data)[0] as Answer;
}

/** Lets time pass, a second at a time, until the next event. */
async function later(events: Events, { clock }: SafeboxUnderTest): Promise<Answer> {
  let settled = false;
  const waiting = next(events).finally(() => (settled = true));
  for (let seconds = 0; !settled && seconds < 600; seconds++) {
    await clock.advance(1_000);
    await providerCallsEnded();
  }
  return waiting;
}

function kinds(event: Answer): string[] {
  return listOf(event['changes']).map(({ kind }) => kind);
}

test('a subscriber gets the current state at once, then each change by name', async (t) => {
  const subgraph = await openSafebox(t);
  const { follow, signIn, simulator } = subgraph;
  await signIn();
  const id = SEEDED.open;
  const events = await follow<Answer>(CHANGED, { id });
  const first = await next(events);
  assert.equal(first['sequence'], 1);
  assert.deepEqual(first['changes'], []);
  assert.equal(first['safeBox'].unreadCount, 1);

  const email = 'bob@partner.example';
  simulator.control.guest({ guid: id, email, act: 'reply', note: 'Second' });
  const replied = await later(events, subgraph);
  assert.equal(replied['source'], 'POLL');
  assert.ok(kinds(replied).includes('MESSAGE_ADDED'));
  assert.ok(kinds(replied).includes('UNREAD_COUNT'));
  assert.equal(replied['safeBox'].unreadCount, 2);

  simulator.control.guest({ guid: id, email, act: 'download' });
  assert.ok(kinds(await later(events, subgraph)).includes('DOCUMENT_DOWNLOADED'));
  simulator.control.guest({ guid: id, email, act: 'bounce' });
  assert.deepEqual(kinds(await later(events, subgraph)), ['PARTICIPANT_BOUNCED']);
  simulator.control.guest({ guid: id, email, act: 'failLogin' });
  assert.deepEqual(kinds(await later(events, subgraph)), ['PARTICIPANT_FAILED_LOGIN']);
});

test('a change made through the graph is seen without waiting for a poll, in the SafeBox and in the inbox', async (t) => {
  const { follow, signIn, ask } = await openSafebox(t);
  await signIn();
  const id = SEEDED.open;
  const box = await follow<Answer>(CHANGED, { id });
  const inbox = await follow<Answer>(INBOX);
  await next(box);
  const before = await next(inbox);
  await ask('mutation ($id: ID!) { markSafeBoxAsRead(input: { id: $id }) { problem { code } } }', { id });
  const read = await next(box);
  assert.equal(read['source'], 'COMMAND');
  assert.deepEqual(kinds(read), ['UNREAD_COUNT', 'MESSAGE_READ', 'PARTICIPANT_READ']);
  const after = await next(inbox);
  assert.equal(after['source'], 'COMMAND');
  assert.deepEqual(after['changes'], [{ kind: 'UNREAD_COUNT', safeBoxId: id, from: '1', to: '0' }]);
  assert.equal(after['unreadCount'], before['unreadCount'] - 1);
});

test('closing by time, and the end of the content, are seen; the stream completes after it', async (t) => {
  const subgraph = await openSafebox(t);
  const { follow, signIn, simulator } = subgraph;
  await signIn();
  const events = await follow<Answer>(CHANGED, { id: SEEDED.closed });
  assert.equal((await next(events))['safeBox'].status, 'CLOSED');
  simulator.control.advanceClock({ ms: 31 * 86_400_000 });
  const last = await later(events, subgraph);
  assert.equal(last['safeBox'].status, 'CONTENT_DELETED');
  assert.equal(last['isTerminal'], true);
  assert.equal(last['endReason'], 'FINISHED');
  assert.equal((await events.next()).done, true);
});

test('the inbox names new SafeBoxes and changed ones, and a cursor resumes it without gap', async (t) => {
  const subgraph = await openSafebox(t);
  const { follow, signIn, simulator } = subgraph;
  await signIn();
  const events = await follow<Answer>(INBOX);
  const first = await next(events);
  assert.equal(first['openCount'], 3);
  const [made] = simulator.control.createBoxes({ count: 1 });
  const added = await later(events, subgraph);
  assert.deepEqual(added['changes'], [{ kind: 'ADDED', safeBoxId: made, from: null, to: 'in_progress' }]);
  simulator.control.guest({ guid: SEEDED.open, email: 'bob@partner.example', act: 'reply' });
  const replied = await later(events, subgraph);
  assert.deepEqual(
    listOf(replied['changes'])
      .filter(({ safeBoxId }) => safeBoxId === SEEDED.open)
      .map(({ kind }) => kind)
      .sort(),
    ['ACTIVITY', 'UNREAD_COUNT'],
  );
  const back = await follow<Answer>(INBOX, { after: first['cursor'] });
  assert.deepEqual([(await next(back))['sequence'], (await next(back))['sequence']], [2, 3]);
});

test('many who follow many SafeBoxes of one account cost one list call per interval, and one call per SafeBox that changed', async (t) => {
  const subgraph = await openSafebox(t);
  const { follow, signIn, simulator, clock } = subgraph;
  await signIn();
  const ids = simulator.control.createBoxes({ count: 30 });
  const streams = [];
  for (const id of ids) {
    for (let subscriber = 0; subscriber < 2; subscriber++) {
      const events = await follow<Answer>(CHANGED, { id });
      await next(events);
      streams.push(events);
    }
  }
  const inbox = await follow<Answer>(INBOX);
  await next(inbox);
  // The first polls come at once, with the subscriptions.
  await clock.advance(INTERVAL_MS);
  simulator.control.resetCalls();
  const changed = ids[7] ?? '';
  simulator.control.guest({ guid: changed, email: 'guest@ext.example', act: 'reply' });
  for (let seconds = 0; seconds < (4 * INTERVAL_MS) / 1_000; seconds++) {
    await clock.advance(1_000);
    await providerCallsEnded();
  }
  const { getSafeboxes = 0, getSafeboxInfo = 0 } = simulator.control.calls();
  assert.ok(getSafeboxes >= 3 && getSafeboxes <= 6, `${getSafeboxes} list calls in 4 intervals`);
  assert.equal(getSafeboxInfo, 1);
  assert.ok(kinds(await next(inbox)).length > 0);
});

test('revoked tokens and signing out end what is followed, and a new session follows anew', async (t) => {
  const subgraph = await openSafebox(t);
  const { follow, signIn, simulator, ask, run } = subgraph;
  const ends = [
    async () => void simulator.control.revokeTokens({ username: 'ada' }),
    async () =>
      assert.deepEqual(await ask('mutation { signOutOfSafeBox { isSignedOut } }'), {
        signOutOfSafeBox: { isSignedOut: true },
      }),
  ];
  for (const end of ends) {
    await signIn();
    const box = await follow<Answer>(CHANGED, { id: SEEDED.open });
    const inbox = await follow<Answer>(INBOX);
    assert.equal((await next(box))['isTerminal'], false);
    assert.equal((await next(inbox))['isTerminal'], false);
    await end();
    for (const events of [box, inbox]) {
      const last = await later(events, subgraph);
      assert.equal(last['endReason'], 'CREDENTIAL_EXPIRED');
      assert.equal((await events.next()).done, true);
    }
  }
  simulator.control.revokeTokens({});
  const { errors } = await run('{ safeBoxes { totalCount } }');
  assert.equal(errors?.[0]?.extensions['code'], 'PROVIDER_UNAUTHENTICATED');
});

test('signing out, and signing in as somebody else, end what was followed at once, and nothing of others', async (t) => {
  const { follow, signIn, simulator, ask, clock } = await openSafebox(t);
  const otto = { subject: 'otto' };
  await signIn(OTTO, otto);
  const others = await follow<Answer>(INBOX, {}, otto);
  await next(others);
  const ends = [() => signIn(OTTO), () => ask('mutation { signOutOfSafeBox { isSignedOut } }')];
  for (const end of ends) {
    await signIn();
    const box = await follow<Answer>(CHANGED, { id: SEEDED.open });
    const inbox = await follow<Answer>(INBOX);
    await Promise.all([next(box), next(inbox)]);
    // The first polls come at once, with the subscriptions.
    await clock.advance(1_000);
    await providerCallsEnded();
    simulator.control.resetCalls();
    const endedAt = clock.now();
    await end();
    for (const events of [box, inbox]) {
      const last = next(events);
      // As long as reads wait for each other, to share a call.
      await clock.advance(10);
      assert.equal((await within(last, 'the end of what is followed'))['endReason'], 'CREDENTIAL_EXPIRED');
      assert.equal((await events.next()).done, true);
    }
    assert.ok(clock.now() - endedAt < 100, 'no poll was waited for');
    assert.equal(simulator.control.calls()['getSafeboxes'], undefined);
  }
  simulator.control.guest({ guid: SEEDED.shared, email: 'ada@acme.example', act: 'reply' });
  for (let seconds = 0; seconds < 60; seconds++) {
    await clock.advance(1_000);
    await providerCallsEnded();
  }
  assert.equal((await next(others))['isTerminal'], false);
});

test('nothing is asked of the provider when nobody follows', async (t) => {
  const { follow, signIn, simulator, clock } = await openSafebox(t);
  await signIn();
  const events = await follow<Answer>(INBOX);
  await next(events);
  await events.return?.();
  await clock.advance(10 * 60_000);
  simulator.control.resetCalls();
  await clock.advance(10 * 60_000);
  assert.deepEqual(simulator.control.calls(), {});
});
