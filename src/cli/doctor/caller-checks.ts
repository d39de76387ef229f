import { z } from 'zod';
import { createJwtAuthenticator } from '../../auth/jwt-authenticator.js';
import type { Clock } from '../../clock.js';
import { callerMode, ConfigError } from '../../config/index.js';
import type { ConfigSurvey } from '../../config/index.js';
import { openKeyRing } from '../../vault/open-key-ring.js';
import { complainingLogger } from './complaining-logger.js';
import type { Check } from './finding.js';

const TIMEOUT_MS = 5_000;
const SKEW_MS = 60_000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** Who may call, by what that is verified, and by what secrets are sealed. */
export function callerChecks(survey: ConfigSurvey, clock: Clock): readonly Check[] {
  const { server, keys, jwt, live, subgraphUrls, problems } = survey;
  const isSandbox = live.length === 0 && subgraphUrls?.size === 0;
  // Said already, when what verifies callers is itself set wrongly.
  const isJwtKnown = !problems.some(({ variable }) => variable.startsWith('JWT_'));
  return [
    ...(server && isJwtKnown
      ? [
          {
            what: 'callers can be told apart',
            run: () => void callerMode({ host: server.host, jwt, allProvidersSimulated: isSandbox }),
          },
        ]
      : []),
    ...(jwt ?? []).map((issuer): Check => ({
      what: `keys of the token issuer ${issuer.issuer}`,
      async run(complain) {
        createJwtAuthenticator({ ...issuer, clock, logger: complainingLogger(complain) });
        const { key, tenants } = issuer;
        const setting = tenants === undefined ? 'JWT_JWKS_URL' : 'JWT_ISSUERS_FILE';
        if (key.type === 'jwks') await readKeySet(setting, key.url, clock, complain);
      },
    })),
    // In sandbox mode the key is made beside the data.
    ...(keys && live.length > 0 ? [{ what: 'keys of the vault', run: () => void openKeyRing(keys) }] : []),
  ];
}

async function readKeySet(
  setting: string,
  url: string,
  clock: Clock,
  complain: Parameters<Check['run']>[0],
): Promise<void> {
  const fail = (problem: string): never => {
    throw new ConfigError(setting, problem);
  };
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    () => fail('leads to an address that cannot be reached: no token can be verified.'),
  );
  if (response.status !== 200) fail(`leads to an answer of ${response.status}: no token can be verified.`);
  const found = keySet.safeParse(await response.json().catch(() => undefined)).data;
  if (!found) fail('does not lead to a key set (JWKS).');
  else if (found.keys.length === 0) fail('leads to a key set without a key.');
  const aheadMs = clock.now() - Date.parse(response.headers.get('date') ?? '');
  if (Math.abs(aheadMs) <= SKEW_MS || Number.isNaN(aheadMs)) return;
  const difference = `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
  complain({
    level: 'warning',
    setting: null,
    message: `The clock of this machine is ${difference} that of the token issuer: tokens will be refused.`,
  });
}
