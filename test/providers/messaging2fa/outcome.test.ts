import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageType } from '../../../src/providers/messaging2fa/message.js';
import { outcomeOf } from '../../../src/providers/messaging2fa/outcome.js';
import { isFinalStatus } from '../../../src/providers/messaging2fa/status.js';

const cases: [type: MessageType, statuses: string, all: string, any: string][] = [
  ['authorization', 'PENDING', 'PENDING', 'PENDING'],
  ['authorization', 'APPROVED', 'APPROVED', 'APPROVED'],
  ['authorization', 'APPROVED PENDING', 'PENDING', 'APPROVED'],
  ['authorization', 'APPROVED DENIED', 'DENIED', 'APPROVED'],
  ['authorization', 'DENIED PENDING', 'DENIED', 'PENDING'],
  ['authorization', 'DENIED NO_DEVICE', 'DENIED', 'DENIED'],
  ['authorization', 'NO_DEVICE DOWNLOADED', 'NOT_APPROVED', 'PENDING'],
  ['authorization', 'CANCELLED NOT_SEEN', 'NOT_APPROVED', 'NOT_APPROVED'],
  ['authorization', 'SEEN', 'NOT_APPROVED', 'NOT_APPROVED'],
  ['authorization', 'approved', 'PENDING', 'PENDING'],
  ['authorization', 'A_NEW_STATUS APPROVED', 'PENDING', 'APPROVED'],
  ['authorization', '', 'PENDING', 'NOT_APPROVED'],
  ['message', 'SEEN', 'SEEN', 'SEEN'],
  ['message', 'SEEN PENDING', 'PENDING', 'SEEN'],
  ['message', 'SEEN NOT_SEEN', 'NOT_APPROVED', 'SEEN'],
  ['esign', 'APPROVED', 'APPROVED', 'APPROVED'],
  ['esign', 'DENIED', 'DENIED', 'DENIED'],
];
for (const [type, statuses, all, any] of cases) {
  test(`${type} with ${statuses || 'nobody'} is ${all} for ALL and ${any} for ANY`, () => {
    const recipients = statuses
      .split(' ')
      .filter((status) => status !== '')
      .map((status, index) => ({
        userId: `p${index}@b.test`,
        status,
        isFinal: isFinalStatus(status, false),
      }));
    assert.equal(outcomeOf(recipients, 'ALL', { type, isEnded: false }), all);
    assert.equal(outcomeOf(recipients, 'ANY', { type, isEnded: false }), any);
  });
}

test('what is still open when the time is over is not approved', () => {
  const recipients = [{ userId: 'a@b.test', status: 'DOWNLOADED', isFinal: false }];
  const over = { type: 'authorization', isEnded: true } as const;
  assert.equal(outcomeOf(recipients, 'ALL', over), 'NOT_APPROVED');
  assert.equal(outcomeOf(recipients, 'ANY', over), 'NOT_APPROVED');
});
