import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf } from './open.js';
import type { Answer } from './open.js';
import { openScripted } from './scripted.js';

const LIST =
  '{ safeBoxes { totalCount edges { node { guid subject unreadCount expiresAt hasAuditRecord isEmailNotificationEnabled } } } }';

const ODD: readonly [what: string, part: object, field: string][] = [
  ['a date of another form', { expiration: '2017-05-31 14:45:35 UTC' }, 'expiresAt'],
  ['a date that is empty', { expiration: '' }, 'expiresAt'],
  ['a count that is text', { unread_count: 'many' }, 'unreadCount'],
  ['a subject that is an object', { subject: { text: 'Contract' } }, 'subject'],
];
for (const [what, part, field] of ODD) {
  test(`${what} costs that field of that SafeBox alone, in the list and for those who follow it`, async (t) => {
    const box = (guid: string, rest = {}) => ({
      safebox: {
        guid,
        status: 'in_progress',
        subject: 'Contract',
        unread_count: 1,
        expiration: '2017-05-31T14:45:35.000Z',
        ...rest,
      },
    });
    const { ask, signIn, follow } = await openScripted(t, () => ({
      count: 3,
      safeboxes: [box('a'), box('b', part), box('c')],
      next_page_url: null,
    }));
    await signIn();
    const { safeBoxes } = await ask(LIST);
    const nodes = listOf(safeBoxes.edges).map(({ node }) => node as Answer);
    assert.deepEqual(
      nodes.map((node) => node[field] === null),
      [false, true, false],
    );
    assert.deepEqual(
      nodes.map(({ guid }) => guid),
      ['a', 'b', 'c'],
    );
    const events = await follow<Answer>('subscription { safeBoxInboxChanged { openCount } }');
    const { value } = await events.next();
    assert.equal(value.data['safeBoxInboxChanged'].openCount, 3);
  });
}

test('a SafeBox whose status is odd is shown as of an unknown status, and the others as they are', async (t) => {
  for (const status of [5, null, {}]) {
    const { ask, signIn } = await openScripted(t, () => ({
      count: 2,
      safeboxes: [{ safebox: { guid: 'a', status } }, { safebox: { guid: 'b', status: 'closed' } }],
      next_page_url: null,
    }));
    await signIn();
    const { safeBoxes } = await ask('{ safeBoxes { edges { node { guid status } } } }');
    assert.deepEqual(
      listOf(safeBoxes.edges).map(({ node }) => node),
      [
        { guid: 'a', status: 'UNKNOWN' },
        { guid: 'b', status: 'CLOSED' },
      ],
    );
  }
});
