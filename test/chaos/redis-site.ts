import { setTimeout as pause } from 'node:timers/promises';
import { RedisCluster, untilLinked } from '../support/redis-cluster.js';
import { RedisSentinels } from '../support/redis-sentinels.js';
import { RedisServer } from '../support/redis-server.js';
import type { Dice } from './dice.js';

/** Where everything is stored, in one of the ways in which Redis is run. */
export interface RedisSite {
  /** What leads services there. */
  readonly settings: Readonly<Record<string, string>>;
  /** Those that hold data. */
  readonly servers: readonly RedisServer[];
  /** Kills one that serves; resolves when all is as it was. */
  breakDown(dice: Dice): Promise<void>;
  stop(): Promise<void>;
}

/** How each of them is started. */
export const REDIS_SITES = {
  standalone: startStandalone,
  cluster: startCluster,
  sentinel: startSentinels,
} satisfies Readonly<Record<string, () => Promise<RedisSite>>>;

export type RedisSiteName = keyof typeof REDIS_SITES;

async function startStandalone(): Promise<RedisSite> {
  const server = await RedisServer.start({ durable: true });
  return {
    settings: { REDIS_URL: server.url },
    servers: [server],
    async breakDown(dice) {
      await server.kill();
      await pause(dice.below(1_000));
      await server.restart();
    },
    stop: () => server.stop(),
  };
}

async function startCluster(): Promise<RedisSite> {
  const cluster = await RedisCluster.start({ durable: true });
  return {
    settings: { REDIS_URL: cluster.urls.join(','), REDIS_MODE: 'cluster' },
    servers: cluster.servers,
    breakDown: (dice) => failOver(cluster.servers, dice),
    stop: () => cluster.stop(),
  };
}

async function startSentinels(): Promise<RedisSite> {
  const sentinels = await RedisSentinels.start({ durable: true });
  const servers = [sentinels.master, sentinels.replica];
  return {
    settings: {
      REDIS_URL: sentinels.urls.join(','),
      REDIS_MODE: 'sentinel',
      REDIS_SENTINEL_NAME: 'watched',
    },
    servers,
    breakDown: (dice) => failOver(servers, dice),
    stop: () => sentinels.stop(),
  };
}

/** Kills a master until another has taken its place; then it comes back, and follows that one. */
async function failOver(servers: readonly RedisServer[], dice: Dice): Promise<void> {
  const masters = await mastersOf(servers);
  const victim = dice.pick(masters);
  await victim.kill();
  const others = servers.filter((server) => server !== victim);
  while ((await mastersOf(others)).length < masters.length) await pause(50);
  await victim.restart();
  await untilLinked(victim);
}

async function mastersOf(servers: readonly RedisServer[]): Promise<RedisServer[]> {
  const isMaster = await Promise.all(
    servers.map((server) =>
      server.with(async (redis) => (await redis.info('replication')).includes('role:master')),
    ),
  );
  return servers.filter((_, at) => isMaster[at]);
}
