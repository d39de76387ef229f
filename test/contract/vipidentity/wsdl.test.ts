import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ClientSSLSecurity, createClientAsync, type Client } from 'soap';
import { z } from 'zod';
import { packagePath } from '../../../src/package-path.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import { pathOf, SERVICE_OF, startWorld, type ServiceName } from './wire.js';

const SERVICES = ['Authentication', 'Management', 'Query'] as const;

function wsdlPath(service: ServiceName): string {
  return packagePath(`src/providers/vipidentity/wsdl/${service.toLowerCase()}.wsdl`);
}

async function connect(
  { url, environment }: Simulator,
  service: ServiceName,
  version: 7 | 8,
): Promise<Client> {
  const client = await createClientAsync(wsdlPath(service));
  client.setEndpoint(`${url}${pathOf(service, version)}`);
  const read = (variable: string) => readFile(environment[variable] ?? '');
  client.setSecurity(
    new ClientSSLSecurity(
      await read('VIP_KEY_FILE'),
      await read('VIP_CERT_FILE'),
      await read('VIP_CA_FILE'),
      {
        passphrase: environment['VIP_KEY_PASSPHRASE'],
      },
    ),
  );
  return client;
}

const answerSchema = z.looseObject({ requestId: z.string(), status: z.string(), statusMessage: z.string() });

async function call(client: Client, operation: string, request: object) {
  const method: unknown = client[`${operation}Async`];
  assert.ok(typeof method === 'function', operation);
  const [answer]: unknown[] = await method.call(client, { ...request, requestId: 'wsdl_0001' });
  return answerSchema.parse(answer);
}

