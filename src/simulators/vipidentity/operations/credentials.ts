import { credentialDetailType, otpAuthDataType } from '../messages/objects.js';
import {
  credentialIdType,
  credentialTypeEnum,
  friendlyNameType,
  userIdType,
} from '../messages/simple-types.js';
import { one, optional } from '../schema/complex.js';
import { boolean } from '../schema/simple.js';
import { requireBinding } from '../state/account.js';
import { bind, checkBindable, unbind } from '../state/bindings.js';
import { hasCodes, useCode, wrongCode } from '../state/codes.js';
import { Refusal } from '../statuses.js';
import { DONE, operation } from './operation.js';

/** Bindings of credentials to users (dossier section 2.3.4). */
export const credentialOperations = [
  operation({
    name: 'addCredential',
    request: {
      userId: one(userIdType),
      credentialDetail: one(credentialDetailType),
      otpAuthData: optional(otpAuthDataType),
      trustedDevice: optional(boolean),
    },
    choice: { of: ['otpAuthData'], required: false },
    response: {},
    run(account, { userId, credentialDetail, otpAuthData, trustedDevice }) {
      const user = account.user(userId);
      if (user.status === 'LOCKED') throw new Refusal('601B');
      if (!hasCodes(credentialDetail)) throw new Refusal('600A');
      const credential = account.credential(credentialDetail);
      // Phones and services count as unknown until they are registered.
      if (credential.status === 'INACTIVE' && credential.credentialType !== 'STANDARD_OTP')
        throw new Refusal('6004');
      if (credential.status === 'LOCKED' || credential.status === 'DISABLED') throw new Refusal('600D');
      checkBindable(user, credential);
      if (otpAuthData !== undefined && !useCode(account, credential, otpAuthData))
        throw wrongCode(otpAuthData);
      bind(account, user, credential, {
        friendlyName: credentialDetail.friendlyName,
        trustedDevice: trustedDevice ?? credentialDetail.trustedDevice,
      });
      return DONE;
    },
  }),
  operation({
    name: 'removeCredential',
    request: {
      userId: one(userIdType),
      credentialId: one(credentialIdType),
      credentialType: one(credentialTypeEnum),
      trustedDevice: optional(boolean),
    },
    response: {},
    run(account, { userId, ...key }) {
      const user = account.user(userId);
      const binding = requireBinding(user, key);
      if (key.credentialType === 'IA' && account.plan.keepsDevices) throw new Refusal('6010');
      unbind(account, user, binding);
      return DONE;
    },
  }),
  operation({
    name: 'updateCredential',
    request: {
      userId: one(userIdType),
      credentialId: one(credentialIdType),
      credentialType: one(credentialTypeEnum),
      friendlyName: one(friendlyNameType),
    },
    response: {},
    run(account, { userId, friendlyName, ...key }) {
      requireBinding(account.user(userId), key).friendlyName = friendlyName;
      return DONE;
    },
  }),
];
