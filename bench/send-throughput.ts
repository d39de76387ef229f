// Messages sent per second: through the gateway, and by the provider client called directly (baseline), in one run.
import { performance } from 'node:perf_hooks';
import { systemClock } from '../src/clock.js';
import { createLogger } from '../src/logger.js';
import { connectMessaging2fa } from '../src/providers/messaging2fa/connect.js';
import { messaging2faSettings } from '../src/providers/messaging2fa/settings.js';
import { report } from './support/report.js';
import { sendMessage } from './support/ask.js';
import { startApp } from './support/start-app.js';

const MESSAGES = 1_000;
const IN_FLIGHT = 16;
const ROUNDS = 3;
// Final in the answer itself, so that no polling takes part in what is measured.
const PEOPLE = ['nodevice@example.test'];

const app = await startApp();
const client = connectMessaging2fa(
  app.config.settingsOf({ name: 'messaging2fa', settings: messaging2faSettings }),
  {
    http: {},
    clock: systemClock,
    logger: createLogger({ level: 'error' }),
  },
);
const direct = async (): Promise<unknown> =>
  client.send({
    recipients: PEOPLE,
    subject: null,
    body: null,
    availabilitySeconds: 3_600,
    type: 'authorization',
  });
const throughGateway = (): Promise<unknown> => sendMessage(app.url, PEOPLE);

await perSecond(direct, MESSAGES / 4);
await perSecond(throughGateway, MESSAGES / 4);
for (let round = 1; round <= ROUNDS; round++) {
  const baseline = await perSecond(direct, MESSAGES);
  const measured = await perSecond(throughGateway, MESSAGES);
  report('send-throughput', {
    round,
    gatewayPerSecond: measured,
    directPerSecond: baseline,
    ratio: measured / baseline,
  });
}
await client.close();
await app.stop();

async function perSecond(send: () => Promise<unknown>, count: number): Promise<number> {
  const startedAt = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (left-- > 0) await send();
    }),
  );
  return (count / (performance.now() - startedAt)) * 1_000;
}