for (const service of SERVICES) {
  test(`the shipped description of the ${service} service says what version 1.8 of it says`, async (t) => {
    const { wire } = await startWorld(t);
    const bare = (wsdl: string) => wsdl.replace(/<!--.*?-->\n/s, '').replace(/ location="[^"]*"/, '');
    const served = await wire.http('GET', `${pathOf(service, 8)}?wsdl`);
    assert.equal(served.status, 200);
    assert.match(served.text, new RegExp(` location="https://127\\.0\\.0\\.1:\\d+${pathOf(service, 8)}"`));
    const shipped = await readFile(wsdlPath(service), 'utf8');
    assert.equal(bare(shipped), bare(served.text));
    assert.match(shipped, /<soap:address location="https:\/\/userservices-auth\.vip\.symantec\.com\//);
  });
}

test('the description of version 1.7 lacks what 1.8 brought', async (t) => {
  const { wire } = await startWorld(t);
  const { text } = await wire.http('GET', `${pathOf('Query', 7)}?wsdl`);
  for (const name of ['includeTokenInfo', 'tokenCategoryDetails', 'tokenInfo', 'deviceInfo', 'TokenIdType'])
    assert.ok(!text.includes(name), name);
});

const userId = 'ana+approve@example.com';
const detail = { credentialType: 'STANDARD_OTP', credentialId: 'VSST00000001' };
const otpAuthData = { otp2: '654321', otp: '123456' };
const authContext = { params: [{ Value: '1', Key: 'authLevel.level' }] };
const smsDeliveryInfo = {
  gatewayAcctInfo: { Password: 'secret', Id: 'gw1' },
  messageTemplate: 'Your code is',
  phoneNumber: '16505551212',
};
const temporaryPasswordAttributes = { oneTimeUseOnly: true, expirationTime: '2026-03-05T00:00:00.000Z' };
const pushAuthData = {
  requestParameters: { Value: '60', Key: 'request.timeout' },
  displayParameters: [{ Value: 'Sign in', Key: 'display.message.title' }],
};

/** Arguments in an order which is not that of the schema. */
const CALLS: readonly (readonly [operation: string, request: object, status: string])[] = [
  ['createUser', { forcePinChange: false, pin: '4711', userId: 'new@example.com' }, '0000'],
  [
    'updateUser',
    { newPin: '4712', oldPin: '4711', newUserStatus: 'ACTIVE', userId: 'new@example.com' },
    '0000',
  ],
  ['clearUserPin', { userId: 'new@example.com' }, '0000'],
  ['deleteUser', { onBehalfOfAccountId: '1000000001', userId: 'new@example.com' }, '0000'],
  ['addCredential', { trustedDevice: true, otpAuthData, credentialDetail: detail, userId }, '0000'],
  ['updateCredential', { friendlyName: 'key', ...detail, userId }, '0000'],
  ['removeCredential', { ...detail, userId }, '0000'],
  ['register', { smsDeliveryInfo: { ...smsDeliveryInfo, phoneNumber: '16505550000' } }, '0000'],
  ['register', { voiceDeliveryInfo: { Language: 'en-us', phoneNumber: '16505550000x,12' } }, '0000'],
  ['register', { serviceOtpDeliveryInfo: { id: 'SVC00000009' } }, '0000'],
  ['sendOtp', { smsDeliveryInfo, userId }, '0000'],
  [
    'setTemporaryPassword',
    { smsDeliveryInfo, temporaryPasswordAttributes, temporaryPassword: '012345', userId },
    '0000',
  ],
  ['setTemporaryPasswordAttributes', { temporaryPasswordAttributes, userId }, '0000'],
  ['getTemporaryPasswordAttributes', { userId }, '0000'],
  ['clearTemporaryPassword', { userId }, '0000'],
  ['getServerTime', {}, '0000'],
  ['getUserInfo', { includeTokenInfo: true, includePushAttributes: true, iaInfo: true, userId }, '0000'],
  ['getCredentialInfo', { includePushAttributes: true, ...detail }, '0000'],
  ['pollPushStatus', { transactionId: ['abcd', 'efgh'] }, '0000'],
  ['authenticateUser', { authContext, otpAuthData, pin: '4711', userId: 'gina@example.com' }, '0000'],
  ['checkOtp', { authContext, otpAuthData, userId: 'gina@example.com' }, '0000'],
  ['authenticateUserWithPush', { authContext, pushAuthData, userId }, '6040'],
  ['authenticateUserWithPush', { pushAuthData: {}, userId }, '6040'],
  [
    'authenticateCredentials',
    {
      authContext,
      pushAuthData,
      activate: true,
      credentials: [detail, { ...detail, credentialId: 'VSMT12345678' }],
    },
    '6040',
  ],
];

test('a published SOAP client with the shipped descriptions reaches every operation in the right order', async (t) => {
  const { simulator } = await startWorld(t);
  const clients = new Map(
    await Promise.all(SERVICES.map(async (name) => [name, await connect(simulator, name, 8)] as const)),
  );
  const expect = async (operation: string, request: object, status: string) => {
    const service = SERVICE_OF.get(operation);
    const client = service === undefined ? undefined : clients.get(service);
    assert.ok(client, operation);
    const answer = await call(client, operation, request);
    assert.equal(answer.status, status, `${operation} ${answer.statusMessage}`);
    assert.equal(answer.requestId, 'wsdl_0001');
    return answer;
  };
  for (const [operation, request, status] of CALLS) await expect(operation, request, status);

  const risk = { KeyValuePairs: { Value: 'web', Key: 'channel' }, IAAuthData: 'laptop', UserAgent: 'x' };
  const evaluated = await expect('evaluateRisk', { ...risk, Ip: '1.2.3.4', UserId: userId }, '0000');
  const event = { VerifyMethod: 'PUSH', EventId: evaluated['EventId'], UserId: userId };
  await expect('confirmRisk', event, '0000');
  await expect('denyRisk', { RememberDevice: true, IAAuthData: 'laptop', ...event }, '0000');

  const asked = [...CALLS.map(([operation]) => operation), 'evaluateRisk', 'confirmRisk', 'denyRisk'];
  assert.deepEqual(new Set(asked), new Set(SERVICE_OF.keys()));
});
