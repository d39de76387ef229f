import type { Clock } from '../../clock.js';
import { ConfigError } from '../../config/config-error.js';
import type { SettingsOf } from '../../config/index.js';
import type { Logger } from '../../log.js';
import { packagePath } from '../../package-path.js';
import type { ProviderClient } from '../kit/define-provider.js';
import { createHttpClient } from '../kit/http-client.js';
import type { HttpPolicy } from '../kit/http-client.js';
import { createVipClient } from './client.js';
import type { VipClient } from './client.js';
import { probesOf } from './probes.js';
import { readDescriptions } from './read-descriptions.js';
import type { vipidentitySettings } from './settings.js';

/**
 * A client for the services the settings name. The certificate files are read now, and again when they change; the
 * descriptions of the services now alone.
 * @throws ConfigError naming the variable whose file cannot be used
 */
export async function connectVip(
  settings: SettingsOf<typeof vipidentitySettings>,
  { http, clock, logger }: { readonly http: HttpPolicy; readonly clock: Clock; readonly logger: Logger },
): Promise<VipClient & Pick<ProviderClient, 'probes'>> {
  const { VIP_AUTHENTICATION_URL, VIP_MANAGEMENT_URL, VIP_QUERY_URL } = settings;
  const descriptions = readDescriptions(
    settings.VIP_WSDL_DIR ?? packagePath('src/providers/vipidentity/wsdl'),
  );
  const opened = createHttpClient({
    ...http,
    provider: 'vipidentity',
    origins: [VIP_AUTHENTICATION_URL, VIP_MANAGEMENT_URL, VIP_QUERY_URL],
    tls: {
      prefix: 'VIP',
      certFile: settings.VIP_CERT_FILE,
      keyFile: settings.VIP_KEY_FILE,
      passphrase: settings.VIP_KEY_PASSPHRASE,
      caFile: settings.VIP_CA_FILE,
    },
    // Internal error (dossier section 4.2): reads are made again, writes never.
    retryWhen: (response) => /<(?:\w+:)?status>6005</.test(response.text()),
    clock,
    logger,
  });
  const client = await createVipClient({
    http: opened,
    clock,
    endpoints: {
      authentication: VIP_AUTHENTICATION_URL,
      management: VIP_MANAGEMENT_URL,
      query: VIP_QUERY_URL,
    },
    descriptions,
  }).catch(async () => {
    await opened.close();
    throw new ConfigError('VIP_WSDL_DIR', 'names a folder with a description that is not understood.');
  });
  return { ...client, probes: () => probesOf(client, opened, settings) };
}
