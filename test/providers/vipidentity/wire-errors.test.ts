import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProviderError } from '../../../src/providers/kit/errors.js';
import { failsWith, openVipClient } from './open.js';

const ANA = 'ana+approve@example.com';
const envelope = (body: string) =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`;
const fault = (code: string) =>
  envelope(`<S:Fault><faultcode>S:${code}</faultcode><faultstring>upstream stack</faultstring></S:Fault>`);
const foreign = envelope(
  '<GetUserInfoResponse xmlns="https://schemas.symantec.com/vip/2011/04/vipuserservices"><requestId>of_another</requestId><status>0000</status><statusMessage>Success</statusMessage><userStatus>ACTIVE</userStatus></GetUserInfoResponse>',
);

const answers: [what: string, answer: { status: number; body: string }, read: string, write: string][] = [
  ['a fault of the client', { status: 500, body: fault('Client') }, 'PROVIDER_REJECTED', 'PROVIDER_REJECTED'],
  [
    'a fault of the server',
    { status: 500, body: fault('Server') },
    'PROVIDER_UNAVAILABLE',
    'OUTCOME_UNKNOWN',
  ],
  [
    'a fault with status 200',
    { status: 200, body: fault('Server') },
    'PROVIDER_PROTOCOL',
    'PROVIDER_PROTOCOL',
  ],
  ['503', { status: 503, body: 'upstream trace' }, 'PROVIDER_UNAVAILABLE', 'OUTCOME_UNKNOWN'],
  [
    'HTML',
    { status: 200, body: '<html><body>upstream</body></html>' },
    'PROVIDER_PROTOCOL',
    'PROVIDER_PROTOCOL',
  ],
  ['broken XML', { status: 200, body: '<S:Envelope><a>upstream' }, 'PROVIDER_PROTOCOL', 'PROVIDER_PROTOCOL'],
  ['nothing', { status: 200, body: '' }, 'PROVIDER_PROTOCOL', 'PROVIDER_PROTOCOL'],
  ['an empty body', { status: 200, body: envelope('') }, 'PROVIDER_PROTOCOL', 'PROVIDER_PROTOCOL'],
  [
    'a document type',
    { status: 200, body: `<!DOCTYPE a [<!ENTITY b "c">]>${foreign}` },
    'PROVIDER_PROTOCOL',
    'PROVIDER_PROTOCOL',
  ],
  ['an answer to another request', { status: 200, body: foreign }, 'PROVIDER_PROTOCOL', 'PROVIDER_PROTOCOL'],
];
for (const [what, answer, read, write] of answers) {
  test(`${what} is ${read} for a read and ${write} for a write, without the provider's text`, async (t) => {
    const { client, simulator } = await openVipClient(t);
    const withoutText = (code: string) => (error: unknown) => {
      assert(error instanceof ProviderError, String(error));
      assert.doesNotMatch(error.message, /upstream/);
      return failsWith(code)(error);
    };
    simulator.control.injectFault({ ...answer, contentType: 'text/xml', count: 10 });
    await assert.rejects(client.getUser(ANA), withoutText(read));
    simulator.control.resetCalls();
    await assert.rejects(client.deleteUser(ANA), withoutText(write));
    assert.deepEqual(simulator.control.calls(), { deleteUser: 1 }, 'a write is never repeated');
  });
}

test('trouble at the provider may pass for a read, and leaves open what became of a write', async (t) => {
  const { client } = await openVipClient(t);
  await assert.rejects(
    client.createUser({ userId: 'x+6005@example.com' }),
    failsWith('OUTCOME_UNKNOWN', '6005'),
  );
  await assert.rejects(client.getUser('y+6005@example.com'), failsWith('PROVIDER_UNAVAILABLE', '6005'));
});

test('an unknown status is a plain no that keeps the code', async (t) => {
  const { client, simulator } = await openVipClient(t);
  simulator.control.injectOutcome({ status: '60ff', detail: 'abcd' });
  await assert.rejects(client.getUser(ANA), failsWith('PROVIDER_REJECTED', '60FF/ABCD'));
});

test('a write whose answer is lost is unknown and not repeated', async (t) => {
  const { client, simulator } = await openVipClient(t);
  simulator.control.injectFault({ operation: 'createUser', hangUp: true, effect: true });
  await assert.rejects(client.createUser({ userId: 'lost@example.com' }), failsWith('OUTCOME_UNKNOWN'));
  assert.equal((await client.getUser('lost@example.com')).status, 'ACTIVE');
});

test('a revoked and a foreign certificate are refused, and nothing is done', async (t) => {
  for (const label of ['revoked', 'foreign']) {
    const { client, simulator } = await openVipClient(t, ({ files }) => ({
      VIP_CERT_FILE: files[`${label}.cert`] ?? '',
      VIP_KEY_FILE: files[`${label}.key`] ?? '',
    }));
    await assert.rejects(client.createUser({ userId: 'new@example.com' }), (error: unknown) => {
      assert(error instanceof ProviderError);
      return error.code === 'PROVIDER_UNAUTHENTICATED' || error.code === 'PROVIDER_UNAVAILABLE';
    });
    if (label === 'foreign') assert.deepEqual(simulator.control.calls(), {});
  }
});

test('no log line and no error holds a code, a PIN, a user or a phone number', async (t) => {
  const { client, simulator, logger } = await openVipClient(t);
  const errors: unknown[] = [];
  const keep = (error: unknown): void => void errors.push(error);
  await client.authenticateUser({ userId: 'gina@example.com', pin: '4711', otp: '123456', authContext: [] });
  await client.authenticateUser({ userId: ANA, pin: '777888', otp: '999111', authContext: [] }).catch(keep);
  await client.sendOtp({ userId: ANA, sms: { phoneNumber: '16505551212' } });
  await client.setTemporaryPassword({ userId: ANA, temporaryPassword: '864209' });
  simulator.control.injectFault({ status: 200, body: '<canary>864209</canary>' });
  await client.setTemporaryPassword({ userId: ANA, temporaryPassword: '864209' }).catch(keep);
  assert.equal(errors.length, 2);
  const seen = JSON.stringify(logger.lines) + errors.map((error) => describe(error)).join();
  for (const secret of [
    '4711',
    '123456',
    '777888',
    '999111',
    '864209',
    '16505551212',
    'example.com',
    'canary',
  ]) {
    assert.doesNotMatch(seen, new RegExp(secret));
  }
});

function describe(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  return `${error.name} ${error.message} ${JSON.stringify(error)} ${error.cause === undefined ? '' : describe(error.cause)}`;
}
