import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProviderError } from '../../../src/provider-error.js';
import type { VipClient } from '../../../src/providers/vipidentity/client.js';
import { OPERATIONS } from '../../../src/providers/vipidentity/operations.js';
import type { OperationName } from '../../../src/providers/vipidentity/operations.js';
import { answerTo, openRawVip } from './raw.js';

const USER = 'ana';
const CREDENTIAL = { credentialId: 'VSMT12345678', credentialType: 'STANDARD_OTP' } as const;
const CODE = { otp: '123456', authContext: [] };
const PUSH = { displayParameters: [], requestParameters: [], authContext: [] };
const VERDICT = { userId: USER, eventId: '123', attributes: [] };
const SMS = { sms: { phoneNumber: '16505551212' } };

type Calls = Readonly<Record<OperationName, readonly ((client: VipClient) => Promise<unknown>)[]>>;

const CALLS: Calls = {
  getServerTime: [(client) => client.getServerTime()],
  getUserInfo: [(client) => client.getUser(USER)],
  getCredentialInfo: [(client) => client.getCredential(CREDENTIAL)],
  getTemporaryPasswordAttributes: [(client) => client.getTemporaryPasswordAttributes(USER)],
  pollPushStatus: [(client) => client.pollPushes(['abcd1234'])],
  createUser: [(client) => client.createUser({ userId: USER })],
  updateUser: [(client) => client.updateUser({ userId: USER, newUserStatus: 'ACTIVE' })],
  deleteUser: [(client) => client.deleteUser(USER)],
  clearUserPin: [(client) => client.clearUserPin(USER)],
  addCredential: [(client) => client.addCredential({ userId: USER, ...CREDENTIAL })],
  removeCredential: [(client) => client.removeCredential({ userId: USER, ...CREDENTIAL })],
  updateCredential: [
    (client) => client.updateCredential({ userId: USER, friendlyName: 'mine', ...CREDENTIAL }),
  ],
  register: [(client) => client.registerPhone(SMS), (client) => client.registerService('service1')],
  sendOtp: [(client) => client.sendOtp({ userId: USER, ...SMS })],
  setTemporaryPassword: [(client) => client.setTemporaryPassword({ userId: USER, ...SMS })],
  setTemporaryPasswordAttributes: [
    (client) => client.setTemporaryPasswordAttributes({ userId: USER, oneTimeUseOnly: true }),
  ],
  clearTemporaryPassword: [(client) => client.clearTemporaryPassword(USER)],
  authenticateUser: [(client) => client.authenticateUser({ userId: USER, ...CODE })],
  checkOtp: [(client) => client.checkOtp({ userId: USER, ...CODE })],
  authenticateUserWithPush: [(client) => client.pushUser({ userId: USER, ...PUSH })],
  authenticateCredentials: [
    (client) => client.authenticateCredentials({ credentials: [CREDENTIAL], ...CODE }),
    (client) => client.pushCredentials({ credentials: [CREDENTIAL], ...PUSH }),
  ],
  evaluateRisk: [
    (client) => client.evaluateRisk({ userId: USER, ipAddress: '10.0.0.1', userAgent: 'x', attributes: [] }),
  ],
  confirmRisk: [(client) => client.confirmRisk(VERDICT)],
  denyRisk: [(client) => client.denyRisk(VERDICT)],
};

/** What each status means (sections 4.2 and 4.4 of the dossier), whichever operation is answered with it. */
const CLASSES: Readonly<Record<string, string>> = {
  '6001': 'FORBIDDEN',
  '6002': 'CONFLICT',
  '6003': 'NOT_FOUND',
  '6004': 'NOT_FOUND',
  '6006': 'INVALID_INPUT',
  '6007': 'NOT_FOUND',
  '6008': 'PROVIDER_REJECTED',
  '6009': 'WRONG_SECRET',
  '600A': 'NOT_SUPPORTED',
  '600B': 'INVALID_INPUT',
  '600D': 'LOCKED',
  '600E': 'PROVIDER_UNAUTHENTICATED',
  '6010': 'FORBIDDEN',
  '6011': 'QUOTA_EXCEEDED',
  '6012': 'QUOTA_EXCEEDED',
  '6015': 'INVALID_INPUT',
  '6017': 'NOT_FOUND',
  '601B': 'LOCKED',
  '601F': 'WRONG_SECRET',
  '6020': 'INVALID_INPUT',
  '6021': 'NOT_SUPPORTED',
  '6026': 'CONFLICT',
  '60FF': 'PROVIDER_REJECTED',
};
/** Trouble at the provider. */
const TROUBLE = { read: 'PROVIDER_UNAVAILABLE', write: 'OUTCOME_UNKNOWN' } as const;
/** Successes of other operations, and states of a push, which no operation itself is answered with. */
const OF_SOMETHING_ELSE = { read: 'PROVIDER_PROTOCOL', write: 'OUTCOME_UNKNOWN' } as const;
const PUSH_STATES = ['7000', '7001', '7002', '7003', '7004', '7005', '7006', '7008'];
const SUCCESSES: Partial<Readonly<Record<OperationName, readonly string[]>>> = {
  authenticateUserWithPush: ['6040'],
  evaluateRisk: ['0000', '6009'],
};

for (const [name, calls] of Object.entries(CALLS) as [OperationName, Calls[OperationName]][])
  test(`${name}: every status is of the class that it is of for all operations`, async (t) => {
    let status = '';
    const { client } = await openRawVip(t, (asked) => answerTo(asked, '', status));
    const { kind } = OPERATIONS[name];
    const expected = {
      ...CLASSES,
      '6005': TROUBLE[kind],
      ...Object.fromEntries(['0000', '6040', ...PUSH_STATES].map((code) => [code, OF_SOMETHING_ELSE[kind]])),
    };
    const tried = Object.keys(expected).filter((code) => !(SUCCESSES[name] ?? ['0000']).includes(code));
    for (const call of calls) {
      const told: Record<string, string> = {};
      for (status of tried)
        told[status] = await call(client).then(
          () => 'done',
          (error: unknown) => (error instanceof ProviderError ? error.code : String(error)),
        );
      assert.deepEqual(told, Object.fromEntries(Object.entries(expected).filter(([code]) => code in told)));
    }
  });
