import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertBusinessError, startWorld, statuses } from './wire.js';

const STEP_MS = 1000;
const AVAILABILITY_S = 60;

interface Row {
  readonly userId: string;
  readonly type?: 'authorization' | 'message' | 'esign';
  /** Status at the POST and after each step. */
  readonly steps: readonly string[];
  /** Status at the moment of expiry. */
  readonly expired: string;
}

const ROWS: readonly Row[] = [
  { userId: 'approve@x.test', steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'APPROVED'], expired: 'APPROVED' },
  {
    userId: 'approve',
    type: 'message',
    steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'SEEN'],
    expired: 'SEEN',
  },
  {
    userId: 'Approve.all@x.test',
    type: 'esign',
    steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'SEEN'],
    expired: 'SEEN',
  },
  { userId: 'deny+1@x.test', steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'DENIED'], expired: 'DENIED' },
  {
    userId: 'deny-2@x.test',
    type: 'message',
    steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'SEEN'],
    expired: 'SEEN',
  },
  { userId: 'seen@x.test', steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'SEEN'], expired: 'SEEN' },
  { userId: 'notified@x.test', steps: ['PENDING', 'NOTIFIED', 'NOTIFIED'], expired: 'NOT_DOWNLOADED' },
  {
    userId: 'downloaded@x.test',
    steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'DOWNLOADED'],
    expired: 'NOT_SEEN',
  },
  {
    userId: 'nopush@x.test',
    steps: ['PENDING', 'NOT_NOTIFIED', 'DOWNLOADED', 'APPROVED'],
    expired: 'APPROVED',
  },
  {
    userId: 'nopush@x.test',
    type: 'message',
    steps: ['PENDING', 'NOT_NOTIFIED', 'DOWNLOADED', 'SEEN'],
    expired: 'SEEN',
  },
  {
    userId: 'unreached@x.test',
    steps: ['PENDING', 'PENDING', 'PENDING', 'PENDING'],
    expired: 'NOT_NOTIFIED',
  },
  { userId: 'nodevice@x.test', steps: ['NO_DEVICE', 'NO_DEVICE'], expired: 'NO_DEVICE' },
  { userId: 'disabled@x.test', steps: ['DISABLED', 'DISABLED'], expired: 'DISABLED' },
  { userId: 'failed@x.test', steps: ['FAILED', 'FAILED'], expired: 'FAILED' },
  {
    userId: 'late@x.test',
    steps: ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'DOWNLOADED'],
    expired: 'DOWNLOADED',
  },
];

for (const { userId, type = 'authorization', steps, expired } of ROWS) {
  test(`a ${type} to ${userId} goes ${steps.join(', ')} and is ${expired} at expiry`, async (t) => {
    const { wire, clock } = await startWorld(t, { stepMs: STEP_MS });
    const sent = await wire.send([userId], { type, availability: AVAILABILITY_S });
    const seen = [...statuses(sent)];
    for (let step = 1; step < steps.length; step++) {
      await clock.advance(STEP_MS);
      seen.push(...statuses(await wire.track(sent.messageId)));
    }
    assert.deepEqual(seen, steps);
    await clock.advance(AVAILABILITY_S * 1000 - (steps.length - 1) * STEP_MS);
    assert.deepEqual(statuses(await wire.track(sent.messageId)), [expired]);
  });
}

test('a late recipient answers one step after expiry, within the grace time of its sender', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: STEP_MS });
  const sent = await wire.send(['late@x.test'], { availability: 10 });
  const notice = await wire.send(['late@x.test'], { availability: 10, type: 'message' });
  await clock.advance(10_000 + STEP_MS - 1);
  assert.deepEqual(statuses(await wire.track(sent.messageId)), ['DOWNLOADED']);
  await clock.advance(1);
  assert.deepEqual(statuses(await wire.track(sent.messageId)), ['APPROVED']);
  assert.deepEqual(statuses(await wire.track(notice.messageId)), ['SEEN']);
});

test('a late recipient with slow steps still answers within the grace time', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: 45_000 });
  const sent = await wire.send(['late@x.test'], { availability: 300 });
  await clock.advance(300_000 + 59_999);
  assert.deepEqual(statuses(await wire.track(sent.messageId)), ['APPROVED']);
});

const BY_ITSELF = [
  'anna@example.test',
  'approved@x.test',
  'approver@x.test',
  'my.approve@x.test',
  'x@approve',
  '@approve',
  'pbmId1',
];

test('an id without a trigger stays PENDING until expiry and never becomes APPROVED by itself', async (t) => {
  const { wire, clock } = await startWorld(t);
  const sent = await wire.send(BY_ITSELF, { availability: 3600 });
  for (const [advanceMs, status] of [
    [0, 'PENDING'],
    [5_000, 'PENDING'],
    [3_594_999, 'PENDING'],
    [1, 'NOT_NOTIFIED'],
    [86_400_000, 'NOT_NOTIFIED'],
  ] as const) {
    await clock.advance(advanceMs);
    assert.deepEqual(
      statuses(await wire.track(sent.messageId)),
      BY_ITSELF.map(() => status),
    );
  }
});

test('what a recipient has not reached before expiry it does not reach', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: STEP_MS });
  const sent = await wire.send(['approve@x.test', 'late@x.test'], { availability: 2 });
  await clock.advance(600_000);
  assert.deepEqual(statuses(await wire.track(sent.messageId)), ['NOT_DOWNLOADED', 'NOT_DOWNLOADED']);
});

test('without steps a trigger waits for the control interface', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: 0 });
  const sent = await wire.send(['approve@x.test', 'nodevice@x.test'], { availability: 60 });
  await clock.advance(59_999);
  assert.deepEqual(statuses(await wire.track(sent.messageId)), ['PENDING', 'NO_DEVICE']);
});

test('each recipient of a message has a status of its own, in the order requested, repetitions kept', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: STEP_MS });
  const recipients = ['deny@x.test', 'anna@example.test', 'approve@x.test', 'anna@example.test'];
  const sent = await wire.send(recipients);
  await clock.advance(3 * STEP_MS);
  const tracked = await wire.track(sent.messageId);
  assert.deepEqual(
    tracked.recipients.map(({ userId }) => userId),
    recipients,
  );
  assert.deepEqual(statuses(tracked), ['DENIED', 'PENDING', 'APPROVED', 'PENDING']);
});

test('a recipient err420 makes the send answer 420 with the code in the subject and creates nothing', async (t) => {
  const { wire, control } = await startWorld(t);
  const asked = askingFor('err420@x.test');
  const subject = 'INSUFFICIENT_BALANCE';
  assertBusinessError(await wire.post({ ...asked, subject }), subject);
  assertBusinessError(await wire.post({ ...asked, subject: null }), 'ERROR');
  assert.deepEqual(control.messages(), []);
});

test('a recipient err500 makes the send answer 500 and creates nothing', async (t) => {
  const { wire, control } = await startWorld(t);
  const refused = await wire.post(askingFor('err500@x.test'));
  assert.equal(refused.status, 500);
  assert.deepEqual(control.messages(), []);
});

function askingFor(userId: string): object {
  return { recipients: ['anna@example.test', userId], availability: 60, type: 'authorization' };
}
