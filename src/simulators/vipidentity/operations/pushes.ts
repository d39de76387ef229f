import { pushDetailType, pushTransactionStatusType } from '../messages/answer-objects.js';
import { authContextType, pushAuthDataType } from '../messages/objects.js';
import { pinType, pushTransactionIdType, userIdType } from '../messages/simple-types.js';
import { one, optional, several } from '../schema/complex.js';
import { boolean, dateTime } from '../schema/simple.js';
import type { Account } from '../state/account.js';
import { enabledCredentials } from '../state/bindings.js';
import { checkPin, usePin } from '../state/pins.js';
import { canBePushed, sendPush } from '../state/pushes.js';
import { detailMessage, pushStatusMessage, Refusal, type PushStatus } from '../statuses.js';
import { checkAuthContext } from './auth-context.js';
import { sentPush } from './credential-authentication.js';
import { operation } from './operation.js';

/** Asks a user's phones (dossier section 2.3.7). */
export const authenticateUserWithPush = operation({
  name: 'authenticateUserWithPush',
  request: {
    userId: one(userIdType),
    pin: optional(pinType),
    pushAuthData: one(pushAuthDataType),
    authContext: optional(authContextType),
  },
  response: {
    transactionId: optional(pushTransactionIdType),
    isPinExpired: optional(boolean),
    pinExpirationTime: optional(dateTime),
    pushDetail: several(pushDetailType, 0, 20),
    authContext: optional(authContextType),
  },
  run(account, { userId, pin, pushAuthData, authContext }) {
    checkAuthContext(authContext);
    const user = account.activeUser(userId);
    if (pin !== undefined) checkPin(account, user, pin);
    const credentials = enabledCredentials(account, user).filter((key) => canBePushed(account, key));
    if (credentials.length === 0) throw new Refusal('6008');
    const pinExpiry = pin === undefined ? undefined : usePin(account, user);
    const push = sendPush(account, { userId: user.userId, credentials, activate: false, ...pushAuthData });
    return { status: '6040', own: { ...sentPush(push), ...pinExpiry, authContext } };
  },
});

/** How far pushes have come (dossier section 5.1): the end of one can be read once. */
export const pollPushStatus = operation({
  name: 'pollPushStatus',
  request: { transactionId: several(pushTransactionIdType, 1, 20) },
  response: { transactionStatus: several(pushTransactionStatusType, 0, 20) },
  readOnly: true,
  run(account, { transactionId: ids }) {
    const known = account.pushes.size;
    const transactionStatus = ids.map((id) => readPush(account, id));
    if (account.pushes.size < known) account.world.save();
    return { own: { transactionStatus } };
  },
});

function readPush(account: Account, transactionId: string) {
  const push = account.pushes.get(transactionId);
  if (push === undefined) return state(transactionId, '7005');
  if (push.end === undefined) return state(transactionId, '7001');
  const { at, status, detail, credential, deviceInfo } = push.end;
  if (account.world.settings.consumePushes) account.pushes.delete(transactionId);
  return {
    ...state(transactionId, status),
    detail,
    detailMessage: detail === undefined ? undefined : detailMessage(detail),
    authnTime: credential === undefined ? undefined : at,
    ...credential,
    deviceInfo,
  };
}

function state(transactionId: string, status: PushStatus) {
  return { transactionId, status, statusMessage: pushStatusMessage(status), deviceInfo: [] };
}
