import { systemClock } from '../../src/clock.js';
import { openRedis, type RedisOptions, type RedisPorts } from '../../src/live/redis/open-redis.js';
import { createLogger } from '../../src/logger.js';
import { RedisServer } from '../../test/support/redis-server.js';

export interface BenchRedis {
  readonly server: RedisServer;
  readonly ports: RedisPorts;
  stop(): Promise<void>;
}

/** The ports as one more process on a server has them. */
export function openBenchPorts(
  { url }: RedisServer,
  options: Partial<RedisOptions> = {},
): Promise<RedisPorts> {
  return openRedis({ urls: [url], clock: systemClock, logger: createLogger({ level: 'error' }), ...options });
}

/** A Redis server of its own, writing to disk every second, and the ports over it. */
export async function openBenchRedis(options: Partial<RedisOptions> = {}): Promise<BenchRedis> {
  const server = await RedisServer.start({ settings: ['--appendonly', 'yes'] });
  const ports = await openBenchPorts(server, options);
  return {
    server,
    ports,
    async stop() {
      await ports.close();
      await server.stop();
    },
  };
}
