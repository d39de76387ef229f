import {
  serviceOtpDeliveryInfoType,
  smsDeliveryInfoType,
  voiceDeliveryInfoType,
} from '../messages/objects.js';
import { otpType, userIdType } from '../messages/simple-types.js';
import { one, optional } from '../schema/complex.js';
import { requireBinding, type Account } from '../state/account.js';
import { deliver, deliveryOf, newCode, phoneKey } from '../state/phones.js';
import type { Credential, CredentialKey } from '../state/records.js';
import { Refusal } from '../statuses.js';
import { DONE, operation } from './operation.js';

/** Phones and services that get their codes sent (dossier section 2.3.5). */
export const phoneCodeOperations = [
  operation({
    name: 'register',
    request: {
      smsDeliveryInfo: optional(smsDeliveryInfoType),
      voiceDeliveryInfo: optional(voiceDeliveryInfoType),
      serviceOtpDeliveryInfo: optional(serviceOtpDeliveryInfoType),
    },
    choice: { of: ['smsDeliveryInfo', 'voiceDeliveryInfo', 'serviceOtpDeliveryInfo'], required: true },
    response: { otp: optional(otpType) },
    run(account, { serviceOtpDeliveryInfo: service, ...phone }) {
      if (service !== undefined) {
        const key = { credentialType: 'SERVICE_OTP', credentialId: service.id } as const;
        return { own: { otp: newCode(account, register(account, key)) } };
      }
      const delivery = deliveryOf(phone);
      if (delivery === undefined) throw new Refusal('600B');
      const credential = register(account, phoneKey(delivery));
      deliver(account, delivery, newCode(account, credential), 'register');
      return DONE;
    },
  }),
  operation({
    name: 'sendOtp',
    request: {
      userId: one(userIdType),
      smsDeliveryInfo: optional(smsDeliveryInfoType),
      voiceDeliveryInfo: optional(voiceDeliveryInfoType),
    },
    choice: { of: ['smsDeliveryInfo', 'voiceDeliveryInfo'], required: false },
    response: {},
    run(account, { userId, ...phone }) {
      const user = account.activeUser(userId);
      const delivery = deliveryOf(phone);
      // Where to send it without being told is stated nowhere.
      if (delivery === undefined) throw new Refusal('6015');
      const credential = account.credential(phoneKey(delivery));
      if (credential.status === 'INACTIVE') throw new Refusal('6004');
      requireBinding(user, credential);
      if (credential.status !== 'ENABLED') throw new Refusal('600D');
      deliver(account, delivery, newCode(account, credential), 'sendOtp');
      return DONE;
    },
  }),
];

function register(account: Account, key: CredentialKey): Credential {
  const known = account.findCredential(key);
  if (known === undefined) return account.addCredential(key, 'ENABLED');
  if (known.status !== 'INACTIVE') throw new Refusal('6026', '4E1B');
  account.setCredentialStatus(known, 'ENABLED');
  return known;
}
