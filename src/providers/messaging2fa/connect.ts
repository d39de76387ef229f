import { ConfigError } from '../../config/index.js';
import type { SettingsOf } from '../../config/index.js';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../log.js';
import { ProviderError } from '../../provider-error.js';
import type { ProviderClient } from '../kit/define-provider.js';
import { createHttpClient } from '../kit/http-client.js';
import type { HttpPolicy } from '../kit/http-client.js';
import { answeredOr } from '../kit/probe.js';
import type { Probe } from '../kit/probe.js';
import { createMessaging2faClient } from './client.js';
import type { Messaging2faClient } from './client.js';
import type { messaging2faSettings } from './settings.js';

/**
 * A client for the service the settings name. The certificate files are read now, and again when they change.
 * @throws ConfigError naming the variable whose file cannot be used
 */
export function connectMessaging2fa(
  settings: SettingsOf<typeof messaging2faSettings>,
  { http, clock, logger }: { readonly http: HttpPolicy; readonly clock: Clock; readonly logger: Logger },
): Messaging2faClient & Pick<ProviderClient, 'probes'> {
  const client = createMessaging2faClient({
    http: createHttpClient({
      ...http,
      provider: 'messaging2fa',
      origins: [settings.MESSAGING2FA_URL],
      tls: {
        prefix: 'MESSAGING2FA',
        certFile: settings.MESSAGING2FA_CERT_FILE,
        keyFile: settings.MESSAGING2FA_KEY_FILE,
        passphrase: settings.MESSAGING2FA_KEY_PASSPHRASE,
        caFile: settings.MESSAGING2FA_CA_FILE,
      },
      // Documented for reads; a write is never repeated (dossier section 4).
      retryWhen: ({ status }) => status === 500,
      clock,
      logger,
    }),
    clock,
    apiVersion: settings.MESSAGING2FA_API_VERSION,
  });
  return { ...client, probes: () => probesOf(client) };
}

function blameVersion(error: unknown): never {
  if (error instanceof ProviderError && error.providerCode === 'UNSUPPORTED_API_VERSION')
    throw new ConfigError('MESSAGING2FA_API_VERSION', 'is a version that the provider does not support.');
  throw error;
}

function probesOf(client: Messaging2faClient): readonly Probe[] {
  return [
    {
      what: 'track',
      address: 'MESSAGING2FA_URL',
      credential: 'MESSAGING2FA_CERT_FILE',
      authorities: 'MESSAGING2FA_CA_FILE',
      // There is nothing that reads without a message, so one is asked for that cannot exist.
      ask: () => answeredOr(client.track('sealgraph-doctor'), 'NOT_FOUND').catch(blameVersion),
    },
  ];
}
