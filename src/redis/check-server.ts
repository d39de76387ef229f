import type { Redis } from 'ioredis';
import type { Facts, Logger } from '../log.js';
import { checkPermissions, permitted } from './check-permissions.js';
import type { Keys } from './keys.js';
import type { RedisClient } from './redis-client.js';
import { RedisUnavailableError } from './redis-unavailable-error.js';

// A log of a few small events fills a node of the default 4 kB only in part, and each watch has a log.
const STREAM_NODE_BYTES = '1024';

/**
 * Looks at the server, or at every master of the cluster, once, at the start: what it must be, and what puts data at risk.
 * @throws {RedisUnavailableError} when it is older than Redis 6.2, does not let its user look, or is not what
 * `REDIS_MODE` says.
 */
export async function checkServer(redis: RedisClient, keys: Keys, logger: Logger): Promise<void> {
  const servers = 'nodes' in redis ? redis.nodes('master') : [redis];
  const risks = await Promise.all(servers.map((server) => risksOf(server, 'nodes' in redis)));
  for (const risk of new Map(risks.flat().map((one) => [one.facts.setting, one])).values())
    logger.warn(risk.facts, risk.message);
  await checkPermissions(redis, keys);
}

interface Risk {
  readonly facts: Facts;
  readonly message: string;
}

async function risksOf(redis: Redis, isNode: boolean): Promise<Risk[]> {
  const facts = parseInfo(await permitted('info', () => redis.info()));
  if (!isNode) refuseUnserved(facts, await clusterSize(redis, facts));
  // A Sentinel does not even know the first.
  await permitted('time', () => redis.time());
  await permitted('ping', () => redis.ping());
  const version = facts.get('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 6 || (major === 6 && minor < 2))
    throw new RedisUnavailableError(`Redis 6.2 or newer is needed; this one is ${version || 'unknown'}.`);
  const risks: Risk[] = [];
  const policy = facts.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction')
    risks.push({
      facts: { setting: 'maxmemory-policy', state: policy },
      message:
        'Redis may evict watches and records when its memory is full; set maxmemory-policy to noeviction',
    });
  if (facts.get('aof_enabled') === '0' && (await setting(redis, 'save')) === '')
    risks.push({
      facts: { setting: 'appendonly' },
      message: 'Redis keeps nothing on disk: its restart loses every watch and record; set appendonly to yes',
    });
  // Managed servers refuse this; then a watch takes some more memory.
  await redis.config('SET', 'stream-node-max-bytes', STREAM_NODE_BYTES).catch(() => undefined);
  return risks;
}

function refuseUnserved(facts: ReadonlyMap<string, string>, clusterSize: number): void {
  if (facts.get('redis_mode') === 'sentinel')
    throw new RedisUnavailableError('REDIS_URL names a Sentinel; set REDIS_MODE=sentinel.');
  if (clusterSize > 1)
    throw new RedisUnavailableError(
      `REDIS_URL names one of ${clusterSize} nodes of a cluster; set REDIS_MODE=cluster.`,
    );
}

/** How many nodes share the data. */
async function clusterSize(redis: Redis, facts: ReadonlyMap<string, string>): Promise<number> {
  if (facts.get('cluster_enabled') !== '1') return 1;
  return Number(/cluster_size:(\d+)/.exec(await redis.cluster('INFO'))?.[1] ?? 1);
}

function parseInfo(info: string): ReadonlyMap<string, string> {
  return new Map(
    info.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
}

/** Undefined where settings cannot be read, as with managed servers. */
async function setting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const answer = await redis.config('GET', name);
    const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
