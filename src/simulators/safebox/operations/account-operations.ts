import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import type { User } from '../state/directory.js';
import { favoritesOf } from '../state/favorites.js';
import {
  consentGroupJson,
  enterpriseSettingsJson,
  securityProfileJson,
  userSettingsJson,
} from '../wire/account-json.js';
import { badParameter, notFound } from '../wire/refusal.js';
import { actingUser, ownEnterprise, ownUser, settingsOf } from './access.js';
import type { ApiCall, Operations } from './call.js';

const ENTERPRISE = '/api/v2/enterprises/:enterprise';

/** Settings, security profiles, consent messages and suggestions of an account. */
export const ACCOUNT_OPERATIONS: Operations<ApiCall> = {
  getEnterpriseSettings: [`GET ${ENTERPRISE}/settings`, enterpriseSettings],
  getSecurityProfiles: [`GET ${ENTERPRISE}/security_profiles`, securityProfiles],
  getConsentGroupMessages: [`GET ${ENTERPRISE}/consent_message_groups/:group`, consentGroup],
  getUserSettings: [`GET ${ENTERPRISE}/users/:user/settings`, userSettings],
  searchRecipients: ['GET /api/v2/recipients/autocomplete', searchRecipients],
  searchParticipants: ['GET /api/v2/participants/autocomplete', suggestions],
};

function enterpriseSettings(call: ApiCall): HttpAnswer {
  ownEnterprise(call);
  return jsonAnswer(200, enterpriseSettingsJson(settingsOf(call)));
}

function securityProfiles(call: ApiCall): HttpAnswer {
  const { profiles } = ownEnterprise(call);
  const email = call.query.get('user_email') ?? undefined;
  const isForAll = call.caller.user === undefined && email === undefined;
  const offered = isForAll ? profiles : offeredTo(actingUser(call.caller, email), profiles);
  return jsonAnswer(200, {
    default: settingsOf(call).default_security_profile_id,
    security_profiles: offered.map(securityProfileJson),
  });
}

function offeredTo<Profile extends { readonly id: number }>(
  { profileIds }: User,
  profiles: readonly Profile[],
): Profile[] {
  return profiles.filter(({ id }) => profileIds.includes(id));
}

function consentGroup(call: ApiCall): HttpAnswer {
  const group = ownEnterprise(call).consentGroups.find(({ id }) => String(id) === call.params['group']);
  if (group === undefined) throw notFound();
  return jsonAnswer(200, consentGroupJson(group));
}

function userSettings(call: ApiCall): HttpAnswer {
  return jsonAnswer(200, userSettingsJson(ownUser(call), call.addresses.server));
}

function searchRecipients(call: ApiCall): HttpAnswer {
  if (!call.service.dialect.recipientsPath) throw notFound();
  return suggestions(call);
}

function suggestions(call: ApiCall): HttpAnswer {
  const { service, caller, query } = call;
  const term = query.get('term') ?? '';
  if (term === '') throw badParameter('invalidTerm');
  const settings = settingsOf(call);
  const favorites =
    caller.user !== undefined && settings.include_favorites_in_autocomplete
      ? favoritesOf(service, caller.user.id)
      : [];
  const users = settings.include_users_in_autocomplete ? caller.enterprise.users : [];
  const results = [
    ...favorites.map((favorite) => hit('favorite', favorite, favorite.companyName)),
    ...users.map((user) => hit('user', user, '')),
  ];
  return jsonAnswer(200, { results: results.filter((result) => matches(result, term)) });
}

interface Suggested {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

// All six keys, empty texts rather than null: one published client insists.
function hit(type: 'favorite' | 'user', { id, email, firstName, lastName }: Suggested, companyName: string) {
  return { id, type, first_name: firstName, last_name: lastName, email, company_name: companyName };
}

function matches(
  { first_name, last_name, email, company_name }: ReturnType<typeof hit>,
  term: string,
): boolean {
  return [`${first_name} ${last_name}`, email, company_name].some((text) =>
    text.toLowerCase().includes(term.toLowerCase()),
  );
}
