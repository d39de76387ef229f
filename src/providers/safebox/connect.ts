import type { Clock } from '../../clock.js';
import { ConfigError } from '../../config/index.js';
import type { SettingsOf } from '../../config/index.js';
import type { Logger } from '../../log.js';
import { authorities } from '../kit/client-certificate.js';
import type { ProviderClient } from '../kit/define-provider.js';
import { createHttpClient } from '../kit/http-client.js';
import type { HttpPolicy } from '../kit/http-client.js';
import { createSafeboxClient } from './client.js';
import type { SafeboxClient } from './client.js';
import { PROVIDER } from './errors.js';
import { fileServerProbes, probesOf } from './probes.js';
import type { safeboxSettings } from './settings.js';

/**
 * A client for the account the settings name. Calls nobody.
 * @throws ConfigError naming the variable that holds no origins
 */
export function connectSafebox(
  settings: SettingsOf<typeof safeboxSettings>,
  { http, clock, logger }: { readonly http: HttpPolicy; readonly clock: Clock; readonly logger: Logger },
): SafeboxClient & Pick<ProviderClient, 'probes'> {
  const servers = originsOf('SAFEBOX_SERVER_ORIGINS', settings.SAFEBOX_SERVER_ORIGINS);
  const files = originsOf('SAFEBOX_FILE_ORIGINS', settings.SAFEBOX_FILE_ORIGINS);
  const shared = {
    ...http,
    provider: PROVIDER,
    tls: authorities('SAFEBOX', settings.SAFEBOX_CA_FILE),
    clock,
    logger,
  };
  const origins: readonly [string, ...string[]] = [settings.SAFEBOX_URL, ...servers];
  // Audit records lie at the server, or at a file server (dossier op 21).
  const fileHttp = createHttpClient({ ...shared, channel: 'files', origins: [...origins, ...files] });
  const client = createSafeboxClient({
    http: createHttpClient({ ...shared, origins }),
    fileHttp,
    account: settings.SAFEBOX_ENTERPRISE_ACCOUNT,
    origins,
    enterpriseToken: settings.SAFEBOX_API_TOKEN?.reveal() ?? null,
    locale: settings.SAFEBOX_LOCALE,
    pollIntervalMs: settings.SAFEBOX_POLL_INTERVAL_MS,
  });
  return { ...client, probes: () => [...probesOf(client, origins), ...fileServerProbes(fileHttp, files)] };
}

function originsOf(variable: string, origins: readonly string[]): readonly string[] {
  const isOrigin = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!origins.every(isOrigin)) {
    throw new ConfigError(
      variable,
      'must hold origins such as https://files.example.com, separated by commas.',
    );
  }
  return origins;
}
