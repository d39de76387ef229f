import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACCESS_DENIED,
  at,
  incorrect,
  listAt,
  minimalBox,
  NOT_FOUND,
  ok,
  refused,
  SEEDED,
  startWorld,
  textAt,
} from './wire.js';

test('a reservation gives a guid, a key and an upload URL, and is in no list before its commit', async (t) => {
  const { wire, enterprise, control, simulator } = await startWorld(t);
  const { guid, key, uploadUrl } = await wire.initialize('?user_email=ada@acme.example&locale=en');
  assert.match(guid, /^[0-9a-f]{32}$/);
  assert.match(key, /^[A-Za-z0-9_-]{64}$/);
  assert.match(uploadUrl, /^http:\/\/127\.0\.0\.1:\d+\/xmss\/[A-Za-z0-9_-]+$/);
  assert.notEqual(new URL(uploadUrl).origin, simulator.url);
  refused(await wire.get(`/api/v2/safeboxes/${guid}`), 404, NOT_FOUND);
  assert.equal(at(await wire.read('/api/v2/safeboxes'), 'count'), 5);
  refused(await wire.get('/api/v2/safeboxes/new?user_email=otto@acme.example'), 403, ACCESS_DENIED);
  refused(await enterprise.get('/api/v2/safeboxes/new'), 403, ACCESS_DENIED);
  await enterprise.initialize('?user_email=otto@acme.example');
  control.changeDialect({ uploadUrlOnNew: false });
  assert.equal(at(await wire.read('/api/v2/safeboxes/new'), 'upload_url'), undefined);
});

test('a commit answers flat with the security options and opens the SafeBox', async (t) => {
  const { wire, simulator } = await startWorld(t);
  const answer = ok(await wire.commit());
  const guid = textAt(answer, 'guid');
  const now = '2026-03-01T10:00:00.000Z';
  assert.deepEqual(answer, {
    guid,
    user_id: 123,
    enterprise_id: 1,
    subject: 'Contract',
    expiration: '2026-03-08T10:00:00.000Z',
    notification_language: 'en',
    status: 'in_progress',
    security_profile_name: 'email-only',
    force_expiry_date: null,
    security_code_length: 4,
    allowed_login_attempts: 3,
    allow_remember_me: false,
    allow_sms: false,
    allow_voice: false,
    allow_email: true,
    reply_enabled: true,
    group_replies: false,
    code_time_limit: 5,
    encrypt_message: false,
    double_encryption: false,
    two_factor_required: true,
    auto_extend_value: 3,
    auto_extend_unit: 'days',
    retention_period_type: 'discard_at_expiration',
    retention_period_value: null,
    retention_period_unit: null,
    consent_group_id: null,
    delete_content_on: null,
    allow_manual_delete: true,
    allow_manual_close: true,
    email_notification_enabled: true,
    preview_url: `${simulator.url}/s/${guid}/preview`,
    encryption_key: null,
    created_at: now,
    updated_at: now,
    latest_activity: now,
  });
  const info = await wire.info(guid, 'messages,participants,event_history');
  assert.equal(at(info, 'status'), 'in_progress');
  assert.equal(at(info, 'unread_count'), 0);
  assert.equal(at(info, 'messages', 0, 'note'), 'Please sign');
  assert.equal(at(info, 'participants', 0, 'role'), 'owner');
  assert.equal(at(info, 'participants', 1, 'email'), 'bob@ext.example');
  assert.deepEqual(listAt(info, 'event_history'), [
    {
      type: 'safebox_created_owner',
      date: now,
      metadata: { emails: ['bob@ext.example'], attachment_count: 0 },
      message: 'SafeBox created by ada@acme.example with 0 attachment(s) from 127.0.0.1',
    },
  ]);
});

test('null is as good as absent, and unknown fields are ignored', async (t) => {
  const { wire } = await startWorld(t);
  const options = [
    'reply_enabled',
    'group_replies',
    'encrypt_message',
    'double_encryption',
    'expiration_value',
  ];
  const more = [
    'expiration_unit',
    'retention_period_type',
    'retention_period_value',
    'retention_period_unit',
  ];
  const nulls = Object.fromEntries(
    [...options, ...more, 'email_notification_enabled', 'user_email'].map((name) => [name, null]),
  );
  const answer = ok(await wire.commit({ ...nulls, subject: null, novelty: 1 }));
  assert.equal(at(answer, 'subject'), null);
  assert.equal(at(answer, 'reply_enabled'), true);
  assert.equal(at(answer, 'email_notification_enabled'), true);
  assert.equal(at(answer, 'expiration'), '2026-03-08T10:00:00.000Z');
});

