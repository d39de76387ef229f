import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from './open.js';
import { openScripted, Refusal } from './scripted.js';

const SUBMIT =
  'mutation ($input: SubmitSafeBoxInput!) { submitSafeBox(input: $input) { problem { code reason path } } }';
const INPUT = {
  subject: 'Contract',
  message: 'Hello',
  securityProfileId: '10',
  recipients: [{ email: 'a@ext.example' }, { email: 'b@ext.example' }],
  securityOptions: { expirationValue: 7, expirationUnit: 'DAYS' },
};

const SAID: readonly (readonly [
  attribute: string,
  text: string,
  reason: string | null,
  ...path: string[],
])[] = [
  ['language', 'cannot be blank', 'BLANK', 'notificationLanguage'],
  ['subject', "can't be blank", 'BLANK', 'subject'],
  ['subject', 'is too long (maximum is 255 characters)', 'TOO_LONG', 'subject'],
  ['message', 'is too short (minimum is 3 characters)', 'TOO_SHORT', 'message'],
  ['expiration_value', 'must be less than 366', 'OUT_OF_RANGE', 'securityOptions', 'expirationValue'],
  [
    'expiration_value',
    'must be greater than or equal to 1',
    'OUT_OF_RANGE',
    'securityOptions',
    'expirationValue',
  ],
  ['expiration_value', 'is invalid', 'OUT_OF_RANGE', 'securityOptions', 'expirationValue'],
  ['expiration_date', 'is invalid', 'OUT_OF_RANGE', 'securityOptions', 'expirationValue'],
  ['retention_period_value', 'is invalid', 'OUT_OF_RANGE', 'securityOptions', 'retentionPeriodValue'],
  ['expiration_unit', 'is not included in the list', 'NOT_ALLOWED', 'securityOptions', 'expirationUnit'],
  ['reply_enabled', 'cannot be modified', 'NOT_MODIFIABLE', 'securityOptions', 'isReplyEnabled'],
  ['email', 'is not a valid email', 'MALFORMED', 'recipients'],
  ['security_profile_id', 'is invalid', 'REFUSED', 'securityProfileId'],
  ['subject', 'est trop long', null, 'subject'],
  ['subject', 'is a haiku', null, 'subject'],
];

for (const [attribute, text, reason, ...path] of SAID) {
  test(`what the provider says of a value, "${attribute} ${text}", is told as ${reason ?? 'no reason'} where it stands`, async (t) => {
    const { ask, signIn } = await openScripted(t, ({ line }) =>
      line === 'GET /safeboxes/new'
        ? { guid: '0a11ce00000000000000000000000009', public_encryption_key: null, upload_url: null }
        : new Refusal(400, {
            error: 'Some entered values are incorrect.',
            attributes: { [attribute]: [text] },
          }),
    );
    await signIn();
    const { submitSafeBox } = await ask(SUBMIT, { input: INPUT });
    assert.deepEqual(submitSafeBox.problem, { code: 'INVALID_INPUT', reason, path: ['input', ...path] });
  });
}

test('a user whom the account does not have is refused where they are named', async (t) => {
  const { ask, signIn } = await openScripted(t, () => new Refusal(400, { error: 'User email not found' }));
  await signIn();
  const { submitSafeBox } = await ask(SUBMIT, { input: { ...INPUT, userEmail: 'nobody@acme.example' } });
  assert.deepEqual(submitSafeBox.problem, {
    code: 'INVALID_INPUT',
    reason: 'NOT_ALLOWED',
    path: ['input', 'userEmail'],
  });
});

test('a SafeBox that a list holds twice is told once, in its first place, and the page is counted as before', async (t) => {
  const box = (guid: string) => ({ safebox: { guid, status: 'in_progress' } });
  const { ask, signIn } = await openScripted(t, () => ({
    count: 5,
    safeboxes: ['a', 'b', 'a', 'c', 'b'].map(box),
    next_page_url: null,
  }));
  await signIn();
  const { safeBoxes } = await ask(
    '{ safeBoxes(first: 5) { totalCount edges { cursor node { guid } } pageInfo { hasNextPage endCursor } } }',
  );
  const edges = safeBoxes.edges as Answer[];
  assert.deepEqual(
    edges.map(({ node }) => node.guid as string),
    ['a', 'b', 'c'],
  );
  assert.equal(safeBoxes.pageInfo.hasNextPage, false);
  assert.equal(safeBoxes.pageInfo.endCursor, edges.at(-1)?.['cursor']);
});
