import { pinType, userIdType, userStatusEnum } from '../messages/simple-types.js';
import { one, optional } from '../schema/complex.js';
import { boolean } from '../schema/simple.js';
import { unlock } from '../state/codes.js';
import { checkNewPin, checkPin, setPin } from '../state/pins.js';
import { Refusal } from '../statuses.js';
import { DONE, operation } from './operation.js';

/** Users and their PINs (dossier sections 2.3.1 to 2.3.3). */
export const userOperations = [
  operation({
    name: 'createUser',
    request: { userId: one(userIdType), pin: optional(pinType), forcePinChange: optional(boolean) },
    response: {},
    run(account, { userId, pin, forcePinChange }) {
      if (account.findUser(userId) !== undefined) throw new Refusal('6002');
      if (pin !== undefined) checkNewPin(account, pin);
      const user = account.addUser(userId);
      if (pin !== undefined) setPin(account, user, pin, forcePinChange ?? false);
      return DONE;
    },
  }),
  operation({
    name: 'updateUser',
    request: {
      userId: one(userIdType),
      newUserId: optional(userIdType),
      newUserStatus: optional(userStatusEnum),
      oldPin: optional(pinType),
      newPin: optional(pinType),
      forcePinChange: optional(boolean),
    },
    response: {},
    run(account, { userId, newUserId, newUserStatus, oldPin, newPin, forcePinChange }) {
      if (newUserStatus === 'LOCKED') throw new Refusal('600B');
      if (newPin === undefined && (oldPin ?? forcePinChange) !== undefined) throw new Refusal('600B');
      const user = account.user(userId);
      if (newPin !== undefined) checkNewPin(account, newPin);
      if (oldPin !== undefined) checkPin(account, user, oldPin);
      if (newUserId !== undefined) account.renameUser(user, newUserId);
      if (newPin !== undefined) setPin(account, user, newPin, forcePinChange ?? false);
      if (newUserStatus === undefined) return DONE;
      if (user.status === 'LOCKED' && newUserStatus === 'ACTIVE') unlock(account, user);
      user.status = newUserStatus;
      return DONE;
    },
  }),
  operation({
    name: 'deleteUser',
    request: { userId: one(userIdType) },
    response: {},
    run(account, { userId }) {
      account.removeUser(account.user(userId));
      return DONE;
    },
  }),
  operation({
    name: 'clearUserPin',
    request: { userId: one(userIdType) },
    response: {},
    run(account, { userId }) {
      const user = account.user(userId);
      if (user.pin === undefined) throw new Refusal('6021');
      delete user.pin;
      return DONE;
    },
  }),
];
