import { readCallConfig } from './calls.js';
import { readJwtConfig } from './callers.js';
import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { readKeyConfig } from './keys.js';
import { readLimitConfig } from './limits.js';
import type { Config } from './load-config.js';
import { readPeopleConfig } from './people.js';
import { accountsOf, readTenantSettings } from './provider-accounts.js';
import type { ProviderSettings } from './provider-settings.js';
import { readRateConfig } from './rates.js';
import { readRedisConfig } from './redis.js';
import { readServerConfig } from './server.js';
import { readSimulatedProviders } from './simulated-providers.js';
import { readSubgraphUrls } from './subgraph-urls.js';
import { readWatchConfig } from './watches.js';

type Parts = Omit<Config, 'liveProviders' | 'settingsOf' | 'accountsOf'>;

/** Everything that is wrong with an environment, and the parts of the configuration that are right. */
export type ConfigSurvey = { readonly [Part in keyof Parts]: Parts[Part] | undefined } & Pick<
  Config,
  'accountsOf'
> & {
    /** Providers whose settings are right. */
    readonly live: readonly ProviderSettings[];
    readonly problems: readonly ConfigError[];
  };

/** The same as `loadConfig`, for whoever wants to know of every mistake at once. */
export function surveyConfig(environment: Environment, providers: readonly ProviderSettings[]): ConfigSurvey {
  const problems: ConfigError[] = [];
  const attempt = <Part>(read: (environment: Environment) => Part): Part | undefined => {
    try {
      return read(environment);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(error, ...error.others);
      return undefined;
    }
  };
  const tenants = attempt(() => readTenantSettings(environment, providers)) ?? new Map<string, Environment>();
  const live = providers.filter((provider) =>
    attempt(() => accountsOf(provider, environment, tenants).length > 0),
  );
  const keys = attempt(readKeyConfig);
  const names = providers.map(({ name }) => name);
  const server = attempt(readServerConfig);
  const subgraphUrls = keys && attempt(() => readSubgraphUrls(names, environment, keys));
  return {
    server,
    redis: attempt(readRedisConfig),
    jwt: attempt(readJwtConfig),
    keys,
    limits: attempt(readLimitConfig),
    rates: attempt(readRateConfig),
    people: attempt(readPeopleConfig),
    calls: attempt(readCallConfig),
    watches: attempt(readWatchConfig),
    subgraphUrls,
    simulatedProviders:
      server &&
      attempt(() =>
        readSimulatedProviders(names, environment, {
          ...{ host: server.host, publicUrl: server.publicUrl },
          configured: (name) => subgraphUrls?.has(name) === true || live.some((one) => one.name === name),
        }),
      ),
    live,
    problems,
    accountsOf: (provider) => accountsOf(provider, environment, tenants),
  };
}
