import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globalId } from '../../../src/subgraph/global-id.js';
import { openMessaging2fa } from './open.js';

const CHANGED = /* GraphQL */ `
  subscription ($id: ID!, $after: String) {
    twoFactorMessageChanged(id: $id, after: $after) {
      cursor
      sequence
      source
      isTerminal
      endReason
      hasMissedEvents
      changes {
        userId
        from
        to
      }
      twoFactorMessage {
        id
        subject
        state
        outcome
        recipients {
          userId
          status
          providerStatus
          isFinal
        }
      }
    }
  }
`;

const CANCEL = /* GraphQL */ `
  mutation ($input: CancelTwoFactorMessageInput!) {
    cancelTwoFactorMessage(input: $input) {
      twoFactorMessage {
        state
        outcome
      }
      problem {
        code
        path
        providerCode
      }
    }
  }
`;

const REFRESH = /* GraphQL */ `
  mutation ($input: RefreshTwoFactorMessageInput!) {
    refreshTwoFactorMessage(input: $input) {
      twoFactorMessage {
        outcome
      }
      problem {
        code
      }
    }
  }
`;

interface Changed {
  readonly twoFactorMessageChanged: {
    readonly cursor: string;
    readonly sequence: number;
    readonly source: string;
    readonly isTerminal: boolean;
    readonly endReason: string | null;
    readonly hasMissedEvents: boolean;
    readonly changes: { readonly userId: string; readonly from: string | null; readonly to: string }[];
    readonly twoFactorMessage: {
      readonly id: string;
      readonly subject: string | null;
      readonly state: string;
      readonly outcome: string;
      readonly recipients: {
        readonly status: string;
        readonly providerStatus: string;
        readonly isFinal: boolean;
      }[];
    };
  };
}

type Events = AsyncIterator<{ readonly data: Changed }>;

async function next(events: Events): Promise<Changed['twoFactorMessageChanged']> {
  const { value, done } = await events.next();
  assert(!done, 'the subscription has completed');
  return value.data.twoFactorMessageChanged;
}

test('a subscriber gets the current state at once, each observed change, and the end', async (t) => {
  const { send, follow, simulator, clock } = await openMessaging2fa(t);
  const id = await send({ subject: 'Payment' });
  const events = await follow<Changed>(CHANGED, { id });

  const first = await next(events);
  assert.equal(first.sequence, 1);
  assert.equal(first.source, 'COMMAND');
  assert.equal(first.isTerminal, false);
  assert.equal(first.twoFactorMessage.subject, 'Payment');
  assert.equal(first.twoFactorMessage.outcome, 'PENDING');

  simulator.control.setStatus({ messageId: id, userId: 'bela@example.test', status: 'DOWNLOADED' });
  await clock.advance(1_200);
  const second = await next(events);
  assert.equal(second.sequence, 2);
  assert.equal(second.source, 'POLL');
  assert.deepEqual(second.changes, [{ userId: 'bela@example.test', from: 'PENDING', to: 'DOWNLOADED' }]);

  simulator.control.setStatus({ messageId: id, userId: 'bela@example.test', status: 'APPROVED' });
  await clock.advance(1_200);
  const last = await next(events);
  assert.equal(last.sequence, 3);
  assert.equal(last.isTerminal, true);
  assert.equal(last.endReason, 'FINISHED');
  assert.equal(last.twoFactorMessage.outcome, 'APPROVED');
  assert.equal(last.twoFactorMessage.state, 'FINISHED');
  assert.equal((await events.next()).done, true);
});

test('a subscriber who comes back with a cursor gets what was missed, once', async (t) => {
  const { send, follow, simulator, clock } = await openMessaging2fa(t);
  const id = await send();
  const first = await follow<Changed>(CHANGED, { id });
  const { cursor } = await next(first);
  await first.return?.();

  for (const status of ['NOTIFIED', 'DOWNLOADED', 'DENIED'] as const) {
    const other = await follow<Changed>(CHANGED, { id });
    await next(other);
    simulator.control.setStatus({ messageId: id, userId: 'bela@example.test', status });
    await clock.advance(1_200);
    await next(other);
    await other.return?.();
  }
  const back = await follow<Changed>(CHANGED, { id, after: cursor });
  const seen = [await next(back), await next(back), await next(back)];
  assert.deepEqual(
    seen.map(({ sequence }) => sequence),
    [2, 3, 4],
  );
  assert.deepEqual(
    seen.map(({ changes }) => changes[0]?.to),
    ['NOTIFIED', 'DOWNLOADED', 'DENIED'],
  );
  assert.equal(seen[2]?.twoFactorMessage.outcome, 'DENIED');
  assert.equal((await back.next()).done, true);
});

