import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { choice, list, milliseconds, secret, text, wholeNumber } from './fields.js';
import { readConfiguredFile } from './read-file.js';
import { Secret } from './secret.js';
import { parseSettings, type SettingsOf } from './settings.js';

/** One server; the nodes of a cluster; or Sentinels, which know the server. */
export const REDIS_MODES = ['standalone', 'cluster', 'sentinel'] as const;
export type RedisMode = (typeof REDIS_MODES)[number];

/** How a connection to Redis proves who is who. */
export interface RedisTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: Secret;
}

/** The Redis that all processes share. */
export interface RedisConfig {
  readonly mode: RedisMode;
  /** Addresses, at least one. They may hold a password, which is that of the first for all. */
  readonly urls: readonly Secret[];
  /** What the Sentinels call the server. */
  readonly masterName: string;
  readonly sentinelPassword: Secret | undefined;
  readonly prefix: string;
  /** PEM texts. Undefined: as the platform does it. */
  readonly tls: RedisTls | undefined;
  readonly waitMs: number;
  /** How many records of the audit log are kept in Redis; undefined: none. */
  readonly auditRecords: number | undefined;
}

export const redisSettings = {
  REDIS_URL: list()
    .refine((urls) => urls.length > 0 && urls.every(isRedisUrl), {
      error: 'must be a URL that begins with redis:// or rediss://, or several separated by commas.',
    })
    .transform((urls) => urls.map((url) => new Secret(url)))
    .optional()
    .describe(
      'Redis 6.2 or newer, or Valkey, shared by all processes. Without it, one process keeps everything in SEALGRAPH_DATA_DIR. For a cluster or Sentinels several addresses, separated by commas; name, password and database of the first are those of all; a cluster has no databases. May be secret.',
    ),
  REDIS_MODE: choice(REDIS_MODES)
    .default('standalone')
    .describe(
      'What REDIS_URL names: standalone (one server), cluster (some of its nodes) or sentinel (the Sentinels that know the server).',
    ),
  REDIS_SENTINEL_NAME: text()
    .default('mymaster')
    .describe('What the Sentinels call the server, with REDIS_MODE=sentinel.'),
  REDIS_SENTINEL_PASSWORD: secret()
    .optional()
    .describe('Password of the Sentinels themselves; that of the server stands in REDIS_URL. Secret.'),
  REDIS_PREFIX: text()
    .refine((prefix) => /^[\w.:-]{1,64}$/.test(prefix), {
      error: 'must be 1 to 64 letters, digits and any of _ . : -',
    })
    .default('sealgraph')
    .describe('What every name in Redis begins with. Processes that share work have the same.'),
  REDIS_CA_FILE: text()
    .optional()
    .describe(
      'PEM file with the authorities whose certificates Redis may show, for rediss://. Default: the usual ones.',
    ),
  REDIS_CERT_FILE: text().optional().describe('PEM file with the certificate shown to Redis.'),
  REDIS_KEY_FILE: text().optional().describe('PEM file with the private key of REDIS_CERT_FILE.'),
  AUDIT_STREAM_RECORDS: wholeNumber(1, 1_000_000_000)
    .optional()
    .describe(
      'How many of the newest records of the audit log the stream <REDIS_PREFIX>:audit in Redis keeps; see AUDIT_FILE. Default: none is kept there.',
    ),
  REDIS_WAIT_MS: milliseconds()
    .default(30_000)
    .describe('How long a starting process waits for Redis before it gives up.'),
};

type RedisSettings = SettingsOf<typeof redisSettings>;

/**
 * Undefined when no Redis is set.
 * @throws ConfigError
 */
