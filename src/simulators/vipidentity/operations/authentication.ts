import {
  authContextType,
  credentialDefinitionType,
  otpAuthDataType,
  pushAuthDataType,
} from '../messages/objects.js';
import { pushDetailType } from '../messages/answer-objects.js';
import {
  authnIdType,
  credentialIdType,
  credentialTypeEnum,
  pinType,
  pushTransactionIdType,
  userIdType,
} from '../messages/simple-types.js';
import { one, optional, several } from '../schema/complex.js';
import { boolean, dateTime } from '../schema/simple.js';
import { useUserCode } from '../state/codes.js';
import { checkPin, usePin } from '../state/pins.js';
import { Refusal } from '../statuses.js';
import { checkAuthContext } from './auth-context.js';
import { authenticateByCode, authenticateByPush } from './credential-authentication.js';
import { operation } from './operation.js';

/** Proofs by a code: of a user or of credentials (dossier section 2.3.7). */
export const authenticationOperations = [
  operation({
    name: 'authenticateUser',
    request: {
      userId: one(userIdType),
      pin: optional(pinType),
      otpAuthData: optional(otpAuthDataType),
      authContext: optional(authContextType),
    },
    choice: { of: ['otpAuthData'], required: false },
    response: {
      credentialId: optional(credentialIdType),
      credentialType: optional(credentialTypeEnum),
      authnId: optional(authnIdType),
      isPinExpired: optional(boolean),
      pinExpirationTime: optional(dateTime),
      authContext: optional(authContextType),
    },
    run(account, { userId, pin, otpAuthData, authContext }) {
      checkAuthContext(authContext);
      const user = account.activeUser(userId);
      if (pin !== undefined) checkPin(account, user, pin);
      else if (otpAuthData === undefined) throw new Refusal('6009');
      const proof = otpAuthData === undefined ? undefined : useUserCode(account, user, otpAuthData);
      const pinExpiry = pin === undefined ? undefined : usePin(account, user);
      return { own: { ...proof?.credential, authnId: proof?.authnId, ...pinExpiry, authContext } };
    },
  }),
  operation({
    name: 'checkOtp',
    request: {
      userId: one(userIdType),
      otpAuthData: one(otpAuthDataType),
      authContext: optional(authContextType),
    },
    response: {
      credentialId: optional(credentialIdType),
      credentialType: optional(credentialTypeEnum),
      authnId: optional(authnIdType),
      authContext: optional(authContextType),
    },
    run(account, { userId, otpAuthData, authContext }) {
      checkAuthContext(authContext);
      const { credential, authnId } = useUserCode(account, account.activeUser(userId), otpAuthData);
      return { own: { ...credential, authnId, authContext } };
    },
  }),
  operation({
    name: 'authenticateCredentials',
    request: {
      credentials: several(credentialDefinitionType, 1, 5),
      activate: optional(boolean),
      otpAuthData: optional(otpAuthDataType),
      pushAuthData: optional(pushAuthDataType),
      authContext: optional(authContextType),
    },
    choice: { of: ['otpAuthData', 'pushAuthData'], required: true },
    response: {
      credentialId: optional(credentialIdType),
      credentialType: optional(credentialTypeEnum),
      transactionId: optional(pushTransactionIdType),
      pushDetail: several(pushDetailType, 0, 20),
      authContext: optional(authContextType),
    },
    run(account, { credentials, activate = false, otpAuthData, pushAuthData, authContext }) {
      checkAuthContext(authContext);
      if (otpAuthData !== undefined) {
        const proven = authenticateByCode(account, credentials, activate, otpAuthData);
        return { own: { ...proven, pushDetail: [], authContext } };
      }
      if (pushAuthData === undefined) throw new Refusal('600B');
      const sent = authenticateByPush(account, credentials, activate, pushAuthData);
      return { status: '6040', own: { ...sent, authContext } };
    },
  }),
];
