import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, listAt, ok, refused, SEEDED, startWorld, type Wire } from './wire.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const KEPT = {
  retention_period_type: 'retain_at_expiration',
  retention_period_value: 30,
  retention_period_unit: 'days',
};

async function phase(wire: Wire, guid: string): Promise<unknown[]> {
  const info = await wire.info(guid);
  return ['status', 'closed_at', 'content_deleted_at'].map((name) => at(info, name));
}

async function eventTypes(wire: Wire, guid: string): Promise<unknown[]> {
  const history = await wire.read(`/api/v2/safeboxes/${guid}/event_history`);
  return listAt(history, 'event_history').map((event) => at(event, 'type'));
}

test('every state is there from the start', async (t) => {
  const { wire } = await startWorld(t);
  const states = await Promise.all(
    Object.values(SEEDED).map(async (guid) => at(await wire.info(guid), 'status')),
  );
  assert.deepEqual(states, ['in_progress', 'in_progress', 'closed', 'content_deleted', 'in_progress']);
});

test('at its expiration a SafeBox closes, and content to be discarded is gone a step later', async (t) => {
  const { wire, control } = await startWorld(t, { stepMs: MINUTE_MS });
  const guid = await wire.create();
  control.advanceClock({ ms: 7 * DAY_MS - 1 });
  assert.deepEqual(await phase(wire, guid), ['in_progress', null, null]);
  control.advanceClock({ ms: 1 });
  const closedAt = '2026-03-08T10:00:00.000Z';
  assert.deepEqual(await phase(wire, guid), ['closed', closedAt, null]);
  const before = await wire.info(guid);
  assert.equal(at(before, 'updated_at'), closedAt);
  assert.equal(at(before, 'latest_activity'), '2026-03-01T10:00:00.000Z');
  control.advanceClock({ ms: MINUTE_MS });
  assert.deepEqual(await phase(wire, guid), ['content_deleted', closedAt, '2026-03-08T10:01:00.000Z']);
  assert.deepEqual(await eventTypes(wire, guid), [
    'safebox_created_owner',
    'safebox_closed_auto',
    'content_deleted_auto',
  ]);
  assert.deepEqual(at(await wire.info(guid, 'messages'), 'messages'), []);
});

test('without steps content to be discarded goes with the closing', async (t) => {
  const { wire, control } = await startWorld(t, { stepMs: 0 });
  const guid = await wire.create();
  control.advanceClock({ ms: 7 * DAY_MS });
  const end = '2026-03-08T10:00:00.000Z';
  assert.deepEqual(await phase(wire, guid), ['content_deleted', end, end]);
});

test('what nobody looked at happens at its own time all the same', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await wire.create(KEPT);
  control.advanceClock({ ms: 365 * DAY_MS });
  assert.deepEqual(await phase(wire, guid), [
    'content_deleted',
    '2026-03-08T10:00:00.000Z',
    '2026-04-07T10:00:00.000Z',
  ]);
});

test('retained content stays for its period after closing, and content that is not discarded for good', async (t) => {
  const { wire, control } = await startWorld(t);
  const kept = await wire.create(KEPT);
  const forever = await wire.create({ retention_period_type: 'do_not_discard' });
  for (const guid of [kept, forever]) ok(await wire.patch(`/api/v2/safeboxes/${guid}/close`));
  const options = await wire.read(`/api/v2/safeboxes/${kept}/security_options`);
  assert.equal(at(options, 'security_options', 'delete_content_on'), '2026-03-31T10:00:00.000Z');
  control.advanceClock({ ms: 30 * DAY_MS - 1 });
  assert.equal(at(await wire.info(kept), 'status'), 'closed');
  control.advanceClock({ ms: 1 });
  assert.equal(at(await wire.info(kept), 'status'), 'content_deleted');
  control.advanceClock({ ms: 3650 * DAY_MS });
  assert.equal(at(await wire.info(forever), 'status'), 'closed');
});

test('closing and deleting take an empty body under any label, and only in their order', async (t) => {
  const { wire } = await startWorld(t);
  const labels = [
    { 'Content-Type': 'application/json', 'Content-Length': '0' },
    { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '0' },
    { 'Content-Length': '0' },
  ];
  for (const headers of labels) {
    const guid = await wire.create();
    const change = (name: string) =>
      wire.call('PATCH', `/api/v2/safeboxes/${guid}/${name}.json?locale=en`, { headers });
    refused(await change('delete_content'), 400, {
      result: false,
      message: 'Unable to delete the SafeBox content.',
    });
    assert.deepEqual(ok(await change('close')), { result: true, message: 'SafeBox successfully closed.' });
    refused(await change('close'), 400, { result: false, message: 'Unable to close the SafeBox.' });
    assert.deepEqual(ok(await change('delete_content')), {
      result: true,
      message: 'SafeBox content successfully deleted.',
    });
    refused(await change('delete_content'), 400, {
      result: false,
      message: 'Unable to delete the SafeBox content.',
    });
    assert.deepEqual(await eventTypes(wire, guid), [
      'safebox_created_owner',
      'safebox_closed_owner',
      'content_deleted_owner',
    ]);
  }
});

test('time is added to the deadline, in whole units of an open SafeBox', async (t) => {
  const { wire } = await startWorld(t);
  const guid = await wire.create();
  const add = (add_time_value: unknown, add_time_unit: unknown) =>
    wire.patch(`/api/v2/safeboxes/${guid}/add_time`, { safebox: { add_time_value, add_time_unit } });
  const steps = [
    [12, 'hours', '2026-03-08T22:00:00.000Z'],
    [2, 'days', '2026-03-10T22:00:00.000Z'],
    [3, 'weeks', '2026-03-31T22:00:00.000Z'],
    [1, 'months', '2026-04-30T22:00:00.000Z'],
  ] as const;
  for (const [value, unit, expiration] of steps) {
    assert.deepEqual(ok(await add(value, unit)), {
      result: true,
      message: 'SafeBox duration successfully extended.',
      new_expiration: expiration,
    });
    assert.equal(at(await wire.info(guid), 'expiration'), expiration);
  }
  const unable = { result: false, message: 'Unable to extend the SafeBox duration.' };
  for (const [value, unit] of [
    [0, 'days'],
    [-1, 'days'],
    [1.5, 'days'],
    [1, 'years'],
    [null, 'days'],
    [1, null],
  ])
    refused(await add(value, unit), 400, unable);
  refused(await wire.patch(`/api/v2/safeboxes/${guid}/add_time`), 400, unable);
  ok(await wire.patch(`/api/v2/safeboxes/${guid}/close`));
  refused(await add(1, 'days'), 400, unable);
});

test('a reply near the end moves the deadline, an early one does not', async (t) => {
  const { wire, control } = await startWorld(t);
  const guid = await wire.create();
  const reply = async (): Promise<unknown> => {
    ok(
      await wire.post(`/api/v2/safeboxes/${guid}/messages`, {
        safebox: { message: 'Well', document_ids: [] },
      }),
    );
    return at(await wire.info(guid), 'expiration');
  };
  assert.equal(await reply(), '2026-03-08T10:00:00.000Z');
  control.advanceClock({ ms: 6 * DAY_MS });
  assert.equal(await reply(), '2026-03-10T10:00:00.000Z');
});
