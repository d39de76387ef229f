import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SEND, startWorld, statuses } from './wire.js';

test('an injected error meets as many calls as asked for, and only those of its operation', async (t) => {
  const { wire, control } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1']);
  control.injectFault({ operation: 'trackMessage', status: 503, count: 2 });
  assert.equal((await wire.post(SEND)).status, 200);
  const seen: number[] = [];
  for (let call = 0; call < 3; call++)
    seen.push((await wire.call('GET', `/frontend/messages/${messageId}`)).status);
  assert.deepEqual(seen, [503, 503, 200]);
});

test('an injected error without effect creates nothing, one with effect loses only the answer', async (t) => {
  const { wire, control } = await startWorld(t);
  control.injectFault({ operation: 'sendMessage', status: 500 });
  assert.equal((await wire.post(SEND)).status, 500);
  assert.equal(control.messages().length, 0);
  control.injectFault({ operation: 'sendMessage', status: 500, effect: true });
  assert.equal((await wire.post(SEND)).status, 500);
  assert.equal(control.messages().length, 1);
});

test('a hang-up ends the connection without an answer, before or after the effect', async (t) => {
  const { wire, control } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1', 'pbmId2']);
  for (const effect of [false, true]) {
    control.injectFault({ operation: 'cancelMessage', hangUp: true, effect });
    await assert.rejects(wire.call('DELETE', `/frontend/messages/${messageId}`), { code: 'ECONNRESET' });
    const expected = effect ? 'CANCELLED' : 'PENDING';
    assert.deepEqual(statuses(await wire.track(messageId)), [expected, expected]);
  }
});

test('a send whose answer is lost has created the message', async (t) => {
  const { wire, control } = await startWorld(t);
  control.injectFault({ operation: 'sendMessage', hangUp: true, effect: true });
  await assert.rejects(wire.post(SEND), { code: 'ECONNRESET' });
  assert.equal(control.messages().length, 1);
});

test('a delayed answer comes when its time has come, though the effect was at once', async (t) => {
  const { wire, control, clock } = await startWorld(t);
  control.injectFault({ delayMs: 5000 });
  let answered = false;
  const pending = wire.post(SEND).then((answer) => {
    answered = true;
    return answer;
  });
  while (control.messages().length === 0) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(4999);
  assert.equal(answered, false);
  await clock.advance(1);
  assert.equal((await pending).status, 200);
});

test('cleared faults meet nobody', async (t) => {
  const { wire, control } = await startWorld(t);
  control.injectFault({ status: 500, count: 1000 });
  control.clearFaults();
  assert.equal((await wire.post(SEND)).status, 200);
});

test('calls are counted by operation, refused ones too', async (t) => {
  const { wire, control } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1']);
  await wire.post('not JSON');
  await wire.track(messageId);
  await wire.cancel(messageId);
  await wire.call('GET', '/nowhere');
  assert.deepEqual(control.calls(), { sendMessage: 2, trackMessage: 1, cancelMessage: 1, unknown: 1 });
  control.resetCalls();
  assert.deepEqual(control.calls(), {});
});
