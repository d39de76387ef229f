import type { Clock } from '../../clock.js';
import { checkAll } from '../../check-all.js';
import { invalidInput } from '../../provider-error.js';
import { requireChange } from '../../check-given.js';
import { deliveryElements } from './delivery.js';
import type { Invoke } from './invoke.js';
import type { CallOptions, Delivery, TemporaryPasswordAttributes } from './model.js';
import { checkTexts, RULES } from './rules.js';
import { noAnswer, temporaryPasswordAnswer, temporaryPasswordAttributesAnswer } from './wire.js';

export interface TemporaryPasswordSettings {
  readonly userId: string;
  readonly expiresAt?: Date | null | undefined;
  readonly oneTimeUseOnly?: boolean | null | undefined;
}

export interface NewTemporaryPassword extends TemporaryPasswordSettings, Delivery {
  readonly temporaryPassword?: string | null | undefined;
}

/** Codes that stand in for a lost credential (dossier sections 2.3.3 and 2.3.5). */
export interface TemporaryPasswordOperations {
  /** Sets the given code, or a new one, and sends it where told. Answers the code. */
  setTemporaryPassword(wanted: NewTemporaryPassword, options?: CallOptions): Promise<string | null>;
  setTemporaryPasswordAttributes(wanted: TemporaryPasswordSettings, options?: CallOptions): Promise<void>;
  clearTemporaryPassword(userId: string, options?: CallOptions): Promise<void>;
  /** @throws ProviderError NOT_FOUND when none is set, too */
  getTemporaryPasswordAttributes(userId: string, options?: CallOptions): Promise<TemporaryPasswordAttributes>;
}

export function temporaryPasswordOperations(invoke: Invoke, clock: Clock): TemporaryPasswordOperations {
  const attributesElement = ({ expiresAt, oneTimeUseOnly }: Omit<TemporaryPasswordSettings, 'userId'>) => {
    checkExpiry(expiresAt, clock.now());
    // The library writes a Date as an empty element.
    return { expirationTime: expiresAt?.toISOString(), oneTimeUseOnly: oneTimeUseOnly ?? undefined };
  };
  return {
    async setTemporaryPassword({ userId, temporaryPassword, sms, voice, ...settings }, options = {}) {
      checkTemporaryPassword({ userId, temporaryPassword, sms, voice, ...settings }, clock.now());
      const attributes = attributesElement(settings);
      const request = {
        userId,
        temporaryPassword,
        temporaryPasswordAttributes: Object.values(attributes).some((value) => value !== undefined)
          ? attributes
          : undefined,
        ...deliveryElements({ sms, voice }),
      };
      const answer = await invoke('setTemporaryPassword', request, temporaryPasswordAnswer, options);
      return answer.temporaryPassword;
    },
    async setTemporaryPasswordAttributes({ userId, ...settings }, options = {}) {
      const [, attributes] = checkAll([
        () => checkTexts(['userId', userId, RULES.userId]),
        () => attributesElement(settings),
        () => requireChange(settings),
      ]);
      const request = { userId, temporaryPasswordAttributes: attributes };
      await invoke('setTemporaryPasswordAttributes', request, noAnswer, options);
    },
    async clearTemporaryPassword(userId, options = {}) {
      checkTexts(['userId', userId, RULES.userId]);
      await invoke('clearTemporaryPassword', { userId }, noAnswer, options);
    },
    async getTemporaryPasswordAttributes(userId, options = {}) {
      checkTexts(['userId', userId, RULES.userId]);
      const { tempPwdAttributes } = await invoke(
        'getTemporaryPasswordAttributes',
        { userId },
        temporaryPasswordAttributesAnswer,
        options,
      );
      return {
        expiresAt: tempPwdAttributes?.expirationTime ?? null,
        oneTimeUseOnly: tempPwdAttributes?.oneTimeUseOnly ?? null,
      };
    },
  };
}

/** @throws ProviderError INVALID_INPUT */
export function checkTemporaryPassword(wanted: NewTemporaryPassword, now: number): void {
  checkAll([
    () =>
      checkTexts(
        ['userId', wanted.userId, RULES.userId],
        ['temporaryPassword', wanted.temporaryPassword, RULES.temporaryPassword],
      ),
    () => checkExpiry(wanted.expiresAt, now),
    () => deliveryElements(wanted),
  ]);
}

/** How far ahead a temporary password may end (dossier section 3.9), milliseconds. */
const MAX_AHEAD_MS = 30 * 24 * 3_600_000;

function checkExpiry(expiresAt: Date | null | undefined, now: number): void {
  const at = expiresAt?.getTime();
  if (at === undefined || (at > now && at <= now + MAX_AHEAD_MS)) return;
  throw invalidInput(
    ['expiresAt'],
    'OUT_OF_RANGE',
    'expiresAt must be in the future, at most 30 days ahead.',
  );
}
