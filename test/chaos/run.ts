import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askGraph } from '../support/sealgraph.js';
import type { Connection } from './connection.js';
import { startDeployment, type Deployment } from './deployment.js';
import { Dice } from './dice.js';
import { History } from './history.js';
import { Nemesis } from './nemesis.js';
import { ReadWatcher } from './overlaps.js';
import { REDIS_SITES, type RedisSiteName } from './redis-site.js';
import { SCENES, type SceneName } from './scenes/index.js';
import type { Ask } from './scenes/scene.js';
import type { Variant } from './settings.js';
import { emptyVerdict, judgeOverlaps, type Verdict } from './verdict.js';
import { Watchdog } from './watchdog.js';
import { connectReaders, runWave, type Wave } from './wave.js';
import { World } from './world.js';

export interface ChaosOptions {
  readonly variant: Variant;
  /** A mutant of the product, by its name in `mutants.ts`. */
  readonly mutant?: string;
  /** Whose things are followed. Default Messaging2FA's. */
  readonly provider?: SceneName;
  /** How Redis is run. Default one server. */
  readonly redis?: RedisSiteName;
  readonly seed: number;
  /** Things of one wave, each followed by two readers. */
  readonly watches: number;
  /** How long readers may take to hear the end once nothing is broken any more, milliseconds. */
  readonly patienceMs: number;
  /** Begins another wave as long as this is true of the number of those that were, and of what was found in them. */
  readonly goOn: (waves: number, found: Verdict) => boolean;
}

export interface ChaosReport extends Verdict, Required<Pick<ChaosOptions, 'variant' | 'provider' | 'redis'>> {
  readonly mutant: string | undefined;
  readonly waves: number;
  readonly watches: number;
  /** At the provider. */
  readonly requests: number;
  readonly allOverlaps: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Milliseconds between two polls of a thing, at the most. */
  readonly intervalMs: number;
  /** Processes that ended although nobody killed them. */
  readonly crashes: readonly string[];
  readonly history: History;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Two pollers, two subgraph services and two gateways over one Redis, and clients on WebSockets and event streams, while
 * everything that can break does. Waves of things go their way step by step, a fault between any two steps; then
 * everybody must know the end.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { variant, mutant, provider = 'messaging2fa', seed, watches, goOn } = options;
  const redisName = options.redis ?? 'standalone';
  const dice = new Dice(`chaos ${seed}`);
  const history = new History();
  const verdict = emptyVerdict();
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-chaos-'));
  const scene = await SCENES[provider](dir);
  const redis = await REDIS_SITES[redisName]();
  const world = new World(scene, dice, history);
  const watcher = new ReadWatcher(scene, history, (thing) => world.read(thing));
  const watchdog = new Watchdog(redis.servers, history);
  const deployment = await startDeployment({ variant, mutant, history, scene, redis });
  const { services } = deployment;
  // A frozen process does not notice that this one was told to end.
  const onSignal = (): void => {
    for (const service of services) service.abandon();
    for (const server of redis.servers) void server.kill();
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    await Promise.all(services.map(({ ready }) => ready));
    const ask = askOf(deployment);
    let connections: ReadonlyMap<string, readonly Connection[]> = new Map();
    const targets = { services, redis, world, connections: () => [...connections.values()].flat() };
    const nemesis = new Nemesis(targets, dice, history);
    const { patienceMs } = options;
    const wave = async (isCalm: Wave['isCalm']): Promise<void> => {
      history.note('wave', { isCalm });
      await world.begin(watches, ask);
      connections = await connectReaders(world.things, deployment);
      await runWave({ scene, world, nemesis, verdict, history, patienceMs, isCalm }, connections);
    };
    await wave(true);
    let waves = 0;
    for (; goOn(waves, verdict); waves++) await wave(false);
    judgeOverlaps(verdict, watcher.overlaps, history);
    return {
      ...verdict,
      ...{ variant, mutant, provider, redis: redisName, waves, watches, history },
      requests: watcher.requests,
      allOverlaps: watcher.overlaps.length,
      faults: nemesis.done,
      intervalMs: scene.intervalMs,
      crashes: services.flatMap(({ crashes }) => crashes),
    };
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    watcher.stop();
    watchdog.stop();
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([scene.simulator.stop(), redis.stop()]);
    await rm(dir, { recursive: true, force: true });
  }
}

/** Asks the gateways in turn. */
function askOf({ services, headersOf }: Deployment): Ask {
  const gateways = services.filter(({ role }) => role === 'gateway');
  let turn = 0;
  return async <Data>(...[document, variables, caller]: Parameters<Ask>): Promise<Data> => {
    const url = (await gateways[turn++ % gateways.length]?.ready) ?? '';
    const { data, errors } = await askGraph<Data & object>(url, document, variables, await headersOf(caller));
    const isRefused = Object.values(data ?? {}).some(
      (payload: { problem?: unknown } | null) => payload === null || payload.problem,
    );
    if (errors || isRefused) throw new Error(JSON.stringify({ errors, data }));
    return data;
  };
}
