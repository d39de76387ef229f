import { answeredOr } from '../kit/probe.js';
import type { Probe } from '../kit/probe.js';
import type { Access } from './access.js';
import type { XqkeysClient } from './client.js';

// A session that cannot exist, and the name of a key that cannot: to be told so is all that is wanted.
const NOBODY: Access = {
  id: 'sealgraph-doctor',
  token: 'c2VhbGdyYXBo.ZG9jdG9y.ZG9jdG9y',
  dashboardToken: undefined,
  expiresAt: 0,
};
const NO_KEY = '-'.repeat(43);

/**
 * One question for each of the four services.
 * @param hasDashboard whether there is a key for the last of them
 */
export function probesOf(
  { account, keys, dashboard }: XqkeysClient,
  hasDashboard: boolean,
): readonly Probe[] {
  const authorities = 'XQKEYS_CA_FILE';
  const general = { credential: 'XQKEYS_API_KEY', authorities };
  const events: Probe = {
    authorities,
    credential: 'XQKEYS_DASHBOARD_API_KEY',
    what: 'GetEventTypes',
    address: 'XQKEYS_DASHBOARD_URL',
    ask: () => answeredOr(dashboard.eventTypes(NOBODY.token), 'CREDENTIAL_EXPIRED', 'FORBIDDEN'),
  };
  return [
    {
      ...general,
      what: 'validate_api_key',
      address: 'XQKEYS_SUBSCRIPTION_URL',
      ask: () => answeredOr(account.apiKey()),
    },
    {
      ...general,
      what: 'CheckKeyExpiration',
      address: 'XQKEYS_VALIDATION_URL',
      ask: () => answeredOr(keys.expiresInSeconds(NOBODY, NO_KEY), 'CREDENTIAL_EXPIRED', 'FORBIDDEN'),
    },
    {
      authorities,
      what: 'get_entropy_bits',
      address: 'XQKEYS_QUANTUM_URL',
      ask: () => answeredOr(account.entropyBits(256)),
    },
    ...(hasDashboard ? [events] : []),
  ];
}
