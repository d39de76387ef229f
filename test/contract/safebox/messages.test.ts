import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACCESS_DENIED,
  at,
  EVE,
  incorrect,
  listAt,
  NOT_FOUND,
  ok,
  refused,
  SEEDED,
  startWorld,
  type Wire,
} from './wire.js';

const OPEN = `/api/v2/safeboxes/${SEEDED.open}`;

async function unread(wire: Wire): Promise<unknown> {
  const info = await wire.info(SEEDED.open, 'messages');
  return [at(info, 'unread_count'), listAt(info, 'messages').map((message) => at(message, 'read'))];
}

test('read marks change the messages and the count, and answer without a message', async (t) => {
  const { wire } = await startWorld(t);
  const [, reply] = listAt(await wire.read(`${OPEN}/messages`), 'messages');
  const id = String(at(reply, 'id'));
  assert.deepEqual(await unread(wire), [1, [true, false]]);
  const marks = [
    [`messages/${id}/read`, [0, [true, true]]],
    [`messages/${id}/unread.json`, [1, [true, false]]],
    ['mark_as_read', [0, [true, true]]],
    ['mark_as_unread', [2, [false, false]]],
    [`messages/${id}/read.json`, [1, [false, true]]],
  ] as const;
  for (const [path, expected] of marks) {
    assert.deepEqual(ok(await wire.patch(`${OPEN}/${path}?locale=en`)), { result: true });
    assert.deepEqual(await unread(wire), expected, path);
  }
  refused(await wire.patch(`${OPEN}/messages/1/read`), 404, NOT_FOUND);
});

test('what has no content left cannot be marked', async (t) => {
  const { wire } = await startWorld(t);
  const marks = [
    ['mark_as_read', 'Unable to mark the SafeBox as Read.'],
    ['mark_as_unread', 'Unable to mark the SafeBox as Unread.'],
    ['messages/1/read', 'Unable to mark the message as read.'],
    ['messages/1/unread', 'Unable to mark the message as unread.'],
  ];
  for (const [path, message] of marks)
    refused(await wire.patch(`/api/v2/safeboxes/${SEEDED.contentDeleted}/${path}`), 400, {
      result: false,
      message,
    });
});

test('following and unfollowing answer in words and show nowhere else', async (t) => {
  const { wire, control, signIn } = await startWorld(t);
  const before = await wire.read(OPEN);
  const isFollowed = (): boolean | undefined =>
    control.boxes().find(({ guid }) => guid === SEEDED.open)?.followed;
  assert.deepEqual(ok(await wire.patch(`${OPEN}/unfollow`)), {
    result: true,
    message: 'The SafeBox is now unfollowed.',
  });
  assert.equal(isFollowed(), false);
  assert.deepEqual(ok(await wire.patch(`${OPEN}/follow.json`)), {
    result: true,
    message: 'The SafeBox is now followed.',
  });
  assert.equal(isFollowed(), true);
  assert.deepEqual(await wire.read(OPEN), before);
  for (const name of ['follow', 'unfollow'])
    refused(await wire.patch(`/api/v2/safeboxes/${'0'.repeat(32)}/${name}`), 404, NOT_FOUND);
  refused(await (await signIn(EVE)).patch(`${OPEN}/follow`), 403, ACCESS_DENIED);
});

test('a SafeBox is archived and taken back', async (t) => {
  const { wire } = await startWorld(t);
  const tag = (name: string, user_email = 'ada@acme.example') =>
    wire.post(`${OPEN}/${name}/archive`, { user_email });
  refused(await tag('untag'), 400, { result: false, message: 'Unable to remove Safebox from Archives' });
  assert.deepEqual(ok(await tag('tag')), { result: true, message: 'SafeBox successfully archived' });
  refused(await tag('tag'), 400, { result: false, message: 'Unable to add Safebox to Archives' });
  refused(await tag('untag', 'nobody@acme.example'), 400, {
    result: false,
    message: 'Unable to remove Safebox from Archives',
  });
  assert.deepEqual(ok(await tag('untag')), {
    result: true,
    message: 'SafeBox successfully removed from Archives',
  });
});

test('a reply becomes a message of its author and moves the SafeBox to the head of the list', async (t) => {
  const { wire, control } = await startWorld(t);
  control.advanceClock({ ms: 1000 });
  const guid = SEEDED.keyRequired;
  const body = { safebox: { message: 'Thanks 🎉', consent: true, document_ids: [] } };
  assert.deepEqual(ok(await wire.post(`/api/v2/safeboxes/${guid}/messages.json?locale=en`, body)), {
    result: true,
    message: 'SafeBox successfully updated.',
  });
  const list = await wire.read('/api/v2/safeboxes');
  assert.equal(at(list, 'safeboxes', 0, 'safebox', 'guid'), guid);
  assert.equal(at(list, 'safeboxes', 0, 'safebox', 'latest_activity'), '2026-03-01T10:00:01.000Z');
  control.supplyKey({ guid });
  const message = listAt(await wire.read(`/api/v2/safeboxes/${guid}/messages`), 'messages').at(-1);
  assert.deepEqual(message, {
    id: at(message, 'id'),
    note: 'Thanks 🎉',
    note_size: 8,
    read: true,
    author_id: '123',
    author_type: 'User',
    created_at: '2026-03-01T10:00:01.000Z',
    documents: [],
  });
});

test('a reply is refused when it is empty, not wanted, without consent, or too late', async (t) => {
  const { wire } = await startWorld(t);
  const reply = (guid: string, fields: object) =>
    wire.post(`/api/v2/safeboxes/${guid}/messages`, { safebox: { document_ids: [], ...fields } });
  const unable = { result: false, message: 'Unable to update the SafeBox.' };
  incorrect(await reply(SEEDED.open, { message: '' }), { message: ['cannot be blank'] });
  incorrect(await reply(SEEDED.open, { message: 'x', document_ids: ['unknown'] }), {
    document_ids: ['is invalid'],
  });
  refused(await reply(SEEDED.closed, { message: 'x' }), 400, unable);
  refused(await reply(await wire.create({ reply_enabled: false }), { message: 'x' }), 400, unable);
  const guarded = await wire.create({ security_profile_id: 12 });
  const message = 'The consent message must be accepted.';
  for (const consent of [null, false])
    refused(await reply(guarded, { message: 'x', consent }), 400, { result: false, message });
  ok(await reply(guarded, { message: 'x', consent: true }));
});

test('texts of answers, errors and events follow the locale', async (t) => {
  const { wire } = await startWorld(t);
  const guid = await wire.create();
  refused(await wire.get('/api/v2/safeboxes/x?locale=fr'), 404, {
    message: "L'adresse demandée est introuvable.",
  });
  const closed = ok(await wire.patch(`/api/v2/safeboxes/${guid}/close?locale=fr`));
  assert.equal(at(closed, 'message'), 'SafeBox fermée.');
  const history = async (locale: string): Promise<unknown> =>
    at(await wire.read(`/api/v2/safeboxes/${guid}/event_history${locale}`), 'event_history', 1, 'message');
  assert.equal(await history('?locale=fr'), 'SafeBox fermée par ada@acme.example depuis 127.0.0.1');
  for (const locale of ['', '?locale=en', '?locale=de'])
    assert.equal(await history(locale), 'SafeBox closed by ada@acme.example from 127.0.0.1');
});
