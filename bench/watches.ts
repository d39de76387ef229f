// Up to 5,000 watches, each with a subscriber of its own in other processes: what a watch takes of the memory and, while
// nothing changes, of the processor, the provider's part included; and how long it takes, once everything has changed at
// the provider, until the polls have told all.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendMessage } from './support/ask.js';
import { report, reportGrowth } from './support/report.js';
import { startApp } from './support/start-app.js';
import { startSubscribers } from './support/subscriber-process.js';

const WATCHES = [625, 1_250, 2_500, 5_000];
const AT_ONCE = 25;
const IDLE_MS = 10_000;
const PERSON = 'nobody.reacts@example.test';

const processorMs: number[] = [];
const changeMs: number[] = [];
for (const watches of WATCHES) {
  const app = await startApp({ MAX_SOCKETS: '100000', MAX_OPERATIONS_PER_CALLER: '100000' });
  const ids: string[] = [];
  while (ids.length < watches)
    ids.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => sendMessage(app.url, [PERSON])))));
  const subscribers = await startSubscribers(app.url, ids);
  const before = process.cpuUsage();
  const readsBefore = reads();
  await sleep(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  const pollsPerSecond = ((reads() - readsBefore) / IDLE_MS) * 1_000;
  const startedAt = performance.now();
  const told = subscribers.received(2);
  for (const messageId of ids)
    app.simulator.control.setStatus({ messageId, userId: PERSON, status: 'DOWNLOADED' });
  await told;
  const toldMs = performance.now() - startedAt;
  const processorShare = (user + system) / 1_000 / IDLE_MS;
  processorMs.push(processorShare);
  changeMs.push(toldMs);
  report('watches', { watches, subscribers: watches, pollsPerSecond, processorShare, allToldMs: toldMs });
  await subscribers.close();
  await app.stop();

  function reads(): number {
    return app.simulator.control.calls()['trackMessage'] ?? 0;
  }
}
reportGrowth('growth in watches, processor', WATCHES, processorMs);
reportGrowth('growth in watches, until all are told', WATCHES, changeMs);
