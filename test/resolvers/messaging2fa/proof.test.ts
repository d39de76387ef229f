import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMessaging2fa } from './open.js';
import type { Messaging2faUnderTest } from './open.js';

const A = 'a@example.test';
const B = 'b@example.test';
const OTHER = 'other@example.test';
const MESSAGE = '{ id all: outcome(rule: ALL) any: outcome(rule: ANY) recipients { userId } }';
const SEND = `mutation ($input: SendTwoFactorMessageInput!) { sendTwoFactorMessage(input: $input) { twoFactorMessage ${MESSAGE} problem { code path reference } } }`;
const REFRESH = `mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { twoFactorMessage ${MESSAGE} problem { code path reference } } }`;
const READ = `query ($id: ID!) { twoFactorMessage(id: $id) ${MESSAGE} }`;

interface Message {
  readonly id: string;
  readonly all: string;
  readonly any: string;
  readonly recipients: readonly { readonly userId: string }[];
}

interface Payload {
  readonly twoFactorMessage: Message | null;
  readonly problem: {
    readonly code: string;
    readonly path: string[] | null;
    readonly reference: string | null;
  } | null;
}

type Statuses = Readonly<Record<string, string>>;

/** The subgraph, and a provider whose next answer says what a test wants. */
async function openScripted(t: Parameters<typeof openMessaging2fa>[0]) {
  const subgraph = await openMessaging2fa(t);
  const { run, clock, simulator } = subgraph;
  const answers = (operation: string, messageId: string, statuses: Statuses, status = 200): void => {
    const recipients = Object.entries(statuses).map(([userId, value]) => ({ userId, status: value }));
    const expirationDate = new Date(clock.now() + 300_000).toISOString();
    const body = JSON.stringify({ messageId, expirationDate, secureId: 'a1b2', recipients });
    simulator.control.injectFault({ operation, status, body });
  };
  const payloadOf = async (document: string, variables: object): Promise<Payload> => {
    const { data, errors } = await run<Record<string, Payload>>(document, { ...variables });
    assert.deepEqual(errors, undefined);
    const [payload] = Object.values(data);
    assert(payload);
    return payload;
  };
  return {
    ...subgraph,
    payloadOf,
    send: (messageId: string, recipients: readonly string[], statuses: Statuses, status?: number) => {
      answers('sendMessage', messageId, statuses, status);
      return payloadOf(SEND, { input: { recipients } });
    },
    sendAsIs: (recipients: readonly string[]) => payloadOf(SEND, { input: { recipients } }),
    refresh: (id: string, statuses: Statuses, answered = id) => {
      answers('trackMessage', answered, statuses);
      return payloadOf(REFRESH, { id });
    },
    read: (id: string) => readMessage(subgraph, id),
  };
}

async function readMessage({ run }: Messaging2faUnderTest, id: string): Promise<Message | null> {
  const { data } = await run<{ twoFactorMessage: Message | null }>(READ, { id });
  return data.twoFactorMessage;
}

for (const date of ['soon', '2017-05-31 14:45:35 UTC', '', 7, null])
  test(`an approval is told whatever the provider says of the time, such as ${JSON.stringify(date)}`, async (t) => {
    const subgraph = await openScripted(t);
    const answers = (operation: string, messageId: string, status: string) =>
      subgraph.simulator.control.injectFault({
        operation,
        status: 200,
        body: JSON.stringify({ messageId, expirationDate: date, recipients: [{ userId: A, status }] }),
      });
    answers('sendMessage', 'm1', 'PENDING');
    const sent = await subgraph.payloadOf(SEND, { input: { recipients: [A] } });
    assert.deepEqual([sent.problem, sent.twoFactorMessage?.all], [null, 'PENDING']);
    answers('trackMessage', 'm1', 'APPROVED');
    const refreshed = await subgraph.payloadOf(REFRESH, { id: sent.twoFactorMessage?.id });
    assert.deepEqual([refreshed.problem, refreshed.twoFactorMessage?.all], [null, 'APPROVED']);
  });