export function readRedisConfig(environment: Environment): RedisConfig | undefined {
  const settings = parseSettings(redisSettings, environment);
  const tls = readTls(settings);
  const { REDIS_URL: urls, REDIS_MODE: mode } = settings;
  if (!urls) {
    if (mode !== 'standalone') throw new ConfigError('REDIS_MODE', 'needs REDIS_URL.');
    if (settings.AUDIT_STREAM_RECORDS) throw new ConfigError('AUDIT_STREAM_RECORDS', 'needs REDIS_URL.');
    return undefined;
  }
  refuseMisfits(
    urls.map((url) => new URL(url.reveal())),
    settings,
  );
  return {
    mode,
    urls,
    masterName: settings.REDIS_SENTINEL_NAME,
    sentinelPassword: settings.REDIS_SENTINEL_PASSWORD,
    prefix: settings.REDIS_PREFIX,
    tls,
    auditRecords: settings.AUDIT_STREAM_RECORDS,
    waitMs: settings.REDIS_WAIT_MS,
  };
}

function refuseMisfits(urls: readonly URL[], { REDIS_MODE, REDIS_SENTINEL_PASSWORD }: RedisSettings): void {
  if (REDIS_MODE === 'standalone' && urls.length > 1)
    throw new ConfigError('REDIS_URL', 'names several servers: set REDIS_MODE to cluster or sentinel.');
  if (new Set(urls.map(({ protocol }) => protocol)).size > 1)
    throw new ConfigError('REDIS_URL', 'must not mix redis:// and rediss://.');
  const [first, ...others] = urls;
  if (urls.some(({ search, hash }) => search !== '' || hash !== ''))
    throw new ConfigError('REDIS_URL', 'must end with the database, if it names one.');
  if (urls.some(({ pathname }) => !/^\/?\d{0,9}$/.test(pathname)))
    throw new ConfigError('REDIS_URL', 'must name a database by its number, as in redis://localhost:6379/1.');
  if (others.some(({ pathname }) => databaseIn(pathname) !== 0 && pathname !== first?.pathname))
    throw new ConfigError(
      'REDIS_URL',
      'must not name different databases: that of the first is that of all.',
    );
  if (REDIS_MODE === 'cluster' && urls.some(({ pathname }) => databaseIn(pathname) !== 0))
    throw new ConfigError('REDIS_URL', 'must not name a database: a cluster has only the one.');
  if (REDIS_MODE !== 'sentinel' && REDIS_SENTINEL_PASSWORD)
    throw new ConfigError('REDIS_SENTINEL_PASSWORD', 'needs REDIS_MODE=sentinel.');
}

function readTls(settings: RedisSettings): RedisTls | undefined {
  const { REDIS_URL, REDIS_CA_FILE, REDIS_CERT_FILE, REDIS_KEY_FILE } = settings;
  const given = Object.entries({ REDIS_CA_FILE, REDIS_CERT_FILE, REDIS_KEY_FILE }).find(([, file]) => file);
  if (!given) return undefined;
  if (!REDIS_URL?.every((url) => url.reveal().startsWith('rediss:')))
    throw new ConfigError(given[0], 'needs a REDIS_URL that begins with rediss://.');
  if (REDIS_CERT_FILE && !REDIS_KEY_FILE) throw new ConfigError('REDIS_CERT_FILE', 'needs REDIS_KEY_FILE.');
  if (REDIS_KEY_FILE && !REDIS_CERT_FILE) throw new ConfigError('REDIS_KEY_FILE', 'needs REDIS_CERT_FILE.');
  return {
    ...(REDIS_CA_FILE ? { ca: readConfiguredFile('REDIS_CA_FILE', REDIS_CA_FILE) } : {}),
    ...(REDIS_CERT_FILE ? { cert: readConfiguredFile('REDIS_CERT_FILE', REDIS_CERT_FILE) } : {}),
    ...(REDIS_KEY_FILE ? { key: new Secret(readConfiguredFile('REDIS_KEY_FILE', REDIS_KEY_FILE)) } : {}),
  };
}

function databaseIn(pathname: string): number {
  return Number(pathname.slice(1));
}

function isRedisUrl(text: string): boolean {
  return /^rediss?:\/\//.test(text) && URL.canParse(text) && new URL(text).hostname !== '';
}
