import { checkAll } from '../../check-all.js';
import { invalidInput } from '../../provider-error.js';
import { requireChange } from '../../check-given.js';
import type { Invoke } from './invoke.js';
import type { CallOptions } from './model.js';
import { checkTexts, RULES } from './rules.js';
import { noAnswer } from './wire.js';

export interface NewUser {
  readonly userId: string;
  readonly pin?: string | null | undefined;
  readonly forcePinChange?: boolean | null | undefined;
}

export interface UserUpdate {
  readonly userId: string;
  readonly newUserId?: string | null | undefined;
  readonly newUserStatus?: 'ACTIVE' | 'DISABLED' | null | undefined;
  readonly oldPin?: string | null | undefined;
  readonly newPin?: string | null | undefined;
  readonly forcePinChange?: boolean | null | undefined;
}

/** Users and their PINs (dossier sections 2.3.1 to 2.3.3). */
export interface UserOperations {
  createUser(user: NewUser, options?: CallOptions): Promise<void>;
  /** `ACTIVE` also unlocks. A new PIN without the old one is an administrative reset. */
  updateUser(update: UserUpdate, options?: CallOptions): Promise<void>;
  deleteUser(userId: string, options?: CallOptions): Promise<void>;
  clearUserPin(userId: string, options?: CallOptions): Promise<void>;
}

export function userOperations(invoke: Invoke): UserOperations {
  const byId = async (
    operation: 'deleteUser' | 'clearUserPin',
    userId: string,
    options: CallOptions,
  ): Promise<void> => {
    checkTexts(['userId', userId, RULES.userId]);
    await invoke(operation, { userId }, noAnswer, options);
  };
  return {
    async createUser({ userId, pin, forcePinChange }, options = {}) {
      checkTexts(['userId', userId, RULES.userId], ['pin', pin, RULES.pin]);
      await invoke('createUser', { userId, pin, forcePinChange }, noAnswer, options);
    },
    async updateUser(update, options = {}) {
      const { userId, newUserId, newUserStatus, oldPin, newPin, forcePinChange } = update;
      checkAll([
        () =>
          checkTexts(
            ['userId', userId, RULES.userId],
            ['newUserId', newUserId, RULES.userId],
            ['oldPin', oldPin, RULES.pin],
            ['newPin', newPin, RULES.pin],
          ),
        () => checkChange(update),
      ]);
      const request = { userId, newUserId, newUserStatus, oldPin, newPin, forcePinChange };
      await invoke('updateUser', request, noAnswer, options);
    },
    deleteUser: (userId, options = {}) => byId('deleteUser', userId, options),
    clearUserPin: (userId, options = {}) => byId('clearUserPin', userId, options),
  };
}

function checkChange({ newUserId, newUserStatus, oldPin, newPin, forcePinChange }: UserUpdate): void {
  if (isMissing(newPin) && !isMissing(oldPin))
    throw invalidInput(['newPin'], 'MISSING', 'newPin must go with oldPin.');
  if (isMissing(newPin) && !isMissing(forcePinChange))
    throw invalidInput(['newPin'], 'CONTRADICTORY', 'newPin must go with forcePinChange.');
  requireChange({ newUserId, newUserStatus, newPin });
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}
