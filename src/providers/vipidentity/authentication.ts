import { checkAll } from '../../check-all.js';
import type { z } from 'zod';
import { credentialElements, requireNamed } from './credentials.js';
import { notUnderstood } from './errors.js';
import type { Invoke } from './invoke.js';
import type { Authentication, CallOptions, CredentialKey, KeyValue, OneTimeCode } from './model.js';
import { contextElement, otpElement } from './proof.js';
import { checkTexts, RULES } from './rules.js';
import { authenticationAnswer } from './wire.js';

/**
 * Proofs by a one-time code (dossier section 2.3.7). They end well on a positive answer alone: a wrong code or PIN is
 * WRONG_SECRET, and a success that names neither credential nor authentication is none, because it could be the answer
 * to a PIN alone.
 */
export interface AuthenticationOperations {
  authenticateUser(
    proof: OneTimeCode & {
      readonly userId: string;
      readonly pin?: string | null | undefined;
      readonly authContext: readonly KeyValue[];
    },
    options?: CallOptions,
  ): Promise<Authentication>;
  checkOtp(
    proof: OneTimeCode & { readonly userId: string; readonly authContext: readonly KeyValue[] },
    options?: CallOptions,
  ): Promise<Authentication>;
  authenticateCredentials(
    proof: OneTimeCode & {
      readonly credentials: readonly CredentialKey[];
      /** Activates an inactive credential that proves itself. */
      readonly activate?: boolean | null | undefined;
      readonly authContext: readonly KeyValue[];
    },
    options?: CallOptions,
  ): Promise<Authentication>;
}

export function authenticationOperations(invoke: Invoke): AuthenticationOperations {
  const prove = async (
    operation: 'authenticateUser' | 'checkOtp' | 'authenticateCredentials',
    request: object,
    options: CallOptions,
  ): Promise<Authentication> => {
    const answer = await invoke(operation, request, authenticationAnswer, options);
    // Any other success is one of something else, such as a push that was sent.
    const { status } = answer;
    if (status !== '0000')
      throw notUnderstood(operation, 'the answer does not say that it is proved', status);
    if (answer.credentialId === null && answer.authnId === null) {
      throw notUnderstood(operation, 'the answer does not say what the code has proved', status);
    }
    return toAuthentication(answer);
  };
  return {
    async authenticateUser({ userId, pin, otp, secondOtp, authContext }, options = {}) {
      const [, otpAuthData, params] = checkAll([
        () => checkTexts(['userId', userId, RULES.userId], ['pin', pin, RULES.pin]),
        () => otpElement({ otp, secondOtp }),
        () => contextElement(authContext),
      ]);
      return prove('authenticateUser', { userId, pin, otpAuthData, authContext: params }, options);
    },
    async checkOtp({ userId, otp, secondOtp, authContext }, options = {}) {
      const [, otpAuthData, params] = checkAll([
        () => checkTexts(['userId', userId, RULES.userId]),
        () => otpElement({ otp, secondOtp }),
        () => contextElement(authContext),
      ]);
      return prove('checkOtp', { userId, otpAuthData, authContext: params }, options);
    },
    async authenticateCredentials({ credentials, activate, otp, secondOtp, authContext }, options = {}) {
      const [elements, otpAuthData, params] = checkAll([
        () => credentialElements(credentials),
        () => otpElement({ otp, secondOtp }),
        () => contextElement(authContext),
      ]);
      const request = { credentials: elements, activate, otpAuthData, authContext: params };
      const proved = await prove('authenticateCredentials', request, options);
      requireNamed('authenticateCredentials', credentials, proved);
      return proved;
    },
  };
}

function toAuthentication(answer: z.infer<typeof authenticationAnswer>): Authentication {
  return {
    status: answer.status,
    credentialId: answer.credentialId,
    credentialType: answer.credentialType,
    authenticationId: answer.authnId,
    isPinExpired: answer.isPinExpired,
    pinExpiresAt: answer.pinExpirationTime,
    authContext: answer.authContext?.params ?? [],
  };
}
