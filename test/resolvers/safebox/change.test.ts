import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf, openSafebox, SEEDED } from './open.js';
import type { Answer } from './open.js';

const SUBMIT = /* GraphQL */ `
  mutation ($input: SubmitSafeBoxInput!) {
    submitSafeBox(input: $input) {
      safeBoxId
      encryptionKey
      previewUrl
      safeBox {
        subject
        status
        participants {
          email
        }
        messages {
          note
          documents {
            name
          }
        }
      }
      problem {
        code
        path
      }
    }
  }
`;

const CONTENT = { subject: 'Contract', message: 'Please sign', recipients: [{ email: 'bo+x@ext.example' }] };

test('a SafeBox is opened as one command, with a small file in any script', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  simulator.control.resetCalls();
  const files = [{ fileName: 'договір "1".txt', contentBase64: Buffer.from('hello').toString('base64') }];
  const { submitSafeBox } = await ask(SUBMIT, { input: { ...CONTENT, files } });
  assert.equal(submitSafeBox.problem, null);
  assert.equal(submitSafeBox.safeBox.status, 'IN_PROGRESS');
  assert.equal(submitSafeBox.encryptionKey, null);
  assert.deepEqual(
    listOf(submitSafeBox.safeBox.participants).map(({ email }) => email),
    ['ada@acme.example', 'bo+x@ext.example'],
  );
  assert.equal(submitSafeBox.safeBox.messages[0].documents.length, 1);
  assert.match(submitSafeBox.safeBox.messages[0].documents[0].name, /^договір/);
  const calls = simulator.control.calls();
  assert.equal(calls['commitSafebox'], 1);
  assert.equal(calls['uploadFile'], 1);
  assert.equal(calls['tokenSentToFileServer'], undefined);
});

test('the same idempotency key opens one SafeBox, and tells the key of the participants once', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  const input = {
    ...CONTENT,
    securityProfileId: '11',
    recipients: [
      {
        email: 'bo@ext.example',
        contactMethods: [{ destination: '+15145550000', destinationType: 'CELL_PHONE' }],
      },
    ],
    idempotencyKey: 'one',
  };
  const { submitSafeBox: first } = await ask(SUBMIT, { input });
  assert.equal(first.problem, null);
  assert.ok(String(first.encryptionKey).length > 40);
  assert.ok(String(first.previewUrl).includes('?k='));
  const { submitSafeBox: second } = await ask(SUBMIT, { input });
  assert.equal(second.safeBoxId, first.safeBoxId);
  assert.equal(second.encryptionKey, null);
  assert.equal(second.previewUrl, null);
  assert.equal(simulator.control.calls()['commitSafebox'], 1);
  const { submitSafeBox: other } = await ask(SUBMIT, { input: { ...input, subject: 'Another' } });
  assert.equal(other.problem.code, 'IDEMPOTENCY_MISMATCH');
});

test('the key of the participants is for callers with its scope, and nothing is opened for others who ask for it', async (t) => {
  const { run, signIn, simulator } = await openSafebox(t);
  await signIn();
  simulator.control.resetCalls();
  const scopes = ['safebox:read', 'safebox:write'];
  const { errors } = await run(SUBMIT, { input: CONTENT }, { scopes });
  assert.deepEqual(
    errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']]),
    [['submitSafeBox', 'FORBIDDEN']],
  );
  assert.deepEqual(simulator.control.calls(), {});
});

const MOMENT = { expirationDate: '2099-12-31', expirationTime: '18:00:00', expirationTimeZone: '+01:00' };
const WRONG_MOMENTS: [object, string][] = [
  [{ expirationDate: '2099-12-31' }, 'expirationTime'],
  [{ ...MOMENT, expirationDate: '2099-13-31' }, 'expirationDate'],
  [{ ...MOMENT, expirationTime: '18:00' }, 'expirationTime'],
  [{ ...MOMENT, expirationTimeZone: 'CET' }, 'expirationTimeZone'],
  [{ ...MOMENT, expirationValue: 3, expirationUnit: 'DAYS' }, 'expirationValue'],
];

