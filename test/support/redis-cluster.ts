import { setTimeout as pause } from 'node:timers/promises';
import { RedisServer, type RedisServerOptions } from './redis-server.js';

const SLOTS = 16_384;
const SETTINGS = [
  ...['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000'],
  ...['--repl-diskless-sync-delay', '0'],
];

/** Three masters with a third of the data each, and a replica of each. */
export class RedisCluster {
  readonly masters: readonly [RedisServer, ...RedisServer[]];
  readonly #replicas: readonly RedisServer[];

  private constructor(masters: RedisCluster['masters'], replicas: readonly RedisServer[]) {
    this.masters = masters;
    this.#replicas = replicas;
  }

  /** @param options of each of its servers */
  static async start(options: Pick<RedisServerOptions, 'durable'> = {}): Promise<RedisCluster> {
    const start = (): Promise<RedisServer> => RedisServer.start({ settings: SETTINGS, ...options });
    const masters = await Promise.all([start(), start(), start()]);
    const cluster = new RedisCluster(masters, await Promise.all(masters.map(start)));
    await cluster.#join();
    return cluster;
  }

  get urls(): string[] {
    return this.masters.map(({ url }) => url);
  }

  get servers(): readonly RedisServer[] {
    return [...this.masters, ...this.#replicas];
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  async #join(): Promise<void> {
    const all = this.servers;
    const share = Math.ceil(SLOTS / this.masters.length);
    for (const [at, master] of this.masters.entries())
      await master.with((redis) =>
        redis.call(
          'CLUSTER',
          'ADDSLOTSRANGE',
          String(at * share),
          String(Math.min(SLOTS, (at + 1) * share) - 1),
        ),
      );
    for (const [at, server] of all.entries())
      await server.with((redis) => redis.call('CLUSTER', 'SET-CONFIG-EPOCH', String(at + 1)));
    for (const server of all.slice(1))
      await server.with((redis) => redis.cluster('MEET', '127.0.0.1', portOf(this.masters[0])));
    await Promise.all(all.map((server) => untilInfo(server, `cluster_known_nodes:${all.length}`)));
    for (const [at, replica] of this.#replicas.entries()) {
      const id = await this.masters[at]?.with((redis) => redis.call('CLUSTER', 'MYID'));
      await replica.with((redis) => redis.call('CLUSTER', 'REPLICATE', String(id)));
    }
    await Promise.all(all.map((server) => untilInfo(server, 'cluster_state:ok')));
    // One whose replica has not caught up is followed by nobody.
    await Promise.all(this.#replicas.map((server) => untilLinked(server)));
  }
}

export function portOf(server: RedisServer): number {
  return Number(new URL(server.url).port);
}

/** Waits until a replica has what its master has. */
export async function untilLinked(server: RedisServer): Promise<void> {
  await until(server, async (redis) => (await redis.info('replication')).includes('master_link_status:up'));
}

async function untilInfo(server: RedisServer, line: string): Promise<void> {
  await until(server, async (redis) => (await redis.cluster('INFO')).includes(line));
}

async function until(
  server: RedisServer,
  condition: (redis: Parameters<Parameters<RedisServer['with']>[0]>[0]) => Promise<boolean>,
): Promise<void> {
  await server.with(async (redis) => {
    while (!(await condition(redis))) await pause(20);
  });
}
