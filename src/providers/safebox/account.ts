import { ProviderError } from '../../provider-error.js';
import type { Access } from './access.js';
import type { Api } from './api.js';
import type { ConsentGroup, EnterpriseSettings, SecurityProfile, UserSettings } from './wire/account.js';

/** Settings, profiles and consent texts of the account (dossier ops 2 to 5 and 34). */
export interface AccountCalls {
  enterpriseSettings(access: Access): Promise<EnterpriseSettings>;
  userSettings(access: Access, userId: string | null): Promise<UserSettings>;
  /** @param userEmail the acting user, for the enterprise access token. */
  securityProfiles(access: Access, userEmail: string | null): Promise<readonly SecurityProfile[]>;
  /** Null when none is set, or when it is not offered to the user. */
  defaultSecurityProfile(access: Access, userEmail: string | null): Promise<SecurityProfile | null>;
  consentGroup(access: Access, groupId: string): Promise<ConsentGroup>;
}

export function accountCalls({ call, account }: Api): AccountCalls {
  const readSettings = (access: Access): Promise<EnterpriseSettings> =>
    call(access, 'getEnterpriseSettings', { path: { account } });
  const readProfiles = async (
    access: Access,
    userEmail: string | null,
  ): Promise<readonly SecurityProfile[]> => {
    const query = { user_email: userEmail };
    return (await call(access, 'getSecurityProfiles', { path: { account }, query })).securityProfiles;
  };
  return {
    enterpriseSettings: readSettings,
    securityProfiles: readProfiles,
    async defaultSecurityProfile(access, userEmail) {
      const [settings, profiles] = await Promise.all([readSettings(access), readProfiles(access, userEmail)]);
      return profiles.find(({ id }) => id === settings.defaultSecurityProfileId) ?? null;
    },
    async userSettings(access, userId) {
      return call(access, 'userSettings', { path: { account, userId: requireUserId(access, userId) } });
    },
    async consentGroup(access, id) {
      const { consentMessageGroup } = await call(access, 'getConsentGroupMessages', {
        path: { account, id },
      });
      return consentMessageGroup;
    },
  };
}

/**
 * The user that is meant: the one named, else the one signed in.
 * @throws ProviderError SIGN_IN_REQUIRED when there is neither, as the enterprise access token belongs to nobody
 */
export function requireUserId(access: Access, userId: string | null): string {
  const found = userId ?? access.userId;
  if (found === null) {
    throw new ProviderError('SIGN_IN_REQUIRED', {
      path: ['userId'],
      message: 'userId is needed without a session of your own.',
    });
  }
  return found;
}
