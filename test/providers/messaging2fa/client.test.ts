import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../../src/config/index.js';
import { ProviderError } from '../../../src/provider-error.js';
import type { Messaging2faClient } from '../../../src/providers/messaging2fa/client.js';
import { connectMessaging2fa } from '../../../src/providers/messaging2fa/connect.js';
import type { OutgoingMessage } from '../../../src/providers/messaging2fa/message.js';
import { messaging2faSettings } from '../../../src/providers/messaging2fa/settings.js';
import type { Messaging2faControl } from '../../../src/simulators/messaging2fa/control.js';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { MemoryLogger } from '../../support/memory-logger.js';
import { startSimulator } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

const MESSAGE: OutgoingMessage = {
  recipients: ['bela@example.test'],
  subject: 'canary-subject',
  body: 'canary-body',
  availabilitySeconds: 300,
  type: 'authorization',
};

interface Opened {
  readonly client: Messaging2faClient;
  readonly simulator: Simulator<Messaging2faControl>;
  readonly logger: MemoryLogger;
}

async function open(
  t: Teardown,
  settings: (simulator: Simulator) => Record<string, string> = () => ({}),
): Promise<Opened> {
  const clock = new ManualClock();
  const simulator = await startSimulator(t, messaging2faSimulator, { clock, stepMs: 0 });
  const provider = { name: 'messaging2fa', settings: messaging2faSettings };
  const config = loadConfig({ ...simulator.environment, ...settings(simulator) }, [provider]);
  const logger = memoryLogger();
  const client = connectMessaging2fa(config.settingsOf(provider), {
    http: { random: () => 0, retry: { retries: 0 } },
    clock,
    logger,
  });
  t.after(() => client.close());
  return { client, simulator, logger };
}

function failsWith(code: string, providerCode?: string) {
  return (error: unknown): boolean => {
    assert(error instanceof ProviderError);
    assert.equal(error.code, code);
    if (providerCode !== undefined) assert.equal(error.providerCode, providerCode);
    return true;
  };
}

test('a message is sent, tracked and cancelled by its id', async (t) => {
  const { client } = await open(t);
  const sent = await client.send(MESSAGE);
  assert.deepEqual(sent.recipients, [{ userId: 'bela@example.test', status: 'PENDING' }]);
  assert.equal(sent.expiresAt, client.now() + 300_000);
  assert.deepEqual(await client.track(sent.messageId), sent);
  const cancelled = await client.cancel(sent.messageId);
  assert.deepEqual(cancelled.recipients, [{ userId: 'bela@example.test', status: 'CANCELLED' }]);
});

test('an unknown message and one of another application are both not found', async (t) => {
  const { client, simulator } = await open(t);
  await assert.rejects(client.track('@nobody-1-abcdefgh'), failsWith('NOT_FOUND', 'INVALID_SESSION_ID'));
  const other = await open(t, () => ({}));
  const foreign = await other.client.send(MESSAGE);
  await assert.rejects(client.cancel(foreign.messageId), failsWith('NOT_FOUND'));
  await assert.rejects(client.track(' '), failsWith('INVALID_INPUT'));
  assert.deepEqual(simulator.control.calls(), { trackMessage: 1, cancelMessage: 1 });
});

