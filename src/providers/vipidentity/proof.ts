import type { KeyValue, OneTimeCode, PushRequest } from './model.js';
import { checkPairs, checkTexts, RULES } from './rules.js';

// Elements of the authentication requests (dossier sections 3.2 to 3.5).

/** @throws ProviderError INVALID_INPUT */
export function otpElement({ otp, secondOtp }: OneTimeCode): object {
  checkTexts(['otp', otp, RULES.otp], ['secondOtp', secondOtp, RULES.otp]);
  return { otp, otp2: secondOtp };
}

/** Present even when empty: the service wants the element. @throws ProviderError INVALID_INPUT */
export function pushElement({ displayParameters, requestParameters }: PushRequest): object {
  return {
    displayParameters: pairElements('displayParameters', displayParameters),
    requestParameters: pairElements('requestParameters', requestParameters),
  };
}

/** Undefined, so left out, when there is nothing to say. @throws ProviderError INVALID_INPUT */
export function contextElement(authContext: readonly KeyValue[]): object | undefined {
  return authContext.length === 0 ? undefined : { params: pairElements('authContext', authContext) };
}

/** @throws ProviderError INVALID_INPUT */
export function pairElements(field: string, pairs: readonly KeyValue[]): object[] {
  checkPairs(field, pairs);
  return pairs.map(({ key, value }) => ({ Key: key, Value: value }));
}
