import { readCallConfig, type CallConfig } from './calls.js';
import { readJwtConfig } from './callers.js';
import type { JwtConfig } from './jwt-config.js';
import type { Environment } from './environment.js';
import { readKeyConfig, type KeyConfig } from './keys.js';
import { readLimitConfig, type LimitConfig } from './limits.js';
import { accountsOf, readTenantSettings, type ProviderAccount } from './provider-accounts.js';
import type { ProviderSettings } from './provider-settings.js';
import { readPeopleConfig, type PeopleConfig } from './people.js';
import { readRateConfig, type RateConfig } from './rates.js';
import { readRedisConfig, type RedisConfig } from './redis.js';
import { readSimulatedProviders } from './simulated-providers.js';
import { readServerConfig, type ServerConfig } from './server.js';
import { parseSettings, type SettingShape, type SettingsOf } from './settings.js';
import { readSubgraphUrls } from './subgraph-urls.js';
import { readWatchConfig, type WatchConfig } from './watches.js';

/** Every setting, checked. Secrets in it print as `[redacted]`. */
export interface Config {
  readonly server: ServerConfig;
  /** Undefined: one process keeps everything in its own folder. */
  readonly redis: RedisConfig | undefined;
  /** Undefined: no token can be verified; see `callerMode`. */
  readonly jwt: readonly JwtConfig[] | undefined;
  readonly keys: KeyConfig;
  readonly limits: LimitConfig;
  readonly rates: RateConfig;
  readonly people: PeopleConfig;
  readonly calls: CallConfig;
  readonly watches: WatchConfig;
  /** URLs of the subgraphs that run as services of their own, by name. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /** Names of the providers that are simulated on purpose, beside real ones. */
  readonly simulatedProviders: ReadonlySet<string>;
  /** Names of the providers that are configured in this process. */
  readonly liveProviders: ReadonlySet<string>;
  /**
   * The settings of one provider that all tenants share.
   * @throws ConfigError when it is not configured
   */
  settingsOf<Shape extends SettingShape>(provider: ProviderSettings<Shape>): SettingsOf<Shape>;
  /** The accounts at one provider: one that all tenants share, or those of tenants that have their own. */
  accountsOf<Shape extends SettingShape>(
    provider: ProviderSettings<Shape>,
  ): readonly ProviderAccount<Shape>[];
}

/**
 * Reads and checks everything that can be configured.
 * To run a provider simulated, merge its simulator's variables into `environment`.
 * @throws ConfigError for the first setting that is wrong or missing
 */
export function loadConfig(environment: Environment, providers: readonly ProviderSettings[]): Config {
  const tenants = readTenantSettings(environment, providers);
  const live = providers.filter((provider) => accountsOf(provider, environment, tenants).length > 0);
  const keys = readKeyConfig(environment);
  const server = readServerConfig(environment);
  const names = providers.map((provider) => provider.name);
  const subgraphUrls = readSubgraphUrls(names, environment, keys);
  return {
    server,
    redis: readRedisConfig(environment),
    jwt: readJwtConfig(environment),
    keys,
    limits: readLimitConfig(environment),
    rates: readRateConfig(environment),
    people: readPeopleConfig(environment),
    calls: readCallConfig(environment),
    watches: readWatchConfig(environment),
    subgraphUrls,
    simulatedProviders: readSimulatedProviders(names, environment, {
      ...{ host: server.host, publicUrl: server.publicUrl },
      configured: (name) => subgraphUrls.has(name) || live.some((provider) => provider.name === name),
    }),
    liveProviders: new Set(live.map((provider) => provider.name)),
    settingsOf: (provider) => parseSettings(provider.settings, environment),
    accountsOf: (provider) => accountsOf(provider, environment, tenants),
  };
}