const answers: [
  what: string,
  answer: { status: number; body: string; contentType?: string },
  read: string,
  write: string,
][] = [
  [
    'a business error',
    { status: 420, body: '{"code":"SUBSCRIPTION_EXPIRED","message":"x"}' },
    'QUOTA_EXCEEDED',
    'QUOTA_EXCEEDED',
  ],
  [
    'a code that names what every object has',
    { status: 420, body: '{"code":"constructor"}' },
    'PROVIDER_REJECTED',
    'PROVIDER_REJECTED',
  ],
  [
    'a code that is a text',
    { status: 420, body: '{"code":"upstream says no"}' },
    'PROVIDER_PROTOCOL',
    'PROVIDER_PROTOCOL',
  ],
  ['a code as a number', { status: 420, body: '{"code":421}' }, 'PROVIDER_REJECTED', 'PROVIDER_REJECTED'],
  ['420 without a body', { status: 420, body: '' }, 'PROVIDER_PROTOCOL', 'PROVIDER_PROTOCOL'],
  ['420 with text', { status: 420, body: 'upstream says no' }, 'PROVIDER_PROTOCOL', 'PROVIDER_PROTOCOL'],
  ['200 without a body', { status: 200, body: '' }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
  ['201 without a body', { status: 201, body: '' }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
  [
    '200 without a message id',
    { status: 200, body: '{"recipients":[]}' },
    'PROVIDER_PROTOCOL',
    'OUTCOME_UNKNOWN',
  ],
  ['401', { status: 401, body: '' }, 'PROVIDER_UNAUTHENTICATED', 'PROVIDER_UNAUTHENTICATED'],
  ['403', { status: 403, body: '' }, 'FORBIDDEN', 'FORBIDDEN'],
  ['a redirect', { status: 302, body: '' }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
  ['503', { status: 503, body: 'upstream stack trace' }, 'PROVIDER_UNAVAILABLE', 'OUTCOME_UNKNOWN'],
];
for (const [what, answer, read, write] of answers) {
  test(`${what} is ${read} for a read and ${write} for a write, without the provider's text`, async (t) => {
    const { client, simulator } = await open(t);
    const withoutText = (code: string) => (error: unknown) => {
      assert(error instanceof ProviderError);
      assert.doesNotMatch(`${error.message} ${error.providerCode}`, /upstream/);
      return failsWith(code)(error);
    };
    simulator.control.injectFault({ ...answer, count: 10 });
    await assert.rejects(client.track('@any-1-abcdefgh'), withoutText(read));
    simulator.control.resetCalls();
    await assert.rejects(client.send(MESSAGE), withoutText(write));
    assert.deepEqual(simulator.control.calls(), { sendMessage: 1 }, 'a write is never repeated');
  });
}

const session = (messageId: string, more: object = {}) =>
  JSON.stringify({
    messageId,
    expirationDate: '2026-03-01T10:05:00.000Z',
    recipients: [{ userId: 'bela@example.test', status: 'APPROVED' }],
    ...more,
  });

test('any success that is understood is one, and an odd part that may be missing costs that part alone', async (t) => {
  const { client, simulator } = await open(t);
  simulator.control.injectFault({ status: 201, body: session('@m-1', { secureId: 5 }) });
  const { messageId, secureId, recipients } = await client.send(MESSAGE);
  assert.deepEqual([messageId, secureId, recipients.length], ['@m-1', null, 1]);
});

test('statuses of another message than the one asked for are never taken for its own', async (t) => {
  const { client, simulator } = await open(t);
  for (const other of ['@m-2', '@M-1', '@m-1 ', '']) {
    simulator.control.injectFault({ status: 200, body: session(other), count: 2 });
    await assert.rejects(client.track('@m-1'), failsWith('PROVIDER_PROTOCOL'));
    await assert.rejects(client.cancel('@m-1'), failsWith('OUTCOME_UNKNOWN'));
  }
});

test('an id that would lead elsewhere is refused at its field, and nothing is sent', async (t) => {
  const { client, simulator } = await open(t);
  for (const id of ['', ' ', '.', '..', '%2e%2E', '%252e.', 'a/../b', '..\\x', '.\t.', 'a\nb', '\ud800']) {
    for (const call of [client.track(id), client.cancel(id)])
      await assert.rejects(call, (error: unknown) => {
        assert(error instanceof ProviderError);
        assert.deepEqual([error.code, error.path], ['INVALID_INPUT', ['id']], JSON.stringify(id));
        return true;
      });
  }
  assert.deepEqual(simulator.control.calls(), {});
});

test('a message that is sent, but whose answer is lost, is unknown and not repeated', async (t) => {
  const { client, simulator } = await open(t);
  simulator.control.injectFault({ operation: 'sendMessage', hangUp: true, effect: true });
  await assert.rejects(client.send(MESSAGE), failsWith('OUTCOME_UNKNOWN'));
  assert.equal(simulator.control.messages().length, 1);
});

test('a revoked, a foreign and a missing certificate are refused as ours, and nothing is sent', async (t) => {
  for (const label of ['revoked-app', 'foreign']) {
    const { client, simulator } = await open(t, ({ files }) => ({
      MESSAGING2FA_CERT_FILE: files[`${label}.cert`] ?? '',
      MESSAGING2FA_KEY_FILE: files[`${label}.key`] ?? '',
    }));
    await assert.rejects(client.send(MESSAGE), (error: unknown) => {
      assert(error instanceof ProviderError);
      return error.code === 'PROVIDER_UNAUTHENTICATED' || error.code === 'PROVIDER_UNAVAILABLE';
    });
    assert.deepEqual(simulator.control.messages(), []);
  }
});

test('no log line holds what was sent, to whom, or the passphrase', async (t) => {
  const { client, simulator, logger } = await open(t);
  const { messageId } = await client.send(MESSAGE);
  await client.cancel(messageId);
  simulator.control.injectFault({ status: 503, body: 'canary-upstream', count: 10 });
  await assert.rejects(client.track(messageId));
  assert(logger.lines.length >= 3);
  const log = JSON.stringify(logger.lines);
  for (const secret of ['canary', 'bela@', simulator.environment['MESSAGING2FA_KEY_PASSPHRASE'] ?? '?']) {
    assert.equal(log.includes(secret), false, secret);
  }
});
