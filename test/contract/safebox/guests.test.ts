import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, listAt, minimalBox, ok, startWorld, upload, type Wire } from './wire.js';

const STEP_MS = 1000;

async function boxFor(wire: Wire, email: string, fields: object = {}): Promise<string> {
  const { guid, key, uploadUrl } = await wire.initialize();
  const document = await upload(wire, uploadUrl, 'some bytes');
  const safebox = { ...minimalBox(guid, key), document_ids: [document], recipients: [{ email }], ...fields };
  ok(await wire.post('/api/v2/safeboxes', { safebox }));
  return guid;
}

/** What can be seen of the one guest, and of the SafeBox. */
async function sight(wire: Wire, guid: string): Promise<Record<string, unknown>> {
  const info = at(await wire.read(`/api/v2/safeboxes/${guid}`), 'safebox');
  const guest = at(info, 'participants', 1);
  return {
    verified: at(guest, 'guest_options', 'verified'),
    bounced: at(guest, 'guest_options', 'bounced_email'),
    failed: at(guest, 'guest_options', 'failed_login_attempts'),
    locked: at(guest, 'guest_options', 'locked'),
    read: at(guest, 'message_read_count'),
    bytes: at(info, 'download_activity', 'guests', 0, 'documents', 0, 'downloaded_bytes'),
    unread: at(info, 'unread_count'),
    activity: at(info, 'latest_activity'),
    updated: at(info, 'updated_at'),
    events: listAt(info, 'event_history')
      .slice(1)
      .map((event) => at(event, 'type')),
  };
}

const STILL = {
  verified: false,
  bounced: false,
  failed: 0,
  locked: false,
  read: 0,
  bytes: 0,
  unread: 0,
  activity: '2026-03-01T10:00:00.000Z',
  updated: '2026-03-01T10:00:00.000Z',
  events: [],
};

const second = (number: number): string => `2026-03-01T10:00:0${number}.000Z`;
const READ = {
  ...STILL,
  verified: true,
  read: 1,
  activity: second(1),
  updated: second(1),
  events: ['guest_logged_in'],
};
const failure = (failed: number) => ({ ...STILL, failed, updated: second(failed) });

/** By the guest's email: what is seen after each step. */
const SCRIPTS: readonly (readonly [email: string, steps: readonly object[]])[] = [
  ['reads@ext.example', [READ, READ]],
  ['Reads-2@ext.example', [READ, READ]],
  [
    'downloads@ext.example',
    [
      READ,
      {
        ...READ,
        bytes: 10,
        activity: second(2),
        updated: second(2),
        events: ['guest_logged_in', 'document_downloaded_guest'],
      },
    ],
  ],
  [
    'replies@ext.example',
    [
      READ,
      {
        ...READ,
        read: 2,
        unread: 1,
        activity: second(2),
        updated: second(2),
        events: ['guest_logged_in', 'safebox_reply_guest'],
      },
    ],
  ],
  ['bounces@ext.example', [{ ...STILL, bounced: true, updated: second(1), events: ['email_bounced'] }]],
  [
    'badcode@ext.example',
    [failure(1), failure(2), { ...failure(3), locked: true, events: ['guest_access_revoked'] }],
  ],
  ['anybody@ext.example', [STILL, STILL]],
  ['readsnot@ext.example', [STILL]],
];

for (const [email, steps] of SCRIPTS) {
  test(`${email} does what the name says, one act a step`, async (t) => {
    const { wire, control } = await startWorld(t);
    const guid = await boxFor(wire, email);
    control.advanceClock({ ms: STEP_MS - 1 });
    assert.deepEqual(await sight(wire, guid), STILL);
    control.advanceClock({ ms: 1 });
    for (const expected of steps) {
      assert.deepEqual(await sight(wire, guid), expected);
      control.advanceClock({ ms: STEP_MS });
    }
    control.advanceClock({ ms: 60 * STEP_MS });
    assert.deepEqual(await sight(wire, guid), steps.at(-1));
  });
}

test('what a script did while nobody looked is told with the times it happened', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await boxFor(wire, 'replies@ext.example');
  control.advanceClock({ ms: 60 * STEP_MS });
  const history = listAt(await wire.read(`/api/v2/safeboxes/${guid}/event_history`), 'event_history');
  assert.deepEqual(
    history.map((event) => at(event, 'date')),
    [second(0), second(1), second(2)],
  );
  assert.equal(at(history[2], 'message'), 'replies@ext.example replied with 0 attachment(s) from 192.0.2.10');
});

test('a guest does nothing after the end, without steps, when locked, or when replies are off', async (t) => {
  const { wire, control } = await startWorld(t);
  const closed = await boxFor(wire, 'reads@ext.example');
  ok(await wire.patch(`/api/v2/safeboxes/${closed}/close`));
  const locked = await boxFor(wire, 'x@ext.example', {
    recipients: [{ email: 'reads@ext.example', locked: true }],
  });
  const mute = await boxFor(wire, 'replies@ext.example', { reply_enabled: false });
  control.advanceClock({ ms: 10 * STEP_MS });
  assert.equal((await sight(wire, closed))['verified'], false);
  assert.equal((await sight(wire, locked))['verified'], false);
  assert.deepEqual(await sight(wire, mute), READ);

  const still = await startWorld(t, { stepMs: 0 });
  const guid = await boxFor(still.wire, 'replies@ext.example');
  still.control.advanceClock({ ms: 60 * STEP_MS });
  assert.deepEqual(await sight(still.wire, guid), STILL);
});

test('a guest invited later, or anew under another address, begins then', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await boxFor(wire, 'bounces@ext.example');
  control.advanceClock({ ms: 5 * STEP_MS });
  const participants = `/api/v2/safeboxes/${guid}/participants`;
  const id = at(await wire.read(participants), 'participants', 1, 'id');
  const changed = ok(
    await wire.patch(`${participants}/${String(id)}`, { participant: { email: 'reads@ext.example' } }),
  );
  assert.equal(at(changed, 'guest_options', 'bounced_email'), false);
  control.advanceClock({ ms: STEP_MS });
  assert.equal((await sight(wire, guid))['activity'], second(6));
});

test('a telephone is verified by the code that was sent there', async (t) => {
  const { wire, control } = await startWorld(t);
  const recipients = [
    {
      email: 'reads@ext.example',
      contact_methods: [{ destination_type: 'cell_phone', destination: '+15145550000' }],
    },
  ];
  const guid = await wire.create({ security_profile_id: 11, recipients });
  const verified = async (): Promise<unknown> =>
    at(
      await wire.read(`/api/v2/safeboxes/${guid}/participants`),
      'participants',
      1,
      'guest_options',
      'contact_methods',
      0,
      'verified',
    );
  assert.equal(await verified(), false);
  control.advanceClock({ ms: STEP_MS });
  assert.equal(await verified(), true);
});

test('a reply of a guest near the end moves the deadline', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await wire.create({ expiration_value: 1, expiration_unit: 'days' });
  control.guest({ guid, email: 'bob@ext.example', act: 'reply', note: 'Wait!' });
  const info = await wire.info(guid, 'messages,event_history');
  assert.equal(at(info, 'messages', 1, 'note'), 'Wait!');
  assert.equal(at(info, 'expiration'), '2026-03-04T10:00:00.000Z');
  assert.equal(at(listAt(info, 'event_history').at(-1), 'type'), 'safebox_extended');
});