test('a sender may override what the profile leaves open', async (t) => {
  const { wire } = await startWorld(t);
  const answer = ok(
    await wire.commit({
      reply_enabled: false,
      encrypt_message: true,
      expiration_value: 1,
      expiration_unit: 'months',
      retention_period_type: 'retain_at_expiration',
      retention_period_value: 2,
      retention_period_unit: 'years',
    }),
  );
  assert.equal(at(answer, 'reply_enabled'), false);
  assert.equal(at(answer, 'encrypt_message'), true);
  assert.equal(at(answer, 'expiration'), '2026-04-01T10:00:00.000Z');
  assert.equal(at(answer, 'retention_period_unit'), 'years');
});

test('an expiration date takes every form of time zone that published clients send', async (t) => {
  const { wire } = await startWorld(t);
  const zones = [
    ['+02:00', '2026-03-05T08:30:00.000Z'],
    ['-0500', '2026-03-05T15:30:00.000Z'],
    ['', '2026-03-05T10:30:00.000Z'],
    [null, '2026-03-05T10:30:00.000Z'],
    ['EST', '2026-03-05T15:30:00.000Z'],
    ['UTC', '2026-03-05T10:30:00.000Z'],
  ] as const;
  for (const [zone, expiration] of zones) {
    const date = { expiration_date: '2026-03-05', expiration_time: '10:30:00', expiration_time_zone: zone };
    assert.equal(at(ok(await wire.commit(date)), 'expiration'), expiration, String(zone));
  }
  const wrong = [
    { expiration_date: '2026-02-28', expiration_time: '10:30:00' },
    { expiration_date: '2027-02-31', expiration_time: '10:30:00' },
    { expiration_date: '2026-03-05', expiration_time: '25:00:00' },
    { expiration_date: '2026-03-05' },
    { expiration_date: '2026-03-05', expiration_time: '10:30:00', expiration_time_zone: 'Moon' },
  ];
  for (const date of wrong) incorrect(await wire.commit(date), { expiration_date: ['is invalid'] });
});

test('a commit with wrong values names every attribute that is wrong, and opens nothing', async (t) => {
  const { wire } = await startWorld(t);
  const bob = { email: 'bob@ext.example' };
  const phone = (fields: object): object => ({ recipients: [{ ...bob, contact_methods: [fields] }] });
  const cases: readonly (readonly [fields: object, attributes: Record<string, string[]>])[] = [
    [{ notification_language: null }, { language: ['cannot be blank'] }],
    [{ notification_language: '' }, { language: ['cannot be blank'] }],
    [{ recipients: [] }, { recipients: ['cannot be blank'] }],
    [{ recipients: [{ email: null }] }, { email: ['cannot be blank'] }],
    [{ recipients: [{ email: 'nobody' }] }, { email: ['is invalid'] }],
    [{ recipients: [bob, { email: 'BOB@ext.example' }] }, { email: ['has already been taken'] }],
    [{ message: '', document_ids: [] }, { message: ['cannot be blank'] }],
    [
      { message: null, notification_language: null },
      { language: ['cannot be blank'], message: ['cannot be blank'] },
    ],
    [{ document_ids: ['65f53ec1282c454fa98439dbda134093'] }, { document_ids: ['is invalid'] }],
    [{ security_profile_id: null }, { security_profile_id: ['cannot be blank'] }],
    [{ security_profile_id: 99 }, { security_profile_id: ['is invalid'] }],
    [
      { security_profile_id: 11, reply_enabled: false, recipients: [bob] },
      { reply_enabled: ['cannot be modified'], contact_methods: ['cannot be blank'] },
    ],
    [
      { expiration_value: 0, expiration_unit: 'years' },
      { expiration_value: ['is invalid'], expiration_unit: ['is invalid'] },
    ],
    [{ retention_period_type: 'forever' }, { retention_period_type: ['is invalid'] }],
    [
      { retention_period_type: 'retain_at_expiration' },
      { retention_period_value: ['cannot be blank'], retention_period_unit: ['cannot be blank'] },
    ],
    [phone({ destination_type: 'fax', destination: '+1514' }), { destination_type: ['is invalid'] }],
    [phone({ destination_type: 'cell_phone' }), { destination: ['cannot be blank'] }],
    [{ public_encryption_key: 'somebody else’s' }, { public_encryption_key: ['is invalid'] }],
    [{ guid: 'f'.repeat(32) }, { guid: ['is invalid'] }],
    [{ guid: SEEDED.open }, { guid: ['has already been taken'] }],
  ];
  for (const [fields, attributes] of cases) incorrect(await wire.commit(fields), attributes);
  assert.equal((await wire.call('POST', '/api/v2/safeboxes', { body: '{"safebox":' })).status, 400);
  assert.equal(at(await wire.read('/api/v2/safeboxes'), 'count'), 5);
});

