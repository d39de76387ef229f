import { checkAll } from '../../check-all.js';
import { invalidInput } from '../../provider-error.js';
import type { Delivery, SmsDelivery, VoiceDelivery } from './model.js';
import { checkTexts, RULES } from './rules.js';

/**
 * The elements which say where a code is sent (dossier section 3.8); none when it is sent nowhere.
 * @throws ProviderError INVALID_INPUT
 */
export function deliveryElements({ sms, voice }: Delivery): object {
  if (sms && voice) throw invalidInput(['voice'], 'CONTRADICTORY', 'voice must not go with sms: choose one.');
  if (sms) return { smsDeliveryInfo: smsElement(sms) };
  return voice ? { voiceDeliveryInfo: voiceElement(voice) } : {};
}

/** The same where the service must be told. @throws ProviderError INVALID_INPUT */
export function requiredDeliveryElements(delivery: Delivery): object {
  if (!delivery.sms && !delivery.voice)
    throw invalidInput(['sms'], 'MISSING', 'sms or voice must say where the code is sent.');
  return deliveryElements(delivery);
}

function smsElement({
  phoneNumber,
  smsFrom,
  messageTemplate,
  gatewayId,
  gatewayPassword,
}: SmsDelivery): object {
  checkAll([
    () =>
      checkTexts(
        ['sms.phoneNumber', phoneNumber, RULES.phoneNumber],
        ['sms.smsFrom', smsFrom, RULES.smsFrom],
        ['sms.messageTemplate', messageTemplate, RULES.messageTemplate],
        ['sms.gatewayId', gatewayId, RULES.gatewayId],
        ['sms.gatewayPassword', gatewayPassword, RULES.gatewayPassword],
      ),
    () => {
      if (typeof gatewayId === typeof gatewayPassword) return;
      throw invalidInput(
        ['sms', 'gatewayPassword'],
        'CONTRADICTORY',
        'sms.gatewayPassword must go with sms.gatewayId.',
      );
    },
  ]);
  const gateway = gatewayId && { gatewayAcctInfo: { Id: gatewayId, Password: gatewayPassword } };
  return { phoneNumber, smsFrom, messageTemplate, ...gateway };
}

function voiceElement({ phoneNumber, language }: VoiceDelivery): object {
  checkTexts(
    ['voice.phoneNumber', phoneNumber, RULES.phoneNumber],
    ['voice.language', language, RULES.language],
  );
  return { phoneNumber, Language: language };
}
