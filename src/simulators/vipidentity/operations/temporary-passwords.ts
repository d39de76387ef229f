import {
  smsDeliveryInfoType,
  temporaryPasswordAttributesType,
  voiceDeliveryInfoType,
} from '../messages/objects.js';
import { temporaryPasswordType, userIdType } from '../messages/simple-types.js';
import { one, optional } from '../schema/complex.js';
import { deliver, deliveryOf } from '../state/phones.js';
import { changeTemporaryCode, requireTemporaryCode, setTemporaryCode } from '../state/temporary-codes.js';
import { DONE, operation } from './operation.js';

/** Codes that stand in for a lost credential (dossier sections 2.3.3 and 2.3.5). */
export const temporaryPasswordOperations = [
  operation({
    name: 'setTemporaryPassword',
    request: {
      userId: one(userIdType),
      temporaryPassword: optional(temporaryPasswordType),
      temporaryPasswordAttributes: optional(temporaryPasswordAttributesType),
      smsDeliveryInfo: optional(smsDeliveryInfoType),
      voiceDeliveryInfo: optional(voiceDeliveryInfoType),
    },
    choice: { of: ['smsDeliveryInfo', 'voiceDeliveryInfo'], required: false },
    response: { temporaryPassword: optional(temporaryPasswordType) },
    run(account, { userId, temporaryPassword: wanted, temporaryPasswordAttributes = {}, ...phone }) {
      const user = account.user(userId);
      const delivery = deliveryOf(phone);
      const temporaryPassword = setTemporaryCode(account, user, wanted, temporaryPasswordAttributes);
      if (delivery !== undefined) deliver(account, delivery, temporaryPassword, 'temporaryPassword');
      return { own: { temporaryPassword } };
    },
  }),
  operation({
    name: 'setTemporaryPasswordAttributes',
    request: {
      userId: one(userIdType),
      temporaryPasswordAttributes: one(temporaryPasswordAttributesType),
    },
    response: {},
    run(account, { userId, temporaryPasswordAttributes }) {
      changeTemporaryCode(account, account.user(userId), temporaryPasswordAttributes);
      return DONE;
    },
  }),
  operation({
    name: 'clearTemporaryPassword',
    request: { userId: one(userIdType) },
    response: {},
    run(account, { userId }) {
      const user = account.user(userId);
      requireTemporaryCode(account, user);
      delete user.temporaryCode;
      return DONE;
    },
  }),
];

/** The one of them which the query service has. */
export const getTemporaryPasswordAttributes = operation({
  name: 'getTemporaryPasswordAttributes',
  request: { userId: one(userIdType) },
  // Called otherwise than in requests.
  response: { tempPwdAttributes: optional(temporaryPasswordAttributesType) },
  readOnly: true,
  run(account, { userId }) {
    const { expiresAt, oneTimeUseOnly } = requireTemporaryCode(account, account.user(userId));
    return { own: { tempPwdAttributes: { expirationTime: expiresAt, oneTimeUseOnly } } };
  },
});
