import { checkAll } from '../../src/check-all.js';
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
  const [authContext] = checkAll([
    () => toAuthContext(wish),
    // They become pairs among those that the caller gives: what is wrong is said by the caller's own names and places.
    () =>
      checkTexts(
        ['title', title, RULES.value],
        ['text', text, RULES.value],
        ['profile', profile, RULES.value],
      ),
    () => checkPairs('displayParameters', wish.displayParameters),
    () => checkPairs('requestParameters', wish.requestParameters),
    () => checkNoTimeout(wish.requestParameters),
  ]);
  return {
    displayParameters: [
      ...given('display.message.title', title),
      ...given('display.message.text', text),
      ...given('display.message.profile', profile),
      ...wish.displayParameters,
    ],
    requestParameters: [{ key: TIMEOUT, value: String(timeoutSeconds) }, ...wish.requestParameters],
    authContext,
  };
}

function checkNoTimeout(parameters: readonly KeyValue[]): void {
  const timeout = parameters.findIndex(({ key }) => key === TIMEOUT);
  if (timeout < 0) return;
  throw invalidInput(
    ['requestParameters', String(timeout), 'key'],
    'NOT_ALLOWED',
    `requestParameters must not hold ${TIMEOUT}: use timeoutSeconds.`,
  );
}

/** @throws ProviderError INVALID_INPUT */
export function toPushTimes({ timeoutSeconds, intervalSeconds }: PushWish): PushTimes {
  const { minTimeoutSeconds, maxTimeoutSeconds, maxIntervalSeconds } = PUSH_LIMITS;
  checkAll([
    () => checkRange('timeoutSeconds', timeoutSeconds, minTimeoutSeconds, maxTimeoutSeconds),
    () => checkRange('intervalSeconds', intervalSeconds, 1, maxIntervalSeconds),
  ]);
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
  checkAll([
    () => checkPairs('authContext', authContext),
    () => checkRange('authLevel', authLevel ?? 1, 1, 10),
  ]);
  if (authLevel === null || authLevel === undefined) return authContext;
  return [{ key: 'authLevel.level', value: String(authLevel) }, ...authContext];
}

function checkRange(field: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw invalidInput([field], 'OUT_OF_RANGE', `${field} must be from ${min} to ${max}.`);
}

function given(key: string, value: string | null | undefined): KeyValue[] {
  return value === null || value === undefined ? [] : [{ key, value }];
}
