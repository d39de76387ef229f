import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADA, ENTERPRISE, openRaw, refusedWith, SESSION } from './open.js';
import type { Said } from './open.js';

const BOX = { guid: 'b1', status: 'in_progress' };

test('what the provider leaves out, says as null, or adds, is read as absent, absent and nothing', async (t) => {
  let box: object = {};
  const { client } = await openRaw(t, () => ({ body: { safebox: { ...BOX, ...box, participants: [] } } }));
  const read = () => client.boxes.info(SESSION, 'b1', ['participants']);
  const absent = await read();
  box = Object.fromEntries(
    ['subject', 'user_id', 'unread_count', 'audit_record_pdf', 'expiration', 'closed_at'].map((name) => [
      name,
      null,
    ]),
  );
  assert.deepEqual(await read(), absent);
  assert.deepEqual([absent.subject, absent.userId, absent.hasAuditRecord], [null, null, false]);
  box = {
    status: 'a_new_status',
    some_new_field: { deep: [1] },
    user_id: 7,
    audit_record_pdf: 'https://x/y',
  };
  const { status, userId, hasAuditRecord, ...rest } = await read();
  assert.deepEqual([status, userId, hasAuditRecord], ['a_new_status', '7', true]);
  assert.equal(JSON.stringify(rest).includes('deep'), false);
});

test('an id is text to us, whether it came as a number or as text', async (t) => {
  const ids = [7, '7', 'a1b2', '00012345678901234567890'];
  const { client } = await openRaw(t, () => ({
    body: {
      messages: ids.map((id) => ({ id, author_id: id })),
    },
  }));
  const messages = await client.boxes.section(SESSION, 'b1', 'messages');
  assert.deepEqual(
    messages.map(({ id, authorId }) => [id, authorId]),
    ids.map((id) => [String(id), String(id)]),
  );
});

test('an id goes back in the type it came in, and nulls are not sent at all', async (t) => {
  const { client, seen } = await openRaw(t, () => ({ body: { id: 'p 1', email: 'bob@ext.example' } }));
  await client.people.updateParticipant(SESSION, 'b1', 'p 1', {
    email: 'bob@ext.example',
    firstName: null,
    companyName: undefined,
    contactMethods: [
      { id: '12', destination: '+1', destinationType: 'cell_phone' },
      { id: 'x9', remove: true },
      { destination: '+2', destinationType: null },
    ],
  });
  assert.equal(seen[0]?.method, 'PATCH');
  assert.equal(seen[0].url, '/api/v2/safeboxes/b1/participants/p%201?locale=en');
  assert.deepEqual(JSON.parse(seen[0].body), {
    participant: {
      email: 'bob@ext.example',
      contact_methods: [
        { id: 12, destination: '+1', destination_type: 'cell_phone' },
        { id: 'x9', _destroy: true },
        { destination: '+2' },
      ],
    },
  });
});

test('a change that needs nothing but the id is a PATCH with an empty body', async (t) => {
  const { client, seen } = await openRaw(t, () => ({ body: { result: true } }));
  const actions = ['close', 'deleteContent', 'markAsRead', 'markAsUnread', 'follow', 'unfollow'] as const;
  for (const action of actions) await client.boxes.act(SESSION, 'b1', action);
  await client.boxes.markMessage(SESSION, 'b1', '5', true);
  await client.boxes.markMessage(SESSION, 'b1', '5', false);
  assert.deepEqual(
    seen.map(({ method, url, body, headers }) => [
      method,
      url,
      body,
      headers['content-type'],
      headers['authorization-token'],
    ]),
    [
      ...['close', 'delete_content', 'mark_as_read', 'mark_as_unread', 'follow', 'unfollow'],
      'messages/5/read',
      'messages/5/unread',
    ].map((place) => [
      'PATCH',
      `/api/v2/safeboxes/b1/${place}?locale=en`,
      '',
      'application/json',
      SESSION.token,
    ]),
  );
});

test('an answer that says result false is a conflict, whatever its status', async (t) => {
  const said: Said[] = [
    { body: { result: false, message: 'upstream words' } },
    { status: 400, body: { result: false, message: 'upstream words' } },
  ];
  const { client } = await openRaw(t, () => said.shift());
  await assert.rejects(client.boxes.act(SESSION, 'b1', 'close'), refusedWith({ code: 'CONFLICT' }));
  await assert.rejects(client.boxes.act(SESSION, 'b1', 'close'), refusedWith({ code: 'CONFLICT' }));
});

const REFUSALS: readonly [said: Said, expected: Parameters<typeof refusedWith>[0]][] = [
  [
    { status: 400, body: { message: 'upstream words', attributes: { expiration_date: ['upstream words'] } } },
    { code: 'INVALID_INPUT', path: ['expirationDate'], providerCode: 'HTTP_400' },
  ],
  [
    { status: 400, body: { attributes: { language: ['upstream words'] } } },
    { code: 'INVALID_INPUT', path: ['notificationLanguage'] },
  ],
  [
    { status: 400, body: { attributes: { 'upstream words': ['x'] } } },
    { code: 'INVALID_INPUT', path: undefined },
  ],
  [
    { status: 400, body: { error: 'upstream words' } },
    { code: 'PROVIDER_REJECTED', providerCode: 'HTTP_400' },
  ],
  [{ status: 400, body: 'upstream words' }, { code: 'PROVIDER_REJECTED' }],
  [
    { status: 422, body: { result: false } },
    { code: 'CONFLICT', providerCode: 'HTTP_422' },
  ],
  [
    { status: 401, body: { message: 'upstream words' } },
    { code: 'CREDENTIAL_EXPIRED', providerCode: 'HTTP_401' },
  ],
  [{ status: 403, body: { message: 'upstream words' } }, { code: 'FORBIDDEN' }],
  [{ status: 404, body: { message: 'upstream words' } }, { code: 'NOT_FOUND' }],
  [{ status: 500, body: 'upstream words' }, { code: 'OUTCOME_UNKNOWN' }],
  [{ status: 200, body: 'upstream words' }, { code: 'OUTCOME_UNKNOWN' }],
  [{ status: 200, body: { result: 'upstream words' } }, { code: 'OUTCOME_UNKNOWN' }],
];