test('a cancel is seen by subscribers without waiting for a poll', async (t) => {
  const { send, run, follow } = await openMessaging2fa(t);
  const id = await send();
  const events = await follow<Changed>(CHANGED, { id });
  await next(events);
  const { data } = await run<{ cancelTwoFactorMessage: unknown }>(CANCEL, { input: { id } });
  assert.deepEqual(data.cancelTwoFactorMessage, {
    twoFactorMessage: { state: 'FINISHED', outcome: 'NOT_APPROVED' },
    problem: null,
  });
  const last = await next(events);
  assert.equal(last.source, 'COMMAND');
  assert.equal(last.isTerminal, true);
  assert.equal(last.twoFactorMessage.recipients[0]?.status, 'CANCELLED');
  assert.equal((await events.next()).done, true);
});

test('a refresh asks the provider once and tells the subscribers', async (t) => {
  const { send, run, follow, simulator } = await openMessaging2fa(t);
  const id = await send();
  const events = await follow<Changed>(CHANGED, { id });
  await next(events);
  simulator.control.setStatus({ messageId: id, userId: 'bela@example.test', status: 'APPROVED' });
  simulator.control.resetCalls();
  const { data } = await run<{ refreshTwoFactorMessage: unknown }>(REFRESH, { input: { id } });
  assert.deepEqual(data.refreshTwoFactorMessage, {
    twoFactorMessage: { outcome: 'APPROVED' },
    problem: null,
  });
  assert.deepEqual(simulator.control.calls(), { trackMessage: 1 });
  assert.equal((await next(events)).twoFactorMessage.outcome, 'APPROVED');
});

test('cancelling a finished message is a problem with the code of the provider', async (t) => {
  const { send, run } = await openMessaging2fa(t);
  const id = await send({ recipients: ['nodevice@example.test'] });
  const { data } = await run<{ cancelTwoFactorMessage: { problem: unknown } }>(CANCEL, { input: { id } });
  assert.deepEqual(data.cancelTwoFactorMessage.problem, {
    code: 'ALREADY_COMPLETED',
    path: null,
    providerCode: 'ALREADY_COMPLETED',
  });
});

test('a message nobody reacts to ends with the deadline, after its grace time', async (t) => {
  const { send, follow, clock } = await openMessaging2fa(t);
  const id = await send({
    recipients: ['downloaded@example.test', 'bela@example.test'],
    availabilitySeconds: 30,
  });
  const events = await follow<Changed>(CHANGED, { id });
  await next(events);
  let last = await advanceUntilNext(events, clock);
  while (!last.isTerminal) last = await advanceUntilNext(events, clock);
  assert.notEqual(last.twoFactorMessage.outcome, 'APPROVED');
  assert.equal(last.twoFactorMessage.state, 'FINISHED');
});

test('an answer within the grace time after expiry still counts', async (t) => {
  const { send, follow, clock } = await openMessaging2fa(t, { stepMs: 1_000 });
  const id = await send({ recipients: ['late@example.test'], availabilitySeconds: 10 });
  const events = await follow<Changed>(CHANGED, { id });
  let last = await next(events);
  while (!last.isTerminal) last = await advanceUntilNext(events, clock);
  assert.equal(last.twoFactorMessage.outcome, 'APPROVED');
});

test("somebody else's message cannot be watched, read, cancelled or refreshed, and looks unknown", async (t) => {
  const { send, run, follow, simulator } = await openMessaging2fa(t);
  const id = await send();
  simulator.control.resetCalls();
  for (const caller of [{ subject: 'mallory' }, { tenant: 'other' }]) {
    await assert.rejects(follow(CHANGED, { id }, caller), {
      extensions: { code: 'NOT_FOUND', isRetryable: false, input: ['id'] },
    });
    const query =
      'query ($id: ID!) { twoFactorMessage(id: $id) { id } twoFactorMessages { edges { node { id } } } }';
    const { data } = await run(query, { id }, caller);
    assert.deepEqual(data, { twoFactorMessage: null, twoFactorMessages: { edges: [] } });
    for (const [mutation, field] of [
      [CANCEL, 'cancelTwoFactorMessage'],
      [REFRESH, 'refreshTwoFactorMessage'],
    ] as const) {
      const answer = await run<Record<string, { problem: { code: string } }>>(
        mutation,
        { input: { id } },
        caller,
      );
      assert.equal(answer.data[field]?.problem.code, 'NOT_FOUND');
    }
    const entity = await run<{ _entities: unknown[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on TwoFactorMessage { id } } }',
      { r: [{ __typename: 'TwoFactorMessage', id: globalId('TwoFactorMessage', id) }] },
      caller,
    );
    assert.deepEqual(entity.data._entities, [null]);
  }
  assert.deepEqual(simulator.control.calls(), {});
});

async function advanceUntilNext(
  events: Events,
  clock: { advance(ms: number): Promise<void> },
): Promise<Changed['twoFactorMessageChanged']> {
  let settled = false;
  const waiting = next(events).finally(() => (settled = true));
  while (!settled) await clock.advance(500);
  return waiting;
}
