import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../src/simulators/kit/random.js';
import { assertBusinessError, sessionInfo, startWorld, statuses } from './wire.js';

test('a send answers id, expiry, secure id and every recipient PENDING, and track repeats all but the statuses', async (t) => {
  const { wire, clock, control } = await startWorld(t);
  const sent = await wire.send(['pbmId1', 'pbmId2', 'pbmId3'], { availability: 300 });
  assert.match(sent.messageId, /^@pbmsim1-1(\.\d+)+-[A-Za-z0-9]{8}$/);
  assert.equal(sent.expirationDate, new Date(clock.now() + 300_000).toISOString());
  assert.deepEqual(statuses(sent), ['PENDING', 'PENDING', 'PENDING']);
  control.setStatus({ messageId: sent.messageId, userId: 'pbmId2', status: 'NOTIFIED' });
  control.setStatus({ messageId: sent.messageId, userId: 'pbmId3', status: 'SEEN' });
  assert.deepEqual(await wire.track(sent.messageId), {
    ...sent,
    recipients: [
      { userId: 'pbmId1', status: 'PENDING' },
      { userId: 'pbmId2', status: 'NOTIFIED' },
      { userId: 'pbmId3', status: 'SEEN' },
    ],
  });
});

test('a message of type message may go straight from PENDING to APPROVED', async (t) => {
  const { wire, control } = await startWorld(t);
  const sent = await wire.send(['pbmId1'], { type: 'message' });
  control.setStatus({ messageId: sent.messageId, userId: 'pbmId1', status: 'APPROVED' });
  assert.deepEqual(statuses(await wire.track(sent.messageId)), ['APPROVED']);
});

test('two sends of the same content are two messages', async (t) => {
  const { wire } = await startWorld(t);
  const [first, second] = [await wire.send(['pbmId1']), await wire.send(['pbmId1'])];
  assert.notEqual(first.messageId, second.messageId);
});

test('cancel answers 200 with a body in which open recipients are CANCELLED and final ones unchanged', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: 1000 });
  const sent = await wire.send([
    'pbmId1',
    'nodevice@x.test',
    'deny@x.test',
    'downloaded@x.test',
    'unreached@x.test',
  ]);
  await clock.advance(3000);
  const cancelled = await wire.cancel(sent.messageId);
  const expected = ['CANCELLED', 'NO_DEVICE', 'DENIED', 'CANCELLED', 'CANCELLED'];
  assert.deepEqual(statuses(cancelled), expected);
  assert.deepEqual({ ...cancelled, recipients: [] }, { ...sent, recipients: [] });
  await clock.advance(3_600_000);
  assert.deepEqual(statuses(await wire.track(sent.messageId)), expected);
});

test('a recipient without a notification is still open before expiry and is cancelled', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: 1000 });
  const sent = await wire.send(['nopush@x.test'], { availability: 60 });
  await clock.advance(1000);
  assert.deepEqual(statuses(await wire.track(sent.messageId)), ['NOT_NOTIFIED']);
  assert.deepEqual(statuses(await wire.cancel(sent.messageId)), ['CANCELLED']);
});

test('cancelling again answers the same', async (t) => {
  const { wire } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1', 'failed@x.test']);
  const first = await wire.cancel(messageId);
  assert.deepEqual(await wire.cancel(messageId), first);
});

test('cancelling what is final without a cancel answers 420 ALREADY_COMPLETED and changes nothing', async (t) => {
  const { wire, clock } = await startWorld(t, { stepMs: 1000 });
  const answered = await wire.send(['approve@x.test', 'nodevice@x.test']);
  const expired = await wire.send(['pbmId1'], { availability: 1 });
  await clock.advance(3000);
  for (const [{ messageId }, expected] of [
    [answered, ['APPROVED', 'NO_DEVICE']],
    [expired, ['NOT_NOTIFIED']],
  ] as const) {
    assertBusinessError(await wire.call('DELETE', `/frontend/messages/${messageId}`), 'ALREADY_COMPLETED');
    assert.deepEqual(statuses(await wire.track(messageId)), expected);
  }
});

test('an unknown id answers 420 INVALID_SESSION_ID to track and cancel', async (t) => {
  const { wire } = await startWorld(t);
  for (const method of ['GET', 'DELETE']) {
    const refused = await wire.call(method, '/frontend/messages/YzX95zUA1et2ijQ');
    assertBusinessError(refused, 'INVALID_SESSION_ID');
  }
});

test("another application's message answers exactly like an unknown one and is not cancelled", async (t) => {
  const { wire, connect } = await startWorld(t);
  const appB = await connect('app-b');
  const { messageId } = await wire.send(['pbmId1']);
  for (const method of ['GET', 'DELETE']) {
    const foreign = await appB.call(method, `/frontend/messages/${messageId}`);
    const unknown = await appB.call(method, '/frontend/messages/unknown');
    assert.deepEqual([foreign.status, foreign.text], [unknown.status, unknown.text]);
  }
  assert.deepEqual(statuses(await wire.track(messageId)), ['PENDING']);
  const own = await appB.send(['pbmId1']);
  assert.equal((await appB.track(own.messageId)).messageId, own.messageId);
});

test('the same seed gives the same ids, and the default source does not repeat', async (t) => {
  const ids = await Promise.all(
    [seededRandom('one'), seededRandom('one'), seededRandom('two'), undefined, undefined].map(
      async (random) => {
        const { wire } = await startWorld(t, random === undefined ? {} : { random });
        const sent = [sessionInfo(await wire.post(ONE)), sessionInfo(await wire.post(ONE))];
        const texts = sent.flatMap(({ messageId, secureId }) => [messageId, secureId]);
        assert.equal(new Set(texts).size, 4);
        return texts.join(' ');
      },
    ),
  );
  assert.equal(ids[0], ids[1]);
  assert.equal(new Set(ids).size, 4);
});

const ONE = { recipients: ['pbmId1'], availability: 60, type: 'authorization' };