test('every refusal is a problem of ours, and says none of the words of the provider', async (t) => {
  let said: Said = {};
  const { client } = await openRaw(t, () => said);
  for (const [answer, expected] of REFUSALS) {
    said = answer;
    await assert.rejects(
      client.boxes.act(SESSION, 'b1', 'close'),
      refusedWith(expected),
      JSON.stringify(answer),
    );
  }
  said = { status: 401 };
  await assert.rejects(
    client.boxes.act(ENTERPRISE, 'b1', 'close'),
    refusedWith({ code: 'PROVIDER_UNAUTHENTICATED' }),
  );
});

test('a sign-in is decided by its body: neither its status nor words decide', async (t) => {
  let said: Said = {};
  const { client, seen } = await openRaw(t, () => said);
  const cases: readonly [Said, Parameters<typeof refusedWith>[0]][] = [
    [
      { status: 200, body: { result: false, code: 102, message: 'upstream words' } },
      { code: 'WRONG_SECRET' },
    ],
    [
      { status: 400, body: { result: false, code: 101 } },
      { code: 'NOT_FOUND', providerCode: '101' },
    ],
    [
      { status: 401, body: { result: false, code: 999 } },
      { code: 'PROVIDER_REJECTED', providerCode: '999' },
    ],
    [
      { status: 401, body: { result: false } },
      { code: 'PROVIDER_REJECTED', providerCode: 'NONE' },
    ],
    [{ status: 200, body: { result: true, token: '' } }, { code: 'OUTCOME_UNKNOWN' }],
    [{ status: 200, body: { result: true, token: 'a\nb', user_id: 1 } }, { code: 'OUTCOME_UNKNOWN' }],
    [{ status: 200, body: { token: 'x', user_id: 1 } }, { code: 'OUTCOME_UNKNOWN' }],
    [{ status: 400, body: { result: true, token: 'x', user_id: 1 } }, { code: 'PROVIDER_PROTOCOL' }],
    [{ status: 401, body: 'upstream words' }, { code: 'PROVIDER_PROTOCOL' }],
  ];
  for (const [answer, expected] of cases) {
    said = answer;
    await assert.rejects(client.signIn(ADA), refusedWith(expected), JSON.stringify(answer));
  }
  said = { body: { result: true, token: 'USER|1', user_id: '123' } };
  assert.deepEqual(await client.signIn(ADA), { token: 'USER|1', userId: '123' });
  assert.equal(seen[0]?.url, '/api/user_token');
  assert.deepEqual(JSON.parse(seen[0].body), {
    permalink: 'acme',
    username: 'ada',
    password: ADA.password,
    otp: '',
    application_type: 'Sealgraph',
    device_id: 'device-1',
    device_name: 'Test',
  });
});

test('an info that lacks a section that was asked for is not taken for an empty one', async (t) => {
  const { client } = await openRaw(t, () => ({ body: { safebox: { ...BOX, messages: [] } } }));
  await assert.rejects(
    client.boxes.info(SESSION, 'b1', ['messages', 'participants']),
    refusedWith({ code: 'PROVIDER_PROTOCOL' }),
  );
});

test('an answer about another SafeBox or person is none, and one that says nothing neither', async (t) => {
  const { client } = await openRaw(t, ({ method, url }) => {
    if (url.includes('/settings')) return { body: { more: 1 } };
    return { body: method === 'GET' ? { safebox: BOX } : { guid: 'b1', id: 'p1', email: 'a@x.test' } };
  });
  const protocol = refusedWith({ code: 'PROVIDER_PROTOCOL' });
  const unknown = refusedWith({ code: 'OUTCOME_UNKNOWN' });
  await assert.rejects(client.boxes.info(SESSION, 'b2', []), protocol);
  await assert.rejects(client.people.updateParticipant(SESSION, 'b1', 'p2', {}), unknown);
  await assert.rejects(client.people.updateFavorite(SESSION, '123', 'p2', {}), unknown);
  await assert.rejects(client.accounts.enterpriseSettings(SESSION), protocol);
  await assert.rejects(client.accounts.userSettings(SESSION, null), protocol);
});

test('one odd value in one SafeBox is null there, and the list stands', async (t) => {
  const boxes = [
    { ...BOX, expiration: '2017-05-31 14:45:35 UTC', subject: 'one' },
    { ...BOX, guid: 'b2', created_at: '', unread_count: 'many' },
    { ...BOX, guid: 'b3', expiration: '2026-03-01T10:00:00.000Z' },
  ];
  const { client } = await openRaw(t, () => ({
    body: { count: 3, safeboxes: boxes.map((safebox) => ({ safebox })) },
  }));
  const page = await client.boxes.list(SESSION, {}, 1, 1);
  assert.deepEqual(
    page.boxes.map((box) => [box?.id, box?.subject, box?.expiration, box?.unreadCount]),
    [
      ['b1', 'one', null, null],
      ['b2', null, null, null],
      ['b3', null, '2026-03-01T10:00:00.000Z', null],
    ],
  );
});

test('the request id of a call goes with it', async (t) => {
  const { client, seen } = await openRaw(t, () => ({ body: { result: true } }));
  await client.boxes.act({ ...SESSION, requestId: 'r-1' }, 'b1', 'close');
  assert.equal(seen[0]?.headers['x-request-id'], 'r-1');
});
