import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { portOf, untilLinked } from './redis-cluster.js';
import { RedisServer, type RedisServerOptions } from './redis-server.js';

const SENTINELS = 3;

/** A master with a replica, watched by three Sentinels. */
export class RedisSentinels {
  readonly master: RedisServer;
  readonly replica: RedisServer;
  readonly #sentinels: readonly RedisServer[];

  private constructor(master: RedisServer, replica: RedisServer, sentinels: readonly RedisServer[]) {
    this.master = master;
    this.replica = replica;
    this.#sentinels = sentinels;
  }

  /** @param options of the servers that hold data */
  static async start(options: Pick<RedisServerOptions, 'durable'> = {}): Promise<RedisSentinels> {
    const soon = ['--repl-diskless-sync-delay', '0'];
    const master = await RedisServer.start({ ...options, settings: soon });
    const following = ['--replicaof', '127.0.0.1', `${portOf(master)}`];
    const replica = await RedisServer.start({ ...options, settings: [...soon, ...following] });
    await untilLinked(replica);
    const config = [
      `sentinel monitor watched 127.0.0.1 ${portOf(master)} 2`,
      'sentinel down-after-milliseconds watched 1000',
      'sentinel failover-timeout watched 5000',
    ].join('\n');
    const sentinels = await Promise.all(
      Array.from({ length: SENTINELS }, () => RedisServer.start({ sentinel: config })),
    );
    for (const sentinel of sentinels)
      await sentinel.with(async (redis) => {
        for (;;) {
          const [facts] = z.array(z.array(z.string())).parse(await redis.call('SENTINEL', 'MASTERS'));
          const known = new Map(facts?.map((fact, at) => [fact, facts[at + 1]]));
          if (known.get('num-other-sentinels') === String(SENTINELS - 1) && known.get('num-slaves') === '1')
            return;
          await pause(20);
        }
      });
    return new RedisSentinels(master, replica, sentinels);
  }

  get urls(): string[] {
    return this.#sentinels.map(({ url }) => url);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#sentinels, this.replica, this.master].map((server) => server.stop()));
  }
}
