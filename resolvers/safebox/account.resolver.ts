import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { ProviderError } from '../../src/provider-error.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { SafeBoxConsentGroup, SafeBoxEnterpriseSettings, SafeBoxUserSettings } from './account.type.js';
import { READ } from './context.js';
import type { SafeboxContext } from './context.js';
import { SafeBoxFavorite, SafeBoxRecipientSuggestion } from './favorite.type.js';
import { toFavorite, toSuggestion } from './identified.js';
import { SafeBoxSecurityProfile } from './security.type.js';
import { checkUserEmail } from './user-email.js';

const USER_EMAIL = 'E-mail address of the user that is meant; needed without a session of your own.';
const USER_ID = 'Id of the user that is meant; you by default, needed without a session of your own.';

@Resolver()
export class SafeBoxAccountResolver {
  @RequiresScope(READ)
  @Query(() => SafeBoxEnterpriseSettings, {
    nullable: true,
    description: 'Settings of the account (get_enterprise_settings).',
  })
  async safeBoxEnterpriseSettings(@Ctx() context: SafeboxContext): Promise<SafeBoxEnterpriseSettings> {
    const { accesses, client } = context.services;
    return client.accounts.enterpriseSettings(await accesses.of(context));
  }

  @RequiresScope(READ)
  @Query(() => SafeBoxUserSettings, { nullable: true, description: 'Settings of a user (user_settings).' })
  async safeBoxUserSettings(
    @Arg('userId', () => ID, { nullable: true, description: USER_ID }) userId: string | undefined,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxUserSettings> {
    const { accesses, client } = context.services;
    return client.accounts.userSettings(await accesses.of(context), userId ?? null);
  }

  @RequiresScope(READ)
  @CallsProvider(2)
  @Query(() => [SafeBoxSecurityProfile], {
    nullable: true,
    description: 'The security profiles a user may choose from (get_security_profiles).',
  })
  async safeBoxSecurityProfiles(
    @Arg('userEmail', () => String, { nullable: true, description: USER_EMAIL })
    userEmail: string | undefined,
    @Ctx() context: SafeboxContext,
  ): Promise<readonly SafeBoxSecurityProfile[]> {
    checkUserEmail(userEmail);
    const { accesses, client } = context.services;
    return client.accounts.securityProfiles(await accesses.of(context), userEmail ?? null);
  }

  @RequiresScope(READ)
  @Query(() => SafeBoxSecurityProfile, {
    nullable: true,
    description:
      'The profile of SafeBoxes that name none (get_default_security_profile); null when there is none for the user.',
  })
  async safeBoxDefaultSecurityProfile(
    @Arg('userEmail', () => String, { nullable: true, description: USER_EMAIL })
    userEmail: string | undefined,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxSecurityProfile | null> {
    checkUserEmail(userEmail);
    const { accesses, client } = context.services;
    const access = await accesses.of(context);
    return client.accounts.defaultSecurityProfile(access, userEmail ?? null);
  }

  @RequiresScope(READ)
  @Query(() => SafeBoxConsentGroup, {
    nullable: true,
    description: 'A text that replies must consent to (get_consent_group_messages); null when there is none.',
  })
  async safeBoxConsentGroup(
    @IdOf('SafeBoxConsentGroup')
    @Arg('id', () => ID, { description: 'The text, as `consentGroupId` names it.' })
    id: string,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxConsentGroup | null> {
    const { accesses, client } = context.services;
    const access = await accesses.of(context);
    return client.accounts.consentGroup(access, id).catch((error: unknown) => {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
  }

  @RequiresScope(READ)
  @Query(() => [SafeBoxRecipientSuggestion], {
    nullable: true,
    description: 'Favorites and users who fit what was typed (search_recipient).',
  })
  async safeBoxRecipientSuggestions(
    @Arg('term', () => String, { description: 'Part of a name, an address or a company.' }) term: string,
    @Ctx() context: SafeboxContext,
  ): Promise<readonly SafeBoxRecipientSuggestion[]> {
    if (term.trim() === '') return [];
    const { accesses, client } = context.services;
    const found = await client.people.searchRecipient(await accesses.of(context), term);
    return found.map(toSuggestion);
  }

  @RequiresScope(READ)
  @Query(() => [SafeBoxFavorite], {
    nullable: true,
    description: 'People a user writes to often (get_favorites).',
  })
  async safeBoxFavorites(
    @Arg('userId', () => ID, { nullable: true, description: USER_ID }) userId: string | undefined,
    @Ctx() context: SafeboxContext,
  ): Promise<readonly SafeBoxFavorite[]> {
    const { accesses, client } = context.services;
    const found = await client.people.favorites(await accesses.of(context), userId ?? null);
    return found.map(toFavorite);
  }
}
