// Messages sent per second: through the product, over one file and over Redis, and by the provider client called directly
// (baseline), in one run. The provider, whoever loads the product, and the direct client are processes of their own.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { systemClock } from '../src/clock.js';
import { parseSettings } from '../src/config/settings.js';
import { withSettingsFiles } from '../src/config/process-environment.js';
import { createLogger } from '../src/logger.js';
import { connectMessaging2fa } from '../src/providers/messaging2fa/connect.js';
import { messaging2faSettings } from '../src/providers/messaging2fa/settings.js';
import { RedisServer } from '../test/support/redis-server.js';
import { createTokenIssuer } from '../test/support/token-issuer.js';
import { load, start } from './support/contest.js';
import { median } from './support/median.js';
import { report } from './support/report.js';
import { answerOf, spawnRole } from './support/roles.js';
import { WITHOUT_LIMITS } from './support/without-limits.js';

const SECONDS = 3;
// A send takes a thousand functions, which the engine compiles once they were called often enough.
const WARM_UP_SECONDS = 12;
const IN_FLIGHT = 16;
const ROUNDS = 3;
// Final in the answer itself, so that no polling takes part in what is measured.
const PEOPLE = ['nodevice@example.test'];
const SEND = `mutation { sendTwoFactorMessage(input: { recipients: ${JSON.stringify(PEOPLE)}, availabilitySeconds: 3600 }) { twoFactorMessage { id } } }`;

const [role, settingsFile = ''] = process.argv.slice(2);
if (role === 'direct') await sendDirectly();
else await compare();

async function compare(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  // One for each: what the phones of thousands of messages do must not fall on whoever sends next.
  const [ours, theirs] = await Promise.all(['ours', 'theirs'].map((name) => startSimulator(join(dir, name))));
  if (!ours || !theirs) throw new Error('a simulator is missing');
  const redis = await RedisServer.start({ settings: ['--appendonly', 'yes'] });
  const stores = { file: { SEALGRAPH_DATA_DIR: dir }, redis: { REDIS_URL: redis.url } };
  const directly = (): Promise<number> =>
    answerOf<number>(spawnRole('bench/send-throughput.ts', 'direct', theirs.settings));
  for (const [store, where] of Object.entries(stores)) {
    const { contestant, stop } = await startProduct(ours.settings, where);
    await load(contestant, WARM_UP_SECONDS);
    await directly();
    const rounds: { product: number; direct: number }[] = [];
    for (let round = 1; round <= ROUNDS; round++)
      rounds.push({ direct: await directly(), product: await load(contestant, SECONDS) });
    report('send-throughput', {
      store,
      productPerSecond: median(rounds.map((one) => one.product)),
      directPerSecond: median(rounds.map((one) => one.direct)),
      [`${store}Ratio`]: median(rounds.map((one) => one.product / one.direct)),
    });
    await stop();
  }
  await redis.stop();
  await Promise.all([ours.stop(), theirs.stop()]);
  rmSync(dir, { recursive: true, force: true });
}

async function startSimulator(dir: string) {
  const settings = `${dir}.settings`;
  const { stop } = await start('../dist/bundle/main.js', {}, [
    ...['simulator', 'messaging2fa', '--dir', dir, '--settings-file', settings],
  ]);
  return { settings, stop };
}

/** The product over one store, and a caller who sends. */
async function startProduct(settings: string, store: Readonly<Record<string, string>>) {
  const issuer = createTokenIssuer();
  const { line, stop } = await start(
    '../dist/bundle/main.js',
    {
      PORT: '0',
      SEALGRAPH_SETTINGS_FILES: settings,
      LOG_LEVEL: 'error',
      VAULT_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      ...store,
      ...WITHOUT_LIMITS,
      ...issuer.settings,
    },
    ['start'],
  );
  const authorization = `Bearer ${await issuer.tokenFor('anna', ['messaging2fa:write'], 3_600)}`;
  const contestant = {
    name: 'product',
    url: line.replace('ready ', ''),
    query: SEND,
    headers: { authorization },
  };
  return { contestant, stop };
}

async function sendDirectly(): Promise<void> {
  const environment = withSettingsFiles({ SEALGRAPH_SETTINGS_FILES: settingsFile });
  const client = connectMessaging2fa(parseSettings(messaging2faSettings, environment), {
    http: {},
    clock: systemClock,
    logger: createLogger({ level: 'error' }),
  });
  const message = { recipients: PEOPLE, subject: null, body: null, availabilitySeconds: 3_600 };
  const perSecond = async (seconds: number): Promise<number> => {
    const startedAt = performance.now();
    let sent = 0;
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        for (; performance.now() - startedAt < seconds * 1_000; sent++)
          await client.send({ ...message, type: 'authorization' });
      }),
    );
    return (sent / (performance.now() - startedAt)) * 1_000;
  };
  await perSecond(1);
  process.stdout.write(JSON.stringify(await perSecond(SECONDS)));
  await client.close();
}