test('what breaks a rule is refused by name, and nothing is sent', async (t) => {
  const { ask, signIn, simulator } = await openSafebox(t);
  await signIn();
  const cases: [object, string, string[]][] = [
    [{ recipients: [] }, 'INVALID_INPUT', ['input', 'recipients']],
    [{ message: ' ' }, 'INVALID_INPUT', ['input', 'message']],
    [
      { recipients: [{ email: 'somebody@ext.example' }, { email: 'nobody' }] },
      'INVALID_INPUT',
      ['input', 'recipients', '1', 'email'],
    ],
    ...WRONG_MOMENTS.map(([securityOptions, field]): [object, string, string[]] => [
      { securityOptions },
      'INVALID_INPUT',
      ['input', 'securityOptions', field],
    ]),
    [
      { files: [{ fileName: 'a', contentBase64: '***' }] },
      'INVALID_INPUT',
      ['input', 'files', '0', 'contentBase64'],
    ],
    [
      { files: [{ fileName: 'a', contentBase64: 'A'.repeat(1_400_004) }] },
      'TOO_LARGE',
      ['input', 'files', '0', 'contentBase64'],
    ],
    [{ uploads: ['unknown'] }, 'NOT_FOUND', ['input', 'uploads', '0']],
  ];
  simulator.control.resetCalls();
  for (const [change, code, path] of cases) {
    const { submitSafeBox } = await ask(SUBMIT, { input: { ...CONTENT, ...change } });
    assert.deepEqual(submitSafeBox.problem, { code, path });
  }
  assert.deepEqual(simulator.control.calls(), {});
});

test("the provider's refusals are problems in our words", async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const { submitSafeBox: denied } = await ask(SUBMIT, { input: { ...CONTENT, subject: '#error:403' } });
  assert.equal(denied.problem.code, 'FORBIDDEN');
  const { submitSafeBox: failed } = await ask(SUBMIT, { input: { ...CONTENT, subject: '#error:500' } });
  assert.equal(failed.problem.code, 'OUTCOME_UNKNOWN');
  const { submitSafeBox: invalid } = await ask(SUBMIT, { input: { ...CONTENT, securityProfileId: '99' } });
  assert.deepEqual(invalid.problem, { code: 'INVALID_INPUT', path: ['input', 'securityProfileId'] });
});

test('the life of a SafeBox is led through the graph', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const act = async (
    field: string,
    args = '',
    select = 'safeBox { status unreadCount expiresAt }',
  ): Promise<Answer> => {
    const document = `mutation ($id: ID!) { ${field}(input: { id: $id${args} }) { ${select} problem { code } } }`;
    return (await ask(document, { id: SEEDED.open }))[field];
  };
  assert.equal((await act('markSafeBoxAsRead')).safeBox.unreadCount, 0);
  assert.ok((await act('markSafeBoxAsUnread')).safeBox.unreadCount > 0);
  const { safeBox } = await ask('query ($id: ID!) { safeBox(id: $id) { expiresAt messages { id } } }', {
    id: SEEDED.open,
  });
  const messageId = listOf(safeBox.messages).at(-1)?.id;
  const read = await act('markSafeBoxMessageAsRead', `, messageId: "${messageId}"`);
  const unread = await act('markSafeBoxMessageAsUnread', `, messageId: "${messageId}"`);
  assert.equal(unread.safeBox.unreadCount, read.safeBox.unreadCount + 1);
  const longer = await act('addTimeToSafeBox', ', value: 2, unit: DAYS');
  assert.equal(Date.parse(longer.safeBox.expiresAt) - Date.parse(safeBox.expiresAt), 2 * 86_400_000);
  assert.equal((await act('addTimeToSafeBox', ', value: 0, unit: DAYS')).problem.code, 'INVALID_INPUT');
  assert.equal((await act('addTimeToSafeBox', ', value: 1, unit: YEARS')).problem.code, 'INVALID_INPUT');
  assert.equal((await act('unfollowSafeBox')).problem, null);
  assert.equal((await act('followSafeBox')).problem, null);
  const replied = await act('replyToSafeBox', ', message: "Thanks"', 'safeBox { messages { note } }');
  assert.equal(listOf(replied.safeBox.messages).at(-1)?.note, 'Thanks');
  assert.equal((await act('deleteSafeBoxContent')).problem.code, 'CONFLICT');
  assert.equal((await act('closeSafeBox')).safeBox.status, 'CLOSED');
  assert.equal((await act('closeSafeBox')).problem.code, 'ALREADY_COMPLETED');
  assert.equal((await act('deleteSafeBoxContent')).safeBox.status, 'CONTENT_DELETED');
});

