import { ConfigError } from '../../config/config-error.js';
import type { SettingsOf } from '../../config/index.js';
import type { HttpClient } from '../kit/http-client.js';
import { reach } from '../kit/probe.js';
import type { Probe } from '../kit/probe.js';
import type { VipClient } from './client.js';
import type { vipidentitySettings } from './settings.js';

const SERVICES = {
  VIP_QUERY_URL: 'QueryService',
  VIP_AUTHENTICATION_URL: 'AuthenticationService',
  VIP_MANAGEMENT_URL: 'ManagementService',
} as const;
type Address = keyof typeof SERVICES;

/** One question for each of the three services. */
export function probesOf(
  client: VipClient,
  http: HttpClient,
  settings: SettingsOf<typeof vipidentitySettings>,
): readonly Probe[] {
  const probe = (address: Address, what: string, ask: () => Promise<number | undefined>): Probe => ({
    ...{ what, address, credential: 'VIP_CERT_FILE', authorities: 'VIP_CA_FILE' },
    async ask() {
      requireOwn(address, settings[address]);
      return ask();
    },
  });
  return [
    probe('VIP_QUERY_URL', 'getServerTime', () => client.getServerTime()),
    // Whatever these two are asked for changes something.
    probe('VIP_AUTHENTICATION_URL', 'the authentication service', () =>
      reach(http, settings.VIP_AUTHENTICATION_URL),
    ),
    probe('VIP_MANAGEMENT_URL', 'the management service', () => reach(http, settings.VIP_MANAGEMENT_URL)),
  ];
}

/** @throws ConfigError for an address that ends like that of another of the services (dossier section 1) */
function requireOwn(address: Address, url: string): void {
  const found = Object.values(SERVICES).find((service) => new URL(url).pathname.includes(service));
  if (found === undefined || found === SERVICES[address]) return;
  throw new ConfigError(
    address,
    `leads to the ${found}, where the ${SERVICES[address]} is meant; have two addresses changed places?`,
  );
}
