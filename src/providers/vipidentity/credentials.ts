import { checkAll } from '../../check-all.js';
import { nameKey } from '../../same-name.js';
import { lengthReason } from '../../problem-reason.js';
import { invalidInput } from '../../provider-error.js';
import { requiredDeliveryElements } from './delivery.js';
import type { Invoke } from './invoke.js';
import type { CallOptions, CredentialKey, Delivery, OneTimeCode } from './model.js';
import { notUnderstood } from './errors.js';
import type { OperationName } from './operations.js';
import { otpElement } from './proof.js';
import { checkTexts, RULES } from './rules.js';
import { noAnswer, registerAnswer } from './wire.js';

export interface NewCredential extends CredentialKey {
  readonly userId: string;
  readonly friendlyName?: string | null | undefined;
  /** The flag inside the credential's details (seed `trustedCredentialDevice`). */
  readonly trustedCredentialDevice?: boolean | null | undefined;
  /** The flag beside them (dossier doubt 8). */
  readonly trustedDevice?: boolean | null | undefined;
  readonly code?: OneTimeCode | undefined;
}

/** Credentials of users, and phones that codes are sent to (dossier sections 2.3.4 and 2.3.5). */
export interface CredentialOperations {
  addCredential(credential: NewCredential, options?: CallOptions): Promise<void>;
  updateCredential(
    credential: CredentialKey & { readonly userId: string; readonly friendlyName: string },
    options?: CallOptions,
  ): Promise<void>;
  removeCredential(
    credential: CredentialKey & {
      readonly userId: string;
      readonly trustedDevice?: boolean | null | undefined;
    },
    options?: CallOptions,
  ): Promise<void>;
  /** Makes a phone known to the account, and sends it a code. */
  registerPhone(delivery: Delivery, options?: CallOptions): Promise<void>;
  /** Makes a credential of the service; answers its code, where the provider tells it. */
  registerService(serviceId: string, options?: CallOptions): Promise<string | null>;
  sendOtp(to: Delivery & { readonly userId: string }, options?: CallOptions): Promise<void>;
}

export function credentialOperations(invoke: Invoke): CredentialOperations {
  return {
    async addCredential(credential, options = {}) {
      const { userId, credentialId, credentialType, friendlyName, code } = credential;
      checkCredential(credential);
      const { trustedCredentialDevice, trustedDevice } = credential;
      const credentialDetail = {
        credentialId,
        credentialType,
        friendlyName,
        trustedDevice: trustedCredentialDevice,
      };
      const request = { userId, credentialDetail, otpAuthData: code && otpElement(code), trustedDevice };
      await invoke('addCredential', request, noAnswer, options);
    },
    async updateCredential({ userId, credentialId, credentialType, friendlyName }, options = {}) {
      checkCredential({ userId, credentialId, friendlyName });
      const request = { userId, credentialId, credentialType, friendlyName };
      await invoke('updateCredential', request, noAnswer, options);
    },
    async removeCredential({ userId, credentialId, credentialType, trustedDevice }, options = {}) {
      checkCredential({ userId, credentialId });
      const request = { userId, credentialId, credentialType, trustedDevice };
      await invoke('removeCredential', request, noAnswer, options);
    },
    async registerPhone(delivery, options = {}) {
      await invoke('register', requiredDeliveryElements(delivery), registerAnswer, options);
    },
    async registerService(serviceId, options = {}) {
      checkTexts(['serviceId', serviceId, RULES.credentialId]);
      const request = { serviceOtpDeliveryInfo: { id: serviceId } };
      return (await invoke('register', request, registerAnswer, options)).otp;
    },
    async sendOtp({ userId, ...delivery }, options = {}) {
      const [, elements] = checkAll([
        () => checkTexts(['userId', userId, RULES.userId]),
        () => requiredDeliveryElements(delivery),
      ]);
      await invoke('sendOtp', { userId, ...elements }, noAnswer, options);
    },
  };
}

/** What of a credential of a user can be checked before anything is sent. */
export interface CheckedCredential {
  readonly userId: string;
  readonly credentialId: string;
  readonly friendlyName?: string | null | undefined;
  readonly code?: OneTimeCode | undefined;
}

/** @throws ProviderError INVALID_INPUT */
export function checkCredential({ userId, credentialId, friendlyName, code }: CheckedCredential): void {
  checkTexts(
    ['userId', userId, RULES.userId],
    ['credentialId', credentialId, RULES.credentialId],
    ['friendlyName', friendlyName, RULES.friendlyName],
    ['otp', code?.otp, RULES.otp],
    ['secondOtp', code?.secondOtp, RULES.otp],
  );
}

/**
 * What an answer names must be one of the credentials it was asked about; ids are looked up without regard to case.
 * @throws ProviderError as of `notUnderstood`
 */
export function requireNamed(
  operation: OperationName,
  asked: readonly CredentialKey[],
  named: { readonly credentialId: string | null; readonly credentialType?: string | null },
): void {
  const { credentialId, credentialType = null } = named;
  if (credentialId === null) return;
  const isAsked = asked.some(
    (one) =>
      nameKey(one.credentialId) === nameKey(credentialId) &&
      (credentialType === null || one.credentialType === credentialType),
  );
  if (!isAsked) throw notUnderstood(operation, 'the answer is about another credential');
}

/** Most credentials one call can name (dossier section 2.3.7). */
export const MAX_CREDENTIALS = 5;

/** How many they are, and their ids. @throws ProviderError INVALID_INPUT */
export function checkCredentials(credentials: readonly Pick<CredentialKey, 'credentialId'>[]): void {
  if (credentials.length < 1 || credentials.length > MAX_CREDENTIALS) {
    throw invalidInput(
      ['credentials'],
      lengthReason(credentials.length, 1),
      `credentials must name 1 to ${MAX_CREDENTIALS}.`,
    );
  }
  checkTexts(
    ...credentials.map(
      ({ credentialId }, index) =>
        [`credentials.${index}.credentialId`, credentialId, RULES.credentialId] as const,
    ),
  );
}

/** @throws ProviderError INVALID_INPUT */
export function credentialElements(credentials: readonly CredentialKey[]): CredentialKey[] {
  checkCredentials(credentials);
  return credentials.map(({ credentialId, credentialType }) => ({ credentialId, credentialType }));
}
