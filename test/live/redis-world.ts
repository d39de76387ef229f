import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.js';
import { createLive, type Live, type LiveOptions } from '../../src/live/engine.js';
import { openRedis, type RedisOptions, type RedisPorts } from '../../src/live/redis/open-redis.js';
import { memoryLogger, type MemoryLogger } from '../support/memory-logger.js';
import { RedisServer, type RedisServerOptions } from '../support/redis-server.js';
import { thingKind, type ScriptedProvider } from './conformance/scripted-provider.js';
import { OWNER } from './conformance/watches.js';

/** What a process on Redis holds. */
export interface RedisProcess extends RedisPorts {
  readonly live: Live;
  readonly logger: MemoryLogger;
}

export const kind = thingKind();

/** A server that ends with the test. */
export async function startRedis(test: TestContext, options?: RedisServerOptions): Promise<RedisServer> {
  const server = await RedisServer.start(options);
  test.after(() => server.stop());
  return server;
}

/** The ports and an engine as one process has them, closed with the test. Its locks are short, so that tests are. */
export async function redisProcess(
  test: TestContext,
  server: RedisServer,
  provider: ScriptedProvider,
  {
    redis = {},
    live = {},
    kind: watchKind = kind,
  }: { redis?: Partial<RedisOptions>; live?: Partial<LiveOptions>; kind?: typeof kind } = {},
): Promise<RedisProcess> {
  const logger = memoryLogger();
  const ports = await openRedis({
    urls: [server.url],
    clock: systemClock,
    logger,
    lockDurationMs: 2_000,
    stalledEveryMs: 500,
    ...redis,
  });
  const engine = createLive({ ...ports, logger, gatherMs: 1, ...live });
  engine.register(watchKind, provider);
  test.after(async () => {
    await engine.close();
    await ports.close();
  });
  return { ...ports, live: engine, logger };
}

/** Waits for what other processes do. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const startedAt = Date.now();
  while (!(await condition())) {
    if (Date.now() - startedAt > 60_000) throw new Error(`Not within a minute: ${what}`);
    await pause(10);
  }
}

export const watched = (key: string) => ({ kind, owner: OWNER, key });
