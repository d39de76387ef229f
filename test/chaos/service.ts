import 'reflect-metadata';
import { systemClock } from '../../src/clock.js';
import { CallerContextVerifier } from '../../src/auth/signed-context.js';
import { loadConfig, processEnvironment } from '../../src/config/index.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { createLogger } from '../../src/logger.js';
import { serveSubgraph } from '../../src/subgraph/serve.js';
import { createTools } from '../../src/tools.js';
import { messaging2fa as module } from '../../subgraphs/messaging2fa.js';
import { openNaivePorts } from './naive-ports.js';
import { LATE_MS, LOCK_MS, STALLED_EVERY_MS } from './settings.js';

// A poller or a subgraph service as a process of its own, put together as the commands do it, but for its short locks.
// Prints `ready <url>`, and `late <ms>` when it was kept from running.
const [role, variant] = process.argv.slice(2);
const config = loadConfig(processEnvironment(), [module]);
const logger = createLogger({ level: 'error' });
const options = {
  urls: config.redis?.urls.map((url) => url.reveal()) ?? [],
  clock: systemClock,
  logger,
  lockDurationMs: LOCK_MS,
  stalledEveryMs: STALLED_EVERY_MS,
};
const redis = await openRedis(options);
const ports = variant === 'naive' ? { ...redis, ...(await openNaivePorts(options.urls[0] ?? '')) } : redis;
const tools = createTools({ config, ports: { name: 'redis', ...ports }, logger, isSandbox: false });
const opened = await module.open(config, { ...tools, http: { ...tools.http, breaker: { openMs: 1_000 } } });
if (role === 'poller') {
  await tools.live.startPolling([module.name]);
  process.stdout.write('ready polling\n');
} else {
  const secrets = config.keys.gatewaySecrets.map((secret) => secret.reveal());
  const verifier = new CallerContextVerifier({ secrets, subgraph: module.name, clock: systemClock });
  const { url } = await serveSubgraph(opened, {
    host: config.server.host,
    port: config.server.port,
    identify: async (presented, body) => verifier.verify(presented, body),
    explorable: false,
    logger,
  });
  process.stdout.write(`ready ${url}\n`);
}

// Whoever started it may be gone without a word.
process.stdin.resume().once('end', () => process.exit());
let lastTick = Date.now();
setInterval(() => {
  const lateMs = Date.now() - lastTick - 100;
  lastTick = Date.now();
  if (lateMs > LATE_MS) process.stdout.write(`late ${lateMs}\n`);
}, 100);
