import type { VipClient } from '../../../src/providers/vipidentity/client.js';
import { OPERATIONS as VIP } from '../../../src/providers/vipidentity/operations.js';
import { memoryLogger } from '../../support/memory-logger.js';
import { createHttpClient } from '../../../src/providers/kit/http-client.js';
import { vipClientOf } from '../vipidentity/raw.js';
import { policy } from './tried.js';
import type { Tried, HostileProvider } from './tried.js';

const PUSH = { displayParameters: [], requestParameters: [], authContext: [] };
const CREDENTIAL = { credentialId: 'VSMT12345678', credentialType: 'STANDARD_OTP' } as const;
const PROOF = { otp: '123456', authContext: [] };
const SMS = { sms: { phoneNumber: '16505551212' } };
const EVENT = { userId: 'ana', eventId: '1', attributes: [] };
const vip = (call: (client: VipClient) => Promise<unknown>): Tried<VipClient> => ({ call });
export const vipidentityCalls: HostileProvider<VipClient> = {
  name: 'vipidentity',
  operations: Object.keys(VIP),
  kindOf: (name) => VIP[name as keyof typeof VIP].kind,
  open: async (url, clock) => {
    const http = createHttpClient({
      ...policy,
      provider: 'vipidentity',
      origins: [url],
      clock,
      logger: memoryLogger(),
    });
    return vipClientOf(url, http, clock);
  },
  tried: {
    getServerTime: vip((client) => client.getServerTime()),
    getUserInfo: vip((client) => client.getUser('ana')),
    getCredentialInfo: vip((client) => client.getCredential(CREDENTIAL)),
    getTemporaryPasswordAttributes: vip((client) => client.getTemporaryPasswordAttributes('ana')),
    pollPushStatus: vip((client) => client.pollPushes(['abcd'])),
    createUser: vip((client) => client.createUser({ userId: 'ana' })),
    updateUser: vip((client) => client.updateUser({ userId: 'ana', newUserStatus: 'ACTIVE' })),
    deleteUser: vip((client) => client.deleteUser('ana')),
    clearUserPin: vip((client) => client.clearUserPin('ana')),
    addCredential: vip((client) => client.addCredential({ userId: 'ana', ...CREDENTIAL })),
    removeCredential: vip((client) => client.removeCredential({ userId: 'ana', ...CREDENTIAL })),
    updateCredential: vip((client) =>
      client.updateCredential({ userId: 'ana', ...CREDENTIAL, friendlyName: 'x' }),
    ),
    register: vip((client) => client.registerService('SVC1')),
    sendOtp: vip((client) => client.sendOtp({ userId: 'ana', ...SMS })),
    setTemporaryPassword: vip((client) => client.setTemporaryPassword({ userId: 'ana' })),
    setTemporaryPasswordAttributes: vip((client) =>
      client.setTemporaryPasswordAttributes({ userId: 'ana', oneTimeUseOnly: true }),
    ),
    clearTemporaryPassword: vip((client) => client.clearTemporaryPassword('ana')),
    authenticateUser: vip((client) => client.authenticateUser({ userId: 'ana', ...PROOF })),
    checkOtp: vip((client) => client.checkOtp({ userId: 'ana', ...PROOF })),
    authenticateUserWithPush: vip((client) => client.pushUser({ userId: 'ana', ...PUSH })),
    authenticateCredentials: vip((client) =>
      client.authenticateCredentials({ credentials: [CREDENTIAL], ...PROOF }),
    ),
    evaluateRisk: vip((client) =>
      client.evaluateRisk({ userId: 'ana', ipAddress: '10.0.0.1', userAgent: 'x', attributes: [] }),
    ),
    confirmRisk: vip((client) => client.confirmRisk(EVENT)),
    denyRisk: vip((client) => client.denyRisk(EVENT)),
  },
};
