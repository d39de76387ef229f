import 'reflect-metadata';
import { createApp } from '../../src/app.js';
import { CallerContextVerifier } from '../../src/auth/signed-context.js';
import { systemClock } from '../../src/clock.js';
import { callerMode, loadConfig, processEnvironment, type Config } from '../../src/config/index.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { createLogger } from '../../src/logger.js';
import { serveSubgraph } from '../../src/subgraph/serve.js';
import { createTools } from '../../src/tools.js';
import { redisOf } from '../../src/cli/redis-of.js';
import type { SubgraphModule } from '../../src/subgraph/define-subgraph.js';
import { subgraphs } from '../../subgraphs/index.js';
import { openNaivePorts } from './naive-ports.js';
import { LATE_MS, LOCK_MS, STALLED_EVERY_MS } from './settings.js';

// A poller, subgraph service or gateway as a process of its own, put together as the commands do it, but for its short
// locks. Prints `ready <url>`, and `late <ms>` when it was kept from running.
const [role, provider, variant] = process.argv.slice(2);
const logger = createLogger({ level: 'error' });
const module = subgraphs.find(({ name }) => name === provider);
if (!module) throw new Error(`There is no subgraph "${provider}".`);
const config = loadConfig(processEnvironment(), [module]);
process.stdout.write(
  `ready ${role === 'gateway' ? await startGateway(config) : await startWorker(config, module)}\n`,
);

async function startGateway({ server: { host }, jwt }: Config): Promise<string> {
  const callers = callerMode({ host, jwt, allProvidersSimulated: false });
  const app = await createApp({ config, callers, modules: [], ports: undefined, logger, isSandbox: false });
  return app.url;
}

async function startWorker(
  { redis, keys, server: { host, port } }: Config,
  { name, open }: SubgraphModule,
): Promise<string> {
  if (!redis) throw new Error('There is no Redis.');
  const options = {
    ...redisOf(redis),
    clock: systemClock,
    logger,
    lockDurationMs: LOCK_MS,
    stalledEveryMs: STALLED_EVERY_MS,
  };
  const shared = await openRedis(options);
  const ports =
    variant === 'naive' ? { ...shared, ...(await openNaivePorts(options.urls[0] ?? '')) } : shared;
  const tools = createTools({ config, ports: { name: 'redis', ...ports }, logger, isSandbox: false });
  const opened = await open(config, {
    ...tools,
    http: { ...tools.http, breaker: { openMs: 1_000 } },
  });
  if (role === 'poller') {
    await tools.live.startPolling([name]);
    return 'polling';
  }
  const secrets = keys.gatewaySecrets.map((secret) => secret.reveal());
  const verifier = new CallerContextVerifier({ secrets, subgraph: name, clock: systemClock });
  const { url } = await serveSubgraph(opened, {
    ...{ host, port, explorable: false, logger },
    identify: async (presented, body) => verifier.verify(presented, body),
  });
  return url;
}

// Whoever started it may be gone without a word.
process.stdin.resume().once('end', () => process.exit());
let lastTick = Date.now();
setInterval(() => {
  const lateMs = Date.now() - lastTick - 100;
  lastTick = Date.now();
  if (lateMs > LATE_MS) process.stdout.write(`late ${lateMs}\n`);
}, 100);
