import { checkAll } from '../../check-all.js';
import type { KeyValue, OneTimeCode, PushRequest } from './model.js';
import { checkPairs, checkTexts, RULES } from './rules.js';

// Elements of the authentication requests (dossier sections 3.2 to 3.5).

/** What proves a user, as far as it is given. @throws ProviderError INVALID_INPUT */
export function checkProof(
  proof: Partial<OneTimeCode> & { readonly userId?: string; readonly pin?: string | null | undefined },
): void {
  checkTexts(
    ['userId', proof.userId, RULES.userId],
    ['pin', proof.pin, RULES.pin],
    ['otp', proof.otp, RULES.otp],
    ['secondOtp', proof.secondOtp, RULES.otp],
  );
}

/** @throws ProviderError INVALID_INPUT */
export function otpElement({ otp, secondOtp }: OneTimeCode): object {
  checkTexts(['otp', otp, RULES.otp], ['secondOtp', secondOtp, RULES.otp]);
  return { otp, otp2: secondOtp };
}

/** Present even when empty: the service wants the element. @throws ProviderError INVALID_INPUT */
export function pushElement({ displayParameters, requestParameters }: PushRequest): object {
  const [display, request] = checkAll([
    () => pairElements('displayParameters', displayParameters),
    () => pairElements('requestParameters', requestParameters),
  ]);
  return { displayParameters: display, requestParameters: request };
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