test('participants are added, changed, locked out, and lose telephone numbers', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const PARTICIPANT =
    'participant { id firstName lastName guestOptions { isLocked contactMethods { id destination } } } problem { code path }';
  const { createSafeBoxParticipant: created } = await ask(
    `mutation ($input: CreateSafeBoxParticipantInput!) { createSafeBoxParticipant(input: $input) { ${PARTICIPANT} } }`,
    {
      input: {
        safeBoxId: SEEDED.open,
        participant: {
          email: 'new@ext.example',
          firstName: 'New',
          contactMethods: [
            { destination: '+15145550001', destinationType: 'CELL_PHONE' },
            { destination: '+15145550002', destinationType: 'HOME_PHONE' },
          ],
        },
      },
    },
  );
  assert.equal(created.problem, null);
  const { id, guestOptions } = created.participant;
  const UPDATE = `mutation ($input: UpdateSafeBoxParticipantInput!) { updateSafeBoxParticipant(input: $input) { ${PARTICIPANT} } }`;
  const { updateSafeBoxParticipant: updated } = await ask(UPDATE, {
    input: { safeBoxId: SEEDED.open, participantId: id, lastName: 'Comer', isLocked: true },
  });
  assert.equal(updated.participant.firstName, 'New');
  assert.equal(updated.participant.lastName, 'Comer');
  assert.equal(updated.participant.guestOptions.isLocked, true);
  const { deleteSafeBoxParticipantContactMethods: removed } = await ask(
    `mutation ($input: DeleteSafeBoxParticipantContactMethodsInput!) { deleteSafeBoxParticipantContactMethods(input: $input) { ${PARTICIPANT} } }`,
    {
      input: {
        safeBoxId: SEEDED.open,
        participantId: id,
        contactMethodIds: [guestOptions.contactMethods[0].id],
      },
    },
  );
  assert.deepEqual(removed.participant.guestOptions.contactMethods, [guestOptions.contactMethods[1]]);
});

test('favorites are kept, changed, lose telephone numbers, and go', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const FAVORITE =
    'favorite { id email companyName orderNumber contactMethods { id } } problem { code path }';
  const { createSafeBoxFavorite: created } = await ask(
    `mutation ($input: CreateSafeBoxFavoriteInput!) { createSafeBoxFavorite(input: $input) { ${FAVORITE} } }`,
    {
      input: {
        favorite: {
          email: 'fav@ext.example',
          contactMethods: [{ destination: '+15145550003', destinationType: 'OFFICE_PHONE' }],
        },
      },
    },
  );
  const { id, contactMethods } = created.favorite;
  const { updateSafeBoxFavorite: updated } = await ask(
    `mutation ($input: UpdateSafeBoxFavoriteInput!) { updateSafeBoxFavorite(input: $input) { ${FAVORITE} } }`,
    { input: { id, companyName: 'Ext', orderNumber: 1 } },
  );
  assert.deepEqual([updated.favorite.companyName, updated.favorite.orderNumber], ['Ext', 1]);
  assert.equal(updated.favorite.contactMethods.length, 1);
  const { deleteSafeBoxFavoriteContactMethods: removed } = await ask(
    `mutation ($input: DeleteSafeBoxFavoriteContactMethodsInput!) { deleteSafeBoxFavoriteContactMethods(input: $input) { ${FAVORITE} } }`,
    { input: { id, contactMethodIds: [contactMethods[0].id] } },
  );
  assert.deepEqual(removed.favorite.contactMethods, []);
  const { person } = await ask('{ person(email: "fav@ext.example") { safeBoxFavorite { id } } }');
  assert.equal(person.safeBoxFavorite.id, id);
  const DELETE =
    'mutation ($id: ID!) { deleteSafeBoxFavorite(input: { id: $id }) { deletedId problem { code } } }';
  assert.deepEqual(await ask(DELETE, { id }), { deleteSafeBoxFavorite: { deletedId: id, problem: null } });
  const { deleteSafeBoxFavorite: again } = await ask(DELETE, { id });
  assert.equal(again.problem.code, 'NOT_FOUND');
});
