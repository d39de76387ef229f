import type { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { Access, Cookies, CryptoType } from './access.js';
import type { CallOptions } from '../kit/call-options.js';
import { requireWhole } from '../kit/parse.js';
import type { Api } from './api.js';
import { readAuth } from './auth-word.js';
import type { AuthState } from './auth-word.js';
import { PROVIDER } from './errors.js';
import type { PasswordSealer } from './password-sealer.js';
import { appSuiteSession, authAnswer, keyPresence, loginAnswer } from './wire/account.js';
import type { GuardSettings, KeyPresence } from './wire/account.js';
import { certificateList } from './wire/certificates.js';
import { keyRingList } from './wire/keys.js';
import { readResetWord, requireDone } from './words.js';
import type { ResetDestination } from './words.js';

/** What begins with a login at the App Suite. */
export interface AppSuiteSession {
  readonly session: string;
  readonly cookies: Cookies;
  readonly userAgent: string;
  readonly userId: number;
  readonly contextId: number;
}

/** What the server says of a user and its own ways (`LoginResponse`), without the token. */
export interface GuardAccount {
  readonly server: string | null;
  readonly contextId: number;
  readonly primaryEmail: string;
  readonly state: AuthState;
  readonly recoveryAvailable: boolean;
  readonly encryptsPasswords: boolean;
  /** Locale to name. */
  readonly languages: Readonly<Record<string, string>>;
  readonly settings: GuardSettings | null;
}

/** Sessions, settings and key passwords of users (dossier 1.4, 2.2). */
export interface AccountCalls {
  signIn(name: string, password: string, options?: CallOptions): Promise<AppSuiteSession>;
  signOut(access: Access): Promise<void>;
  /** Reads alone: never with a password, since wrong ones are counted. */
  account(access: Access, type: CryptoType, language: string | null): Promise<GuardAccount>;
  /** @returns the new token. */
  changePassword(access: Access, type: CryptoType, change: { from: string; to: string }): Promise<string>;
  secondaryEmail(access: Access, type: CryptoType): Promise<string | null>;
  setSecondaryEmail(
    access: Access,
    type: CryptoType,
    values: { email: string; password: string },
  ): Promise<void>;
  resetPassword(access: Access, type: CryptoType): Promise<ResetDestination>;
  /** Whether there are keys or, for SMIME, certificates. */
  keyPresence(access: Access, type: CryptoType): Promise<KeyPresence>;
}

/** Part of the names of cookies, so never another one for a session. */
const USER_AGENT = 'Sealgraph/1';

export function accountCalls(api: Api, sealer: PasswordSealer): AccountCalls {
  const presence = async (access: Access, type: CryptoType): Promise<KeyPresence> => {
    const name = type === 'PGP' ? 'hasKeys' : 'hasCertificates';
    return (await api.call(name, access, {})).data(keyPresence);
  };
  const presenceByLists = async (access: Access, type: CryptoType): Promise<KeyPresence> => {
    if (type === 'SMIME') {
      const { certificates } = (await api.call('getCertificates', access, {})).data(certificateList);
      return { hasPrivateKey: certificates.length > 0, hasPublicKey: certificates.length > 0 };
    }
    const { keyRings } = (await api.call('getKeys', access, {})).data(keyRingList);
    requireWhole({ provider: PROVIDER, operation: 'getKeys', kind: 'read' }, keyRings);
    return {
      hasPrivateKey: keyRings.some(({ privateRing }) => privateRing !== null),
      hasPublicKey: keyRings.some(({ publicRing }) => publicRing !== null),
    };
  };
  return {
    async signIn(name, password, options) {
      const values = { name, password, client: 'sealgraph', version: '1' };
      const { answer, cookies } = await api.open('appSuiteLogin', values, {
        ...options,
        userAgent: USER_AGENT,
      });
      const { session, user_id: userId, context_id: contextId } = answer.whole(appSuiteSession);
      return { session, cookies, userAgent: USER_AGENT, userId, contextId };
    },

    async signOut(access) {
      try {
        (await api.call('appSuiteLogout', access, {})).done();
      } catch (error) {
        // It was over already.
        if (!(error instanceof ProviderError) || error.code !== 'CREDENTIAL_EXPIRED') throw error;
      }
    },

    async account(access, type, language) {
      const answer = await api.call(
        'login',
        access,
        { type, ...(language !== null && { language }) },
        { kind: 'read' },
      );
      return toAccount(access, answer.whole(loginAnswer), sealer);
    },

    async changePassword(access, type, { from, to }) {
      const answer = await api.call('changePassword', access, { type, oldpass: from, newpass: to });
      return requireToken(answer.whole(authAnswer).auth);
    },

    async secondaryEmail(access, type) {
      const answer = await api.call('getSecondaryEmail', access, { type });
      const email = answer.text();
      if (email === null || /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/.test(email)) return email;
      throw answer.notUnderstood('it is no address');
    },

    async setSecondaryEmail(access, type, values) {
      requireDone(await api.call('setSecondaryEmail', access, { type, ...values }));
    },

    async resetPassword(access, type) {
      return readResetWord(await api.call('resetPassword', access, { type }));
    },

    async keyPresence(access, type) {
      try {
        return await presence(access, type);
      } catch (error) {
        // The least certain names of all (dossier doubt 3): the lists say the same.
        if (error instanceof ProviderError && error.code === 'NOT_SUPPORTED')
          return presenceByLists(access, type);
        throw error;
      }
    },
  };
}

function toAccount(access: Access, wire: z.infer<typeof loginAnswer>, sealer: PasswordSealer): GuardAccount {
  const { server, cid, primaryEmail, pubKey, auth, recoveryAvail, lang, settings } = wire;
  sealer.remember(access, pubKey);
  return {
    server,
    contextId: cid,
    primaryEmail,
    state: readAuth(auth).state,
    recoveryAvailable: recoveryAvail,
    encryptsPasswords: Boolean(pubKey),
    languages: lang ?? {},
    settings,
  };
}

/** @throws ProviderError for a word in place of a token */
export function requireToken(auth: string | null): string {
  const { state, token } = readAuth(auth);
  if (token !== null) return token;
  const code =
    state === 'WRONG_PASSWORD'
      ? 'WRONG_SECRET'
      : state === 'LOCKED'
        ? 'LOCKED'
        : state === 'NO_KEY'
          ? 'NOT_FOUND'
          : 'PROVIDER_REJECTED';
  throw new ProviderError(code, { provider: PROVIDER });
}
