// Upstream calls for 200 open pushes over 30 seconds: asked for together, up to 20 in a call, versus one by one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/clock.js';
import { openEmbedded } from '../src/live/embedded/open-embedded.js';
import { createLive } from '../src/live/engine.js';
import { createLogger } from '../src/logger.js';
import { openPush, pushWatch } from '../src/providers/vipidentity/push-watch.js';
import { report } from './support/report.js';
import { startVip } from './support/start-vip.js';

const PUSHES = 200;
const WATCHED_MS = 30_000;
const pairs = {
  displayParameters: [],
  requestParameters: [{ key: 'request.timeout', value: '300' }],
  authContext: [],
};

for (const batchSize of [20, 1]) {
  const { client, simulator, stop } = await startVip();
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const logger = createLogger({ level: 'error' });
  const ports = openEmbedded({ path: join(dir, 'live.db'), clock: systemClock, logger });
  const live = createLive({ ...ports, clock: systemClock, logger });
  const kind = { ...pushWatch, batchSize };
  live.register(kind, client);
  for (let sent = 0; sent < PUSHES; sent++) {
    const { transactionId } = await client.pushUser({ userId: 'cid+pending@example.com', ...pairs });
    await live.watch({
      kind,
      owner: { tenant: 'bench', subject: 'bench' },
      key: { transactionId, onBehalfOfAccountId: null },
      first: { state: openPush(), source: 'COMMAND' },
    });
  }
  simulator.control.resetCalls();
  await live.startPolling(['vipidentity']);
  await sleep(WATCHED_MS);
  const calls = simulator.control.calls()['pollPushStatus'] ?? 0;
  report('vip-push-polls', { pushes: PUSHES, seconds: WATCHED_MS / 1_000, idsPerCall: batchSize, calls });
  await live.close();
  await ports.close();
  await stop();
  rmSync(dir, { recursive: true, force: true });
}
