import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCESS_DENIED, at, EVE, keysOf, listAt, NOT_FOUND, refused, SEEDED, startWorld } from './wire.js';

const SECTIONS = ['security_options', 'participants', 'messages', 'download_activity', 'event_history'];
const OPEN = `/api/v2/safeboxes/${SEEDED.open}`;

test('the info has the base fields and the sections asked for; none asked means all', async (t) => {
  const { wire } = await startWorld(t);
  const list = await wire.read('/api/v2/safeboxes?status=unread');
  const base = keysOf(at(list, 'safeboxes', 0, 'safebox'));
  const cases = [
    ['', SECTIONS],
    ['?sections=', SECTIONS],
    ['?sections=messages', ['messages']],
    ['?sections=event_history,participants,unheard_of', ['participants', 'event_history']],
  ] as const;
  for (const [query, sections] of cases) {
    const info = at(await wire.read(`${OPEN}${query}`), 'safebox');
    assert.deepEqual(keysOf(info), [...base, ...sections], query);
  }
});

test('a section alone is the section of the info, wrapped in its name', async (t) => {
  const { wire, signIn } = await startWorld(t);
  const info = at(await wire.read(OPEN), 'safebox');
  const eve = await signIn(EVE);
  for (const section of SECTIONS) {
    assert.deepEqual(await wire.read(`${OPEN}/${section}?locale=en`), { [section]: at(info, section) });
    refused(await eve.get(`${OPEN}/${section}`), 403, ACCESS_DENIED);
    refused(await wire.get(`/api/v2/safeboxes/${'0'.repeat(32)}/${section}`), 404, NOT_FOUND);
  }
});

test('security options name every rule of the SafeBox', async (t) => {
  const { wire } = await startWorld(t);
  assert.deepEqual(await wire.read(`${OPEN}/security_options`), {
    security_options: {
      security_code_length: 4,
      code_time_limit: 5,
      allowed_login_attempts: 3,
      allow_remember_me: false,
      allow_sms: false,
      allow_voice: false,
      allow_email: true,
      two_factor_required: true,
      reply_enabled: true,
      group_replies: false,
      encrypt_attachments: true,
      encrypt_message: false,
      double_encryption: false,
      auto_extend_value: 3,
      auto_extend_unit: 'days',
      expiration_value: 7,
      expiration_unit: 'days',
      retention_period_type: 'discard_at_expiration',
      retention_period_value: null,
      retention_period_unit: null,
      allow_manual_delete: true,
      allow_manual_close: true,
      consent_group_id: null,
      delete_content_on: null,
    },
  });
});

test('the owner is a participant without guest options, every guest one with them', async (t) => {
  const { wire } = await startWorld(t);
  const participants = listAt(await wire.read(`${OPEN}/participants`), 'participants');
  assert.deepEqual(participants[0], {
    id: 123,
    first_name: 'Ada',
    last_name: 'Lovelace',
    email: 'ada@acme.example',
    type: 'user',
    role: 'owner',
    message_read_count: 1,
    message_total_count: 2,
  });
  const guests = participants.slice(1);
  assert.deepEqual(
    guests.map((guest) => at(guest, 'email')),
    ['bob@partner.example', 'zoe@client.example'],
  );
  assert.deepEqual(
    guests.map((guest) => at(guest, 'guest_options', 'verified')),
    [true, false],
  );
  assert.deepEqual(
    guests.map((guest) => at(guest, 'message_read_count')),
    [2, 0],
  );
});

test('messages carry their author as a decimal string and their documents with fingerprint and URL', async (t) => {
  const { wire, simulator } = await startWorld(t);
  const [first, second] = listAt(await wire.read(`${OPEN}/messages`), 'messages');
  const id = at(first, 'documents', 0, 'id');
  assert.deepEqual(first, {
    id: at(first, 'id'),
    note: 'Please read and answer.',
    note_size: 23,
    read: true,
    author_id: '123',
    author_type: 'User',
    created_at: '2026-03-01T08:00:00.000Z',
    documents: [
      {
        id,
        name: 'Přehled – übersicht ✓.txt',
        sha: '03cedc4a5e35ff252b18cf3c2f01e64659f242c11a452fdbe22b5bf527652f9a',
        size: 18,
        url: `${simulator.url}${OPEN}/documents/${String(id)}/url`,
      },
    ],
  });
  assert.equal(typeof at(first, 'id'), 'number');
  assert.match(String(at(second, 'author_id')), /^\d+$/);
  assert.equal(at(second, 'author_type'), 'guest');
});