const foreign: readonly [asked: string[], answered: Statuses][] = [
  [[A], { [OTHER]: 'APPROVED' }],
  [[A, B], { [A]: 'PENDING', [OTHER]: 'APPROVED' }],
  [[A, B], { [OTHER]: 'APPROVED', 'third@example.test': 'APPROVED' }],
];
for (const [asked, answered] of foreign) {
  test(`of ${asked.join(' and ')}, the approval of ${Object.keys(answered).join(' and ')} is none`, async (t) => {
    const { send, refresh, read } = await openScripted(t);
    const sent = await send('m-1', asked, answered);
    if (sent.twoFactorMessage) assertOpen(sent.twoFactorMessage);
    else assert.equal(sent.problem?.code, 'OUTCOME_UNKNOWN');

    const pending = Object.fromEntries(asked.map((userId) => [userId, 'PENDING']));
    assert.equal((await send('m-2', asked, pending)).problem, null);
    const refreshed = await refresh('m-2', answered);
    if (refreshed.twoFactorMessage) assertOpen(refreshed.twoFactorMessage);
    const kept = await read('m-2');
    assert(kept);
    assertOpen(kept);
    assert.deepEqual(kept.recipients.map(({ userId }) => userId).sort(), asked);
  });
}

function assertOpen({ all, any }: Message): void {
  assert.deepEqual({ all, any }, { all: 'PENDING', any: 'PENDING' });
}

const partial: readonly [answered: Statuses, any: string][] = [
  [{ [A]: 'APPROVED' }, 'APPROVED'],
  [{ [B]: 'APPROVED' }, 'APPROVED'],
  [{}, 'PENDING'],
];
for (const [answered, any] of partial) {
  test(`of two that were asked, an answer that lists ${Object.keys(answered).join() || 'nobody'} is not the approval of all`, async (t) => {
    const { send, refresh, read } = await openScripted(t);
    await send('m-1', [A, B], { [A]: 'PENDING', [B]: 'PENDING' });
    await refresh('m-1', answered);
    const kept = await read('m-1');
    assert.equal(kept?.all, 'PENDING');
    assert.ok(kept.any === any || kept.any === 'PENDING');
  });
}

test('a person whom the provider writes with other capitals is the person that was asked', async (t) => {
  const { send, refresh, read } = await openScripted(t);
  await send('m-1', [A, B], { [A.toUpperCase()]: 'PENDING', [B]: 'PENDING' });
  await refresh('m-1', { [A.toUpperCase()]: 'APPROVED', [B]: 'APPROVED' });
  const kept = await read('m-1');
  assert.deepEqual([kept?.all, kept?.any], ['APPROVED', 'APPROVED']);
  assert.deepEqual(kept?.recipients.map(({ userId }) => userId).sort(), [A, B]);
});

const contradictions: readonly Statuses[] = [
  { [A]: 'DENIED', [A.toUpperCase()]: 'APPROVED' },
  { [A]: 'PENDING', [A.toUpperCase()]: 'APPROVED' },
  { [A.toUpperCase()]: 'APPROVED', [A]: 'CANCELLED' },
];
for (const answered of contradictions) {
  test(`a person of whom ${Object.values(answered).join(' and ')} is said has approved nothing`, async (t) => {
    const { send, refresh, read } = await openScripted(t);
    assert.equal((await send('m-1', [A], answered)).problem?.code, 'OUTCOME_UNKNOWN');
    await send('m-2', [A], { [A]: 'PENDING' });
    assert.equal((await refresh('m-2', answered)).problem?.code, 'PROVIDER_PROTOCOL');
    const kept = await read('m-2');
    assert(kept);
    assertOpen(kept);
  });
}

for (const [asked, answered] of [
  ['k@example.test', '\u212A@example.test'],
  ['i@example.test', '\u0130@example.test'],
] as const) {
  test(`${answered}, which looks like ${asked} when small, is somebody else`, async (t) => {
    const { send, refresh, read } = await openScripted(t);
    await send('m-1', [asked], { [asked]: 'PENDING' });
    await refresh('m-1', { [answered]: 'APPROVED' });
    const kept = await read('m-1');
    assert(kept);
    assertOpen(kept);
  });
}

for (const [before, later, outcome] of [
  ['DENIED', 'APPROVED', 'DENIED'],
  ['APPROVED', 'DENIED', 'APPROVED'],
  ['CANCELLED', 'APPROVED', 'NOT_APPROVED'],
] as const) {
  test(`what was decided as ${before} is answered so by every later refresh, though the provider says ${later}`, async (t) => {
    const { send, refresh, read } = await openScripted(t);
    await send('m-1', [A], { [A]: 'PENDING' });
    await refresh('m-1', { [A]: before });
    for (let time = 0; time < 2; time++) {
      const { twoFactorMessage } = await refresh('m-1', { [A]: later });
      assert.deepEqual([twoFactorMessage?.all, twoFactorMessage?.any], [outcome, outcome]);
    }
    const kept = await read('m-1');
    assert.deepEqual([kept?.all, kept?.any], [outcome, outcome]);
  });
}

