import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageWatch, toMessageState } from '../../../src/providers/messaging2fa/message-watch.js';
import type { MessageState } from '../../../src/providers/messaging2fa/message-watch.js';

const EXPIRES_AT = 1_000_000;

function state(statuses: Record<string, string>, now = 0): MessageState {
  const recipients = Object.entries(statuses).map(([userId, status]) => ({ userId, status }));
  const asked = { recipients: Object.keys(statuses), type: 'authorization' as const };
  return toMessageState(asked, { expiresAt: EXPIRES_AT, recipients }, now);
}

const steps: [before: string, observed: string, kept: string, now: number][] = [
  ['PENDING', 'NOTIFIED', 'NOTIFIED', 0],
  ['PENDING', 'APPROVED', 'APPROVED', 0],
  ['NOTIFIED', 'PENDING', 'NOTIFIED', 0],
  ['DOWNLOADED', 'NOTIFIED', 'DOWNLOADED', 0],
  ['NOT_NOTIFIED', 'DOWNLOADED', 'DOWNLOADED', 0],
  ['APPROVED', 'PENDING', 'APPROVED', 0],
  ['APPROVED', 'DENIED', 'APPROVED', 0],
  ['CANCELLED', 'APPROVED', 'CANCELLED', 0],
  ['NOT_NOTIFIED', 'APPROVED', 'APPROVED', EXPIRES_AT],
  ['DOWNLOADED', 'A_NEW_STATUS', 'A_NEW_STATUS', 0],
];
for (const [before, observed, kept, now] of steps) {
  test(`${before} then ${observed} is ${kept}`, () => {
    const merged = messageWatch.merge(state({ a: before }, now), state({ a: observed }, now));
    assert.deepEqual(
      merged.recipients.map(({ status }) => status),
      [kept],
    );
  });
}

test('NOT_NOTIFIED is open until the message expires, and final from then on', () => {
  assert.equal(messageWatch.isTerminal(state({ a: 'NOT_NOTIFIED' }, EXPIRES_AT - 1)), false);
  assert.equal(messageWatch.isTerminal(state({ a: 'NOT_NOTIFIED' }, EXPIRES_AT)), true);
});

test('a message is finished when its last recipient is', () => {
  assert.equal(messageWatch.isTerminal(state({ a: 'APPROVED', b: 'DOWNLOADED' })), false);
  assert.equal(messageWatch.isTerminal(state({ a: 'APPROVED', b: 'NO_DEVICE' })), true);
  assert.equal(messageWatch.isTerminal(state({ a: 'APPROVED', b: 'A_NEW_STATUS' })), false);
});

test('each recipient with another status is told, and nothing else', () => {
  const before = state({ a: 'PENDING', b: 'PENDING', c: 'APPROVED' });
  const next = state({ a: 'PENDING', b: 'DENIED', c: 'APPROVED' });
  assert.deepEqual(messageWatch.describe(before, next), [{ userId: 'b', from: 'PENDING', to: 'DENIED' }]);
  assert.deepEqual(messageWatch.describe(undefined, state({ a: 'PENDING' })), [
    { userId: 'a', from: null, to: 'PENDING' },
  ]);
});

test('polls are a second apart at first and never more than five', () => {
  const open = state({ a: 'PENDING' });
  assert.equal(messageWatch.pollDelayMs(open, 0), 1_000);
  assert.equal(messageWatch.pollDelayMs(open, 29_999), 1_000);
  assert.equal(messageWatch.pollDelayMs(open, 30_000), 2_000);
  assert.equal(messageWatch.pollDelayMs(open, 3_600_000), 5_000);
});
