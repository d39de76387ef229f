import { DIGITS, randomText } from '../../kit/random.js';
import { ASSUMED } from '../assumptions.js';
import { Refusal } from '../statuses.js';
import type { Account } from './account.js';
import type { SentMessage } from './outbox.js';
import type { Credential } from './records.js';

/** Where and how a code goes to a phone. */
export interface Delivery {
  readonly channel: SentMessage['channel'];
  readonly phoneNumber: string;
  readonly text: string;
}

const CREDENTIAL_TYPES = { SMS: 'SMS_OTP', VOICE: 'VOICE_OTP' } as const;

interface DeliveryElements {
  readonly smsDeliveryInfo?:
    { readonly phoneNumber: string; readonly messageTemplate?: string | undefined } | undefined;
  readonly voiceDeliveryInfo?:
    { readonly phoneNumber: string; readonly Language?: string | undefined } | undefined;
}

/**
 * The delivery a request asks for, if any.
 * @throws Refusal 6015 for a number that cannot be, 600B for a language other than en-us
 */
export function deliveryOf(request: DeliveryElements): Delivery | undefined {
  const { smsDeliveryInfo: sms, voiceDeliveryInfo: voice } = request;
  const phoneNumber = sms?.phoneNumber ?? voice?.phoneNumber;
  if (phoneNumber === undefined) return undefined;
  if (phoneNumber === ASSUMED.badPhoneNumber) throw new Refusal('6015');
  if (voice?.Language !== undefined && voice.Language.toLowerCase() !== 'en-us') throw new Refusal('600B');
  const text = sms?.messageTemplate ?? 'Your security code is';
  return { channel: sms === undefined ? 'VOICE' : 'SMS', phoneNumber, text };
}

/** The credential that stands for the phone of a delivery. */
export function phoneKey({ channel, phoneNumber }: Delivery) {
  return { credentialType: CREDENTIAL_TYPES[channel], credentialId: phoneNumber } as const;
}

/** Sends a code to a phone. */
export function deliver(
  account: Account,
  delivery: Delivery,
  code: string,
  purpose: SentMessage['purpose'],
): void {
  account.world.outbox.send({ ...delivery, code, purpose, sentAt: account.now() });
}

/** Makes the code that is good for this credential from now on; the one before is not. */
export function newCode(account: Account, credential: Credential): string {
  const { settings, random } = account.world;
  const value = settings.sentCodes === 'fixed' ? ASSUMED.sentCode : randomText(random, 6, DIGITS);
  credential.sentCode = { value, expiresAt: account.now() + ASSUMED.sentCodeLifetimeMs };
  return value;
}