for (const answered of ['m-2', 'M-1', 'm-1 ']) {
  test(`an answer about ${JSON.stringify(answered)} is none about m-1`, async (t) => {
    const { send, refresh, read } = await openScripted(t);
    await send('m-1', [A], { [A]: 'PENDING' });
    const { problem } = await refresh('m-1', { [A]: 'APPROVED' }, answered);
    assert.equal(problem?.code, 'PROVIDER_PROTOCOL');
    const kept = await read('m-1');
    assert(kept);
    assertOpen(kept);
  });
}

const inUse: readonly [title: string, asked: string[]][] = [
  ['the same people', [A]],
  ['other people', [B]],
  ['more people', [A, B]],
];
for (const [title, asked] of inUse) {
  test(`a message to ${title} whose id is in use does not show the approval of the other one`, async (t) => {
    const { clock, send, refresh, read } = await openScripted(t);
    await send('m-1', [A], { [A]: 'PENDING' });
    assert.equal((await refresh('m-1', { [A]: 'APPROVED' })).twoFactorMessage?.all, 'APPROVED');
    await clock.advance(1_000);
    const pending = Object.fromEntries(asked.map((userId) => [userId, 'PENDING']));
    const second = await send('m-1', asked, pending);
    assert.equal(second.twoFactorMessage, null);
    assert.equal(second.problem?.code, 'OUTCOME_UNKNOWN');
    assert.equal(second.problem.reference, 'm-1');
    assert.deepEqual((await read('m-1'))?.recipients, [{ userId: A }]);
  });
}

const decided: readonly [first: Statuses, then: Statuses, all: string, any: string][] = [
  [{ [A]: 'NO_DEVICE', [B]: 'PENDING' }, { [A]: 'NO_DEVICE', [B]: 'DENIED' }, 'NOT_APPROVED', 'PENDING'],
  [{ [A]: 'DENIED', [B]: 'PENDING' }, { [A]: 'DENIED', [B]: 'APPROVED' }, 'DENIED', 'PENDING'],
  [{ [A]: 'APPROVED', [B]: 'PENDING' }, { [A]: 'DENIED', [B]: 'DENIED' }, 'PENDING', 'APPROVED'],
];
for (const [first, then, all, any] of decided) {
  test(`${Object.values(first).join(', ')} and then ${Object.values(then).join(', ')}: what was decided stays`, async (t) => {
    const { send, refresh } = await openScripted(t);
    await send('m-1', [A, B], { [A]: 'PENDING', [B]: 'PENDING' });
    const before = (await refresh('m-1', first)).twoFactorMessage;
    assert.deepEqual([before?.all, before?.any], [all, any]);
    const after = (await refresh('m-1', then)).twoFactorMessage;
    for (const [was, is] of [
      [before?.all, after?.all],
      [before?.any, after?.any],
    ])
      if (was !== 'PENDING') assert.equal(is, was);
  });
}

test('nobody asked is an input error, and nothing is sent', async (t) => {
  const { sendAsIs, simulator } = await openScripted(t);
  for (const recipients of [[], [''], ['  ']]) {
    const { problem } = await sendAsIs(recipients);
    assert.equal(problem?.code, 'INVALID_INPUT');
    assert.deepEqual(problem.path?.slice(0, 2), ['input', 'recipients']);
  }
  assert.deepEqual(simulator.control.calls(), {});
});

test('one person is asked once, however often and however written', async (t) => {
  const { sendAsIs } = await openScripted(t);
  for (const recipients of [
    [A, A],
    [A, A.toUpperCase()],
    ['A@Example.test', A, 'a@EXAMPLE.TEST'],
  ]) {
    const { twoFactorMessage, problem } = await sendAsIs(recipients);
    if (problem) assert.equal(problem.code, 'INVALID_INPUT');
    else assert.equal(twoFactorMessage?.recipients.length, 1);
  }
});

for (const status of [201, 202, 299]) {
  test(`a send answered ${status} with a good body is a success, and with an odd one of unknown outcome`, async (t) => {
    const { send, sendAsIs, simulator } = await openScripted(t);
    assert.equal((await send('m-1', [A], { [A]: 'PENDING' }, status)).problem, null);
    simulator.control.injectFault({
      operation: 'sendMessage',
      status,
      body: '{"messageId": 1}',
      effect: true,
    });
    assert.equal((await sendAsIs([A])).problem?.code, 'OUTCOME_UNKNOWN');
  });
}
