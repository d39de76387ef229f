import { invalidInput } from '../../src/provider-error.js';
import type { KeyValue, PushRequest } from '../../src/providers/vipidentity/model.js';
import { checkPairs, checkTexts, RULES } from '../../src/providers/vipidentity/rules.js';
import type { PushTimes } from './push.service.js';

export const PUSH_LIMITS = { minTimeoutSeconds: 5, maxTimeoutSeconds: 300, maxIntervalSeconds: 60 } as const;

const TIMEOUT = 'request.timeout';

/** The texts on the phone, as a caller gives them. */
export interface PushWish {
  readonly title?: string | null;
  readonly text?: string | null;
  readonly profile?: string | null;
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
  readonly authLevel?: number | null;
  readonly displayParameters: readonly KeyValue[];
  readonly requestParameters: readonly KeyValue[];
  readonly authContext: readonly KeyValue[];
}

/** The pairs a push is made of (dossier section 3.5). @throws ProviderError INVALID_INPUT */
export function toPushRequest(wish: PushWish): PushRequest {
  const { title, text, profile, timeoutSeconds } = wish;
  const timeout = wish.requestParameters.findIndex(({ key }) => key === TIMEOUT);
  if (timeout >= 0) {
    throw invalidInput(
      ['requestParameters', String(timeout), 'key'],
      'NOT_ALLOWED',
      `requestParameters must not hold ${TIMEOUT}: use timeoutSeconds.`,
    );
  }
  // They become pairs among those that the caller gives: what is wrong is said by the caller's own names and places.
  checkTexts(['title', title, RULES.value], ['text', text, RULES.value], ['profile', profile, RULES.value]);
  checkPairs('displayParameters', wish.displayParameters);
  checkPairs('requestParameters', wish.requestParameters);
  return {
    displayParameters: [
      ...given('display.message.title', title),
      ...given('display.message.text', text),
      ...given('display.message.profile', profile),
      ...wish.displayParameters,
    ],
    requestParameters: [{ key: TIMEOUT, value: String(timeoutSeconds) }, ...wish.requestParameters],
    authContext: toAuthContext(wish),
  };
}

/** @throws ProviderError INVALID_INPUT */
export function toPushTimes({ timeoutSeconds, intervalSeconds }: PushWish): PushTimes {
  const { minTimeoutSeconds, maxTimeoutSeconds, maxIntervalSeconds } = PUSH_LIMITS;
  if (timeoutSeconds < minTimeoutSeconds || timeoutSeconds > maxTimeoutSeconds) {
    throw invalidInput(
      ['timeoutSeconds'],
      'OUT_OF_RANGE',
      `timeoutSeconds must be from ${minTimeoutSeconds} to ${maxTimeoutSeconds}.`,
    );
  }
  if (intervalSeconds < 1 || intervalSeconds > maxIntervalSeconds) {
    throw invalidInput(
      ['intervalSeconds'],
      'OUT_OF_RANGE',
      `intervalSeconds must be from 1 to ${maxIntervalSeconds}.`,
    );
  }
  return { timeoutSeconds, pollSeconds: intervalSeconds };
}

/** Level and further parameters (dossier section 3.3). @throws ProviderError INVALID_INPUT */
export function toAuthContext({
  authLevel,
  authContext,
}: {
  readonly authLevel?: number | null;
  readonly authContext: readonly KeyValue[];
}): readonly KeyValue[] {
  checkPairs('authContext', authContext);
  if (authLevel === null || authLevel === undefined) return authContext;
  if (authLevel < 1 || authLevel > 10)
    throw invalidInput(['authLevel'], 'OUT_OF_RANGE', 'authLevel must be from 1 to 10.');
  return [{ key: 'authLevel.level', value: String(authLevel) }, ...authContext];
}

function given(key: string, value: string | null | undefined): KeyValue[] {
  return value === null || value === undefined ? [] : [{ key, value }];
}
