import type { Clock } from '../../clock.js';
import type { SettingsOf } from '../../config/index.js';
import type { Logger } from '../../log.js';
import { authorities } from '../kit/client-certificate.js';
import type { ProviderClient } from '../kit/define-provider.js';
import { createHttpClient } from '../kit/http-client.js';
import type { HttpClient, HttpPolicy } from '../kit/http-client.js';
import { createXqkeysClient } from './client.js';
import type { XqkeysClient } from './client.js';
import { PROVIDER } from './errors.js';
import type { Service } from './operations.js';
import { probesOf } from './probes.js';
import type { xqkeysSettings } from './settings.js';

/** A client for the application the settings name. Calls nobody. */
export function connectXqkeys(
  settings: SettingsOf<typeof xqkeysSettings>,
  { http, clock, logger }: { readonly http: HttpPolicy; readonly clock: Clock; readonly logger: Logger },
): XqkeysClient & Pick<ProviderClient, 'probes'> {
  const tls = authorities('XQKEYS', settings.XQKEYS_CA_FILE);
  // One each: trouble at the dashboard is none of the keys'.
  const open = (channel: Service, origin: string): HttpClient =>
    createHttpClient({ ...http, provider: PROVIDER, channel, origins: [origin], tls, clock, logger });
  const client = createXqkeysClient({
    http: {
      subscription: open('subscription', settings.XQKEYS_SUBSCRIPTION_URL),
      validation: open('validation', settings.XQKEYS_VALIDATION_URL),
      quantum: open('quantum', settings.XQKEYS_QUANTUM_URL),
      dashboard: open('dashboard', settings.XQKEYS_DASHBOARD_URL),
    },
    apiKey: settings.XQKEYS_API_KEY.reveal(),
    dashboardApiKey: settings.XQKEYS_DASHBOARD_API_KEY?.reveal(),
    locatorKey: settings.XQKEYS_LOCATOR_KEY?.reveal(),
    pollIntervalMs: settings.XQKEYS_POLL_INTERVAL_MS,
    clock,
  });
  const hasDashboard = settings.XQKEYS_DASHBOARD_API_KEY !== undefined;
  return { ...client, probes: () => probesOf(client, hasDashboard) };
}
