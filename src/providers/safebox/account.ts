import { ProviderError } from '../../provider-error.js';
import type { Access } from './access.js';
import type { Api } from './api.js';
import { consentGroup, enterpriseSettings, securityProfiles, userSettings } from './wire/account.js';
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

export function accountCalls(api: Api): AccountCalls {
  const enterprise = ['enterprises', api.account];
  const readSettings = (access: Access): Promise<EnterpriseSettings> =>
    api.call(
      access,
      { operation: 'getEnterpriseSettings', kind: 'read', method: 'GET', path: [...enterprise, 'settings'] },
      enterpriseSettings,
    );
  const readProfiles = async (
    access: Access,
    userEmail: string | null,
  ): Promise<readonly SecurityProfile[]> => {
    const answer = await api.call(
      access,
      {
        operation: 'getSecurityProfiles',
        kind: 'read',
        method: 'GET',
        path: [...enterprise, 'security_profiles'],
        query: { user_email: userEmail },
      },
      securityProfiles,
    );
    return answer.securityProfiles;
  };
  return {
    enterpriseSettings: readSettings,
    securityProfiles: readProfiles,
    async defaultSecurityProfile(access, userEmail) {
      const [settings, profiles] = await Promise.all([readSettings(access), readProfiles(access, userEmail)]);
      return profiles.find(({ id }) => id === settings.defaultSecurityProfileId) ?? null;
    },
    async userSettings(access, userId) {
      const path = [...enterprise, 'users', requireUserId(access, userId), 'settings'];
      return api.call(access, { operation: 'userSettings', kind: 'read', method: 'GET', path }, userSettings);
    },
    async consentGroup(access, groupId) {
      const answer = await api.call(
        access,
        {
          operation: 'getConsentGroupMessages',
          kind: 'read',
          method: 'GET',
          path: [...enterprise, 'consent_message_groups', groupId],
        },
        consentGroup,
      );
      return answer.consentMessageGroup;
    },
  };
}

/**
 * The user that is meant: the one named, else the one signed in.
 * @throws ProviderError SIGN_IN_REQUIRED when there is neither, as the enterprise access token belongs to nobody
 */
export function requireUserId(access: Access, userId: string | null): string {
  const found = userId ?? access.userId;
  if (found === null || found === '') {
    throw new ProviderError('SIGN_IN_REQUIRED', {
      path: ['userId'],
      message: 'userId is needed without a session of your own.',
    });
  }
  return found;
}
