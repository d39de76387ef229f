import { credentialBindingDetailType, userBindingDetailType } from '../messages/answer-objects.js';
import { keyValuePairType } from '../messages/objects.js';
import {
  credentialIdType,
  credentialStatusType,
  credentialTypeEnum,
  userIdType,
  userStatusEnum,
} from '../messages/simple-types.js';
import { one, optional, several, since } from '../schema/complex.js';
import { boolean, dateTime, integer } from '../schema/simple.js';
import { requireBinding } from '../state/account.js';
import { temporaryCode } from '../state/temporary-codes.js';
import { bindingDetail, credentialDetail, pushAttributes } from './credential-views.js';
import { operation } from './operation.js';

/** What can be read (dossier section 2.3.6). */
export const queryOperations = [
  operation({
    name: 'getServerTime',
    request: {},
    response: { timestamp: optional(dateTime) },
    readOnly: true,
    run: (account) => ({ own: { timestamp: account.now() } }),
  }),
  operation({
    name: 'getUserInfo',
    request: {
      userId: one(userIdType),
      iaInfo: optional(boolean),
      includePushAttributes: optional(boolean),
      includeTokenInfo: since(8, optional(boolean)),
    },
    response: {
      userId: optional(userIdType),
      userCreationTime: optional(dateTime),
      userStatus: optional(userStatusEnum),
      numBindings: optional(integer),
      credentialBindingDetail: several(credentialBindingDetailType, 0, Infinity),
      isPinSet: optional(boolean),
      isTempPasswordSet: optional(boolean),
      pinExpirationTime: optional(dateTime),
    },
    readOnly: true,
    run(account, { userId, iaInfo = true, includePushAttributes = true, includeTokenInfo = false }) {
      const user = account.user(userId);
      const bindings = user.bindings.filter(({ credentialType }) => iaInfo || credentialType !== 'IA');
      return {
        own: {
          userId: user.userId,
          userCreationTime: user.createdAt,
          userStatus: user.status,
          numBindings: bindings.length,
          credentialBindingDetail: bindings.map((binding) =>
            credentialDetail(account, binding, { includePushAttributes, includeTokenInfo }),
          ),
          // The service leaves both out rather than saying no.
          isPinSet: user.pin === undefined ? undefined : true,
          isTempPasswordSet: temporaryCode(account, user) === undefined ? undefined : true,
          pinExpirationTime: user.pin?.expiresAt,
        },
      };
    },
  }),
  operation({
    name: 'getCredentialInfo',
    request: {
      credentialId: one(credentialIdType),
      credentialType: one(credentialTypeEnum),
      includePushAttributes: optional(boolean),
    },
    response: {
      credentialId: optional(credentialIdType),
      credentialType: optional(credentialTypeEnum),
      credentialStatus: optional(credentialStatusType),
      numBindings: optional(integer),
      pushAttributes: several(keyValuePairType, 0, 20),
      userBindingDetail: several(userBindingDetailType, 0, Infinity),
    },
    readOnly: true,
    run(account, { includePushAttributes = true, ...key }) {
      const { credentialId, credentialType, status } = account.credential(key);
      const users = account.usersBoundTo(key);
      return {
        own: {
          credentialId,
          credentialType,
          credentialStatus: status,
          numBindings: users.length,
          pushAttributes: includePushAttributes ? pushAttributes(account, key) : [],
          userBindingDetail: users.map((user) => ({
            userId: user.userId,
            userStatus: user.status,
            bindingDetail: bindingDetail(requireBinding(user, key)),
          })),
        },
      };
    },
  }),
];
