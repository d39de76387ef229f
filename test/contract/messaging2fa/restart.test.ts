import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import { simulatorDirectory } from '../../support/simulators.js';
import { assertBusinessError, SEND, startWorld, statuses } from './wire.js';

test('after a restart messages, cancels, set statuses and the advanced time are as they were', async (t) => {
  const dir = await simulatorDirectory(t, messaging2faSimulator);
  const first = await startWorld(t, { dir, stepMs: 1000 });
  const moving = await first.wire.send(['approve@x.test', 'pbmId1'], { availability: 600 });
  const cancelled = await first.wire.send(['pbmId1']);
  await first.wire.cancel(cancelled.messageId);
  first.control.setStatus({ messageId: moving.messageId, userId: 'pbmId1', status: 'DENIED' });
  first.control.advanceClock({ ms: 2000 });
  const before = await first.wire.track(moving.messageId);
  assert.deepEqual(statuses(before), ['DOWNLOADED', 'DENIED']);
  await first.simulator.stop();

  const second = await startWorld(t, { dir, stepMs: 60_000 });
  assert.deepEqual(await second.wire.track(moving.messageId), before);
  assert.deepEqual(statuses(await second.wire.track(cancelled.messageId)), ['CANCELLED']);
  await second.clock.advance(1000);
  assert.deepEqual(statuses(await second.wire.track(moving.messageId)), ['APPROVED', 'DENIED']);
  assert.equal((await second.wire.post(SEND)).status, 200);
});

test('a file that a crash left half written is of no account', async (t) => {
  const dir = await simulatorDirectory(t, messaging2faSimulator);
  const first = await startWorld(t, { dir });
  const { messageId } = await first.wire.send(['pbmId1']);
  await first.simulator.stop();
  await writeFile(join(dir, 'messages.json.new'), '{"advancedMs":0,"messages":[{"mess');

  const second = await startWorld(t, { dir });
  await second.wire.cancel(messageId);
  await second.simulator.stop();
  const third = await startWorld(t, { dir });
  assert.deepEqual(statuses(await third.wire.track(messageId)), ['CANCELLED']);
});

test('a file of something else stops the start with its name', async (t) => {
  const dir = await simulatorDirectory(t, messaging2faSimulator);
  await writeFile(join(dir, 'messages.json'), '{"hello":1}\n');
  await assert.rejects(messaging2faSimulator.start({ dir }), /messages\.json/);
});

test('a restart forgets a message only 30 days after its expiry', async (t) => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const dir = await simulatorDirectory(t, messaging2faSimulator);
  const first = await startWorld(t, { dir });
  const { messageId } = await first.wire.send(['pbmId1'], { availability: 60 });
  first.control.advanceClock({ ms: 30 * DAY_MS });
  await first.simulator.stop();
  const second = await startWorld(t, { dir });
  assert.deepEqual(statuses(await second.wire.track(messageId)), ['NOT_NOTIFIED']);
  assert.equal(second.control.messages()[0]?.subject, undefined);
  second.control.advanceClock({ ms: 61_000 });
  assert.equal((await second.wire.track(messageId)).messageId, messageId);
  await second.simulator.stop();
  const third = await startWorld(t, { dir });
  assertBusinessError(await third.wire.call('GET', `/frontend/messages/${messageId}`), 'INVALID_SESSION_ID');
  assert.doesNotMatch(await readFile(join(dir, 'messages.json'), 'utf8'), /pbmId1/);
});

test('the texts of messages are never written to disk', async (t) => {
  const dir = await simulatorDirectory(t, messaging2faSimulator);
  const { wire } = await startWorld(t, { dir });
  await wire.send(['pbmId1'], {
    subject: 'visible subject',
    body: 'visible body',
    callbackUrl: 'https://visible.test',
  });
  const written = await readFile(join(dir, 'messages.json'), 'utf8');
  assert.match(written, /pbmId1/);
  assert.doesNotMatch(written, /visible/);
});

test('stop ends idle and busy connections at once and frees the port', async (t) => {
  const { simulator, control, wire } = await startWorld(t);
  await wire.send(['pbmId1']);
  control.injectFault({ delayMs: 3_600_000, operation: 'sendMessage' });
  const waiting = assert.rejects(wire.post(SEND));
  while ((control.calls()['sendMessage'] ?? 0) < 2) await new Promise((resolve) => setImmediate(resolve));
  await simulator.stop();
  await waiting;
  await assert.rejects(wire.post(SEND), { code: 'ECONNREFUSED' });
});
