import type { SettingsOf } from '../../config/index.js';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../log.js';
import { createHttpClient } from '../kit/http-client.js';
import type { HttpPolicy } from '../kit/http-client.js';
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
): Messaging2faClient {
  return createMessaging2faClient({
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
}
