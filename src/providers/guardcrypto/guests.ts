import type { CallOptions } from '../kit/call-options.js';
import type { Api } from './api.js';
import { requireToken } from './account.js';
import { readAuth } from './auth-word.js';
import type { AuthState } from './auth-word.js';
import { authAnswer, guestLoginAnswer } from './wire/account.js';
import { requireDone } from './words.js';

/** Answer to the login of somebody outside. */
export interface GuestLogin {
  readonly productName: string | null;
  readonly state: AuthState;
  readonly recoveryAvailable: boolean;
  readonly minPasswordLength: number | null;
  readonly token: string | null;
}

export interface GuestFirstPassword {
  readonly email: string;
  readonly itemId: string;
  readonly question: string;
  readonly answer: string;
  readonly newPassword: string;
  readonly pin: string | null;
}

export interface GuestResetRequest {
  readonly email: string;
  readonly answer: string;
  readonly language: string | null;
  readonly templateId: number | null;
}

/** Readers without an App Suite account (dossier 2.2, 2.5); none of it needs a session. */
export interface GuestCalls {
  login(email: string, password: string | null, options?: CallOptions): Promise<GuestLogin>;
  /** @returns the token. */
  setFirstPassword(values: GuestFirstPassword, options?: CallOptions): Promise<string>;
  requestReset(request: GuestResetRequest, options?: CallOptions): Promise<void>;
  completeReset(
    values: { resetId: string; email: string; password: string },
    options?: CallOptions,
  ): Promise<void>;
}

export function guestCalls(api: Api): GuestCalls {
  return {
    async login(email, password, options) {
      const wire = (await api.call('guestLogin', null, { username: email, password }, options)).whole(
        guestLoginAnswer,
      );
      return {
        productName: wire.productName,
        ...readAuth(wire.auth),
        recoveryAvailable: wire.recoveryAvail,
        minPasswordLength: wire.settings?.min_password_length ?? null,
      };
    },
    async setFirstPassword({ email, itemId, question, answer, newPassword: newpass, pin }, options) {
      const values = { email, itemId, question, answer, newpass, pin };
      return requireToken(
        (await api.call('guestFirstPassword', null, values, options)).whole(authAnswer).auth,
      );
    },
    async requestReset({ email, answer, language, templateId: templid }, options) {
      requireDone(await api.call('guestReset', null, { email, answer, language, templid }, options));
    },
    async completeReset({ resetId: resetid, email, password }, options) {
      requireDone(await api.call('guestDoResetAccount', null, { resetid, email, password }, options));
    },
  };
}
