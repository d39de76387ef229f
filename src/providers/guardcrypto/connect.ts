import type { Clock } from '../../clock.js';
import { ConfigError } from '../../config/index.js';
import type { SettingsOf } from '../../config/index.js';
import type { Logger } from '../../log.js';
import { authorities } from '../kit/client-certificate.js';
import type { ProviderClient } from '../kit/define-provider.js';
import { createHttpClient } from '../kit/http-client.js';
import type { HttpPolicy } from '../kit/http-client.js';
import type { BasicCredentials } from './api.js';
import { createGuardClient } from './client.js';
import type { GuardClient } from './client.js';
import { PROVIDER } from './errors.js';
import { readWireFacts } from './operations-file.js';
import { probesOf } from './probes.js';
import type { guardcryptoSettings } from './settings.js';

/**
 * A client for the App Suite the settings name. Calls nobody.
 * @throws ConfigError naming the variable that is wrong
 */
export function connectGuard(
  settings: SettingsOf<typeof guardcryptoSettings>,
  { http, clock, logger }: { readonly http: HttpPolicy; readonly clock: Clock; readonly logger: Logger },
): GuardClient & Pick<ProviderClient, 'probes'> {
  const rest = credentials('REST', settings.GUARDCRYPTO_REST_USER, settings.GUARDCRYPTO_REST_PASSWORD);
  const support = credentials(
    'SUPPORT',
    settings.GUARDCRYPTO_SUPPORT_USER,
    settings.GUARDCRYPTO_SUPPORT_PASSWORD,
  );
  const client = createGuardClient({
    facts: readWireFacts(settings.GUARDCRYPTO_OPERATIONS_FILE),
    http: createHttpClient({
      ...http,
      provider: PROVIDER,
      origins: [settings.GUARDCRYPTO_URL],
      tls: authorities('GUARDCRYPTO', settings.GUARDCRYPTO_CA_FILE),
      clock,
      logger,
    }),
    credentials: { ...(rest && { rest }), ...(support && { support }) },
    encryptsPasswords: settings.GUARDCRYPTO_ENCRYPT_PASSWORDS,
  });
  return { ...client, probes: () => probesOf(client, rest !== undefined) };
}

function credentials(
  api: string,
  user: string | undefined,
  password: { reveal(): string } | undefined,
): BasicCredentials | undefined {
  if (user !== undefined && password !== undefined) return { user, password: password.reveal() };
  if (user === undefined && password === undefined) return undefined;
  const [missing, given] = user === undefined ? ['USER', 'PASSWORD'] : ['PASSWORD', 'USER'];
  throw new ConfigError(`GUARDCRYPTO_${api}_${missing}`, `is not set, but GUARDCRYPTO_${api}_${given} is.`);
}
