import { ASSUMED } from '../assumptions.js';
import { keyValuePairType } from '../messages/objects.js';
import {
  eventIdType,
  friendlyNameType,
  iaAuthDataType,
  ipAddressType,
  riskScoreType,
  userAgentType,
  userIdType,
  verifyMethodType,
} from '../messages/simple-types.js';
import { one, optional, several } from '../schema/complex.js';
import { boolean, string } from '../schema/simple.js';
import {
  addRiskEvent,
  rememberDevice,
  rememberedDevice,
  requireRiskEvent,
  riskReason,
} from '../state/risk.js';
import { operation } from './operation.js';

/** Risk of a sign-in (dossier sections 2.3.7 and 3.17). Element names start with a capital here. */
export const riskOperations = [
  operation({
    name: 'evaluateRisk',
    request: {
      UserId: one(userIdType),
      Ip: one(ipAddressType),
      UserAgent: one(userAgentType),
      IAAuthData: optional(iaAuthDataType),
      KeyValuePairs: several(keyValuePairType, 0, 20),
    },
    response: {
      Risky: optional(boolean),
      RiskScore: optional(riskScoreType),
      RiskThreshold: optional(riskScoreType),
      RiskReason: optional(string),
      PolicyVersion: optional(string),
      EventId: optional(eventIdType),
      KeyValuePairs: several(keyValuePairType, 0, 20),
    },
    run(account, { UserId, Ip, IAAuthData }) {
      const user = account.user(UserId);
      const reason = riskReason(Ip, IAAuthData);
      const device = rememberedDevice(account, user, IAAuthData);
      const { eventId, tagId } = addRiskEvent(account, user);
      return {
        status: reason === undefined ? '0000' : '6009',
        own: {
          Risky: reason !== undefined,
          RiskScore: reason === undefined ? ASSUMED.riskScores.low : ASSUMED.riskScores.high,
          RiskThreshold: ASSUMED.riskThreshold,
          RiskReason: reason,
          PolicyVersion: ASSUMED.riskPolicyVersion,
          EventId: eventId,
          // A published client takes the third pair for the tag.
          KeyValuePairs: pairs({
            'device.registered': String(device !== undefined),
            'device.expired': 'false',
            'device.tag': device?.credentialId ?? tagId,
            'device.friendly.name': device?.friendlyName,
            'external.user.id': UserId,
          }),
        },
      };
    },
  }),
  operation({
    name: 'confirmRisk',
    request: {
      UserId: one(userIdType),
      EventId: one(eventIdType),
      VerifyMethod: optional(verifyMethodType),
      KeyValuePairs: several(keyValuePairType, 0, 20),
    },
    response: { KeyValuePairs: several(keyValuePairType, 0, 20) },
    run(account, { UserId, EventId }) {
      requireRiskEvent(account.user(UserId), EventId);
      return { own: { KeyValuePairs: pairs({ 'device.feedback': 'true' }) } };
    },
  }),
  operation({
    name: 'denyRisk',
    request: {
      UserId: one(userIdType),
      EventId: one(eventIdType),
      VerifyMethod: optional(verifyMethodType),
      IAAuthData: optional(iaAuthDataType),
      RememberDevice: optional(boolean),
      FriendlyName: optional(friendlyNameType),
      KeyValuePairs: several(keyValuePairType, 0, 20),
    },
    response: { KeyValuePairs: several(keyValuePairType, 0, 20) },
    run(account, { UserId, EventId, IAAuthData, RememberDevice, FriendlyName }) {
      const user = account.user(UserId);
      const event = requireRiskEvent(user, EventId);
      const reason = rememberDevice(account, user, event, {
        remember: RememberDevice ?? false,
        iaAuthData: IAAuthData,
        friendlyName: FriendlyName,
      });
      const device = reason === 'SUCCESS' ? rememberedDevice(account, user, IAAuthData) : undefined;
      return {
        own: {
          KeyValuePairs: pairs({
            'device.feedback': String(device !== undefined),
            'device.feedback.reason': reason,
            'device.friendly.name': device?.friendlyName,
            'device.tag.id': device?.credentialId,
          }),
        },
      };
    },
  }),
];

function pairs(values: Readonly<Record<string, string | undefined>>): { Key: string; Value: string }[] {
  return Object.entries(values).flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }]));
}