test('a guid is committed once', async (t) => {
  const { wire } = await startWorld(t);
  const { guid, key } = await wire.initialize();
  ok(await wire.post('/api/v2/safeboxes', { safebox: minimalBox(guid, key) }));
  incorrect(await wire.post('/api/v2/safeboxes', { safebox: minimalBox(guid, key) }), {
    guid: ['has already been taken'],
  });
});

test('an abandoned reservation ends after a day', async (t) => {
  const { wire, control } = await startWorld(t);
  const { guid, key } = await wire.initialize();
  control.advanceClock({ ms: 24 * 60 * 60 * 1000 });
  incorrect(await wire.post('/api/v2/safeboxes', { safebox: minimalBox(guid, key) }), {
    guid: ['is invalid'],
  });
});

test('with the enterprise token the email of a user says whose the SafeBox is', async (t) => {
  const { enterprise, wire } = await startWorld(t);
  const { guid, key } = await enterprise.initialize('?user_email=ada@acme.example');
  const commit = (email: string) =>
    enterprise.post('/api/v2/safeboxes', { safebox: { ...minimalBox(guid, key), user_email: email } });
  refused(await commit('otto@acme.example'), 403, ACCESS_DENIED);
  refused(await commit('nobody@acme.example'), 403, ACCESS_DENIED);
  assert.equal(at(ok(await commit('ada@acme.example')), 'user_id'), 123);
  ok(await wire.patch(`/api/v2/safeboxes/${guid}/close`));
});

test('with double encryption the key of the reservation comes back once, and hides the content until supplied', async (t) => {
  const { wire, control } = await startWorld(t);
  const { guid, key } = await wire.initialize();
  const recipients = [
    {
      email: 'bob@ext.example',
      contact_methods: [{ destination_type: 'cell_phone', destination: '+15145550000' }],
    },
  ];
  const safebox = { ...minimalBox(guid, key), security_profile_id: 11, recipients };
  incorrect(await wire.post('/api/v2/safeboxes', { safebox: { ...safebox, public_encryption_key: null } }), {
    public_encryption_key: ['cannot be blank'],
  });
  const answer = await wire.post('/api/v2/safeboxes', { safebox });
  assert.equal(at(ok(answer), 'encryption_key'), key);
  assert.ok(textAt(answer.json, 'preview_url').endsWith(`/s/${guid}/preview?k=${key}`));
  const everything = await wire.get(`/api/v2/safeboxes/${guid}`);
  assert.ok(!everything.text.includes(key));
  const hidden = at(everything.json, 'safebox');
  assert.equal(at(hidden, 'double_encryption_status'), 'key_required');
  assert.deepEqual([at(hidden, 'messages', 0, 'note'), at(hidden, 'messages', 0, 'note_size')], [null, 11]);
  refused(await wire.patch(`/api/v2/safeboxes/${guid}/close`), 400, {
    result: false,
    message: 'Unable to close the SafeBox.',
  });
  control.supplyKey({ guid });
  const shown = await wire.info(guid, 'messages');
  assert.equal(at(shown, 'double_encryption_status'), 'deciphered');
  assert.equal(at(shown, 'messages', 0, 'note'), 'Please sign');
});

test('a subject can ask for a failure', async (t) => {
  const { wire } = await startWorld(t);
  refused(await wire.commit({ subject: '#error:403' }), 403, ACCESS_DENIED);
  assert.equal((await wire.commit({ subject: '#error:500' })).status, 500);
});