test('the download activity lists every document for every guest and for the owner', async (t) => {
  const { wire } = await startWorld(t);
  const info = at(await wire.read(OPEN), 'safebox');
  const documents = [
    { id: at(info, 'messages', 0, 'documents', 0, 'id'), downloaded_bytes: 0, download_date: null },
  ];
  assert.deepEqual(at(info, 'download_activity'), {
    guests: listAt(info, 'participants')
      .slice(1)
      .map((guest) => ({ id: at(guest, 'id'), documents })),
    owner: { id: 123, documents },
  });
});

test('ids can come as texts, as they do in some fixtures', async (t) => {
  const { wire, control } = await startWorld(t);
  control.changeDialect({ idsAsText: true });
  const info = at(await wire.read(OPEN), 'safebox');
  assert.match(String(at(info, 'messages', 0, 'id')), /^\d+$/);
  assert.equal(typeof at(info, 'messages', 0, 'id'), 'string');
  assert.equal(at(info, 'participants', 0, 'id'), '123');
  assert.equal(at(info, 'download_activity', 'owner', 'id'), '123');
});

test('an audit record comes with the closing, as an ASCII PDF under a URL that is good without a token', async (t) => {
  const { wire, anonymous, control, simulator } = await startWorld(t);
  const guid = await wire.create({ recipients: [{ email: 'łukasz@ext.example' }] });
  const path = `/api/v2/safeboxes/${guid}/audit_record_pdf`;
  const url = `${simulator.url}/s/${guid}.pdf`;
  refused(await wire.get(path), 404, NOT_FOUND);
  refused(await anonymous.get(url), 404, NOT_FOUND);
  assert.equal(at(await wire.info(guid), 'audit_record_pdf'), null);
  control.changeSettings({ pdf_language: 'fr' });
  control.guest({ guid, email: 'łukasz@ext.example', act: 'read' });
  await wire.patch(`/api/v2/safeboxes/${guid}/close`);
  assert.deepEqual(await wire.read(`${path}.json?locale=en`), { url });
  assert.equal(at(await wire.info(guid), 'audit_record_pdf'), url);
  const record = await anonymous.get(url);
  assert.equal(record.headers['content-type'], 'application/pdf');
  assert.match(record.text, /^%PDF-1\.4\n/);
  assert.match(record.text, /SafeBox fermee par ada@acme\.example/);
  assert.match(record.text, /\?ukasz@ext\.example s'est connecte\\\(e\\\)/);
  assert.ok(record.bytes.every((byte) => byte < 0x80));
  assertCrossReferences(record.text);
  assert.equal((await wire.call('GET', url, { headers: { 'Authorization-Token': wire.token } })).status, 200);
  await wire.patch(`/api/v2/safeboxes/${guid}/delete_content`);
  assert.equal((await anonymous.get(url)).status, 200);
  refused(await anonymous.get(`${simulator.url}/s/${guid}.txt`), 404, NOT_FOUND);
});

test('a long history fills several pages', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await wire.create();
  for (let count = 0; count < 130; count++) control.guest({ guid, email: 'bob@ext.example', act: 'bounce' });
  await wire.patch(`/api/v2/safeboxes/${guid}/close`);
  const { text } = await wire.get(`/s/${guid}.pdf`);
  assert.match(text, /\/Kids \[4 0 R 6 0 R 8 0 R\] \/Count 3/);
  assertCrossReferences(text);
});

/** Every offset of the cross-reference table is where its object begins. */
function assertCrossReferences(pdf: string): void {
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1]);
  assert.match(pdf.slice(table), /^xref\n0 \d+\n/);
  const offsets = [...pdf.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  assert.ok(offsets.length >= 5);
  for (const [index, offset] of offsets.entries()) assert.ok(pdf.startsWith(`${index + 1} 0 obj\n`, offset));
  for (const [, length, content] of pdf.matchAll(/\/Length (\d+) >>\nstream\n([^]*?)\nendstream/g))
    assert.equal(content?.length, Number(length));
}
