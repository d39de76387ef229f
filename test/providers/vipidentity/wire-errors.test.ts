import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import { ProviderError } from '../../../src/provider-error.js';
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
  ['a fault with status 200', { status: 200, body: fault('Server') }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
  ['503', { status: 503, body: 'upstream trace' }, 'PROVIDER_UNAVAILABLE', 'OUTCOME_UNKNOWN'],
  [
    'HTML',
    { status: 200, body: '<html><body>upstream</body></html>' },
    'PROVIDER_PROTOCOL',
    'OUTCOME_UNKNOWN',
  ],
  ['broken XML', { status: 200, body: '<S:Envelope><a>upstream' }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
  ['nothing', { status: 200, body: '' }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
  ['an empty body', { status: 200, body: envelope('') }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
  [
    'a document type',
    { status: 200, body: `<!DOCTYPE a [<!ENTITY b "c">]>${foreign}` },
    'PROVIDER_PROTOCOL',
    'OUTCOME_UNKNOWN',
  ],
  ['an answer to another request', { status: 200, body: foreign }, 'PROVIDER_PROTOCOL', 'OUTCOME_UNKNOWN'],
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

/** The client certificate of this label in place of the account's. */
const certificate =
  (label: string) =>
  ({ files }: Simulator): Record<string, string> => ({
    VIP_CERT_FILE: files[`${label}.cert`] ?? '',
    VIP_KEY_FILE: files[`${label}.key`] ?? '',
  });

test('a revoked certificate is not accepted, by the word of the service', async (t) => {
  const { client } = await openVipClient(t, certificate('revoked'));
  const refused = failsWith('PROVIDER_UNAUTHENTICATED', '600E');
  await assert.rejects(client.createUser({ userId: 'new@example.com' }), refused);
  await assert.rejects(client.getUser(ANA), refused);
});

test('a server that hangs up on a foreign certificate, and says nothing, is unavailable, and nothing was done', async (t) => {
  const { client, simulator } = await openVipClient(t, certificate('foreign'));
  await assert.rejects(client.createUser({ userId: 'new@example.com' }), failsWith('PROVIDER_UNAVAILABLE'));
  assert.deepEqual(simulator.control.calls(), {});
});

const ALERTS = [
  [42, 'bad certificate', 'PROVIDER_UNAUTHENTICATED'],
  [44, 'certificate revoked', 'PROVIDER_UNAUTHENTICATED'],
  [45, 'certificate expired', 'PROVIDER_UNAUTHENTICATED'],
  [46, 'certificate unknown', 'PROVIDER_UNAUTHENTICATED'],
  [48, 'unknown authority', 'PROVIDER_UNAUTHENTICATED'],
  [49, 'access denied', 'PROVIDER_UNAUTHENTICATED'],
  [80, 'internal error', 'PROVIDER_UNAVAILABLE'],
] as const;

for (const [alert, what, code] of ALERTS) {
  test(`a handshake that ends with the alert "${what}" is ${code}, for reading and for writing`, async (t) => {
    // A fatal alert, as a record of TLS 1.2.
    const refuse = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
    });
    await new Promise<void>((resolve) => refuse.listen(0, '127.0.0.1', resolve));
    t.after(() => new Promise<void>((resolve) => refuse.close(() => resolve())));
    const { port } = refuse.address() as AddressInfo;
    const { client } = await openVipClient(t, ({ environment }) =>
      Object.fromEntries(
        ['VIP_MANAGEMENT_URL', 'VIP_QUERY_URL'].map((name) => [
          name,
          environment[name]?.replace(/:\d+\//, `:${port}/`) ?? '',
        ]),
      ),
    );
    await assert.rejects(client.createUser({ userId: 'new@example.com' }), failsWith(code));
    await assert.rejects(client.getUser(ANA), failsWith(code));
  });
}

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
