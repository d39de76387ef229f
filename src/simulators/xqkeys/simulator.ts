import { systemClock } from '../../clock.js';
import { CallCounters } from '../kit/call-counters.js';
import { startControl } from '../kit/control.js';
import { FaultInjector } from '../kit/faults.js';
import { listen } from '../kit/listener.js';
import { cryptographicRandom } from '../kit/random.js';
import type { Simulator, SimulatorDefinition, SimulatorOptions } from '../kit/simulator.js';
import { controlInterface, createControl, type XQKeysControl } from './control.js';
import { API_KEYS, ApiKeys } from './routes/api-keys.js';
import { createServer } from './routes/server.js';
import { DEMO_TEAM, ensureCertificateFiles, seed } from './state/seeds.js';
import { World } from './state/world.js';

/**
 * Stand-in for XQ Message, API version 2: subscription, validation, quantum and dashboard on one port, plain HTTP, told
 * apart by the first segment of the path or by the host's first label. PINs are `123456` until the dialect changes.
 *
 * Seeds: team 1234 with locator key `sim-locator-key`; its members `ana@example.com` (dashboard password
 * `ana-demo-password`) and `bo@example.com` (`bo-demo-password`), both registered; group 55 of both; certificate 7,
 * whose texts are in `files` (`clientCert`, `clientKey`, `transportKey`). Everybody else may sign in too.
 *
 * Triggers in a user's local part: `+link` clicks the mailed link at the third `exchange`, `+blocked` is refused,
 * `+expired` gets a dead pre-auth token, `+slowmail` has its PIN after 3 s. Device `foreign-ip` is refused. In
 * `meta.labels`, seconds: `sim:revoke-after=N`, `sim:expire-after=N`, `sim:fetch-after=N`; `sim:fail=503x2` lets the
 * next two calls on the locator fail. `expires` 0 stores an expired key.
 *
 * Control: nouns `time`, `outbox` (PINs and links that were mailed), `keys`, `events`, `certificates`, `calls`; verbs
 * `advanceClock`, `clickLink`, `revokeKey`, `readKey`, `createKeys`, `enableCertificate`, `enableApiKey`,
 * `revokeTokens`, `changeDialect`, `reset`, `injectFault`, `clearFaults`, `resetCalls`.
 */
export const xqkeysSimulator: SimulatorDefinition<XQKeysControl> = { name: 'xqkeys', start };

async function start(options: SimulatorOptions): Promise<Simulator<XQKeysControl>> {
  const { dir, port = 0, host, clock = systemClock, random = cryptographicRandom } = options;
  const world = new World({ dir, clock, random });
  const files = await ensureCertificateFiles(world, dir);
  if (!world.restored) seed(world, files);
  const apiKeys = new ApiKeys();
  const faults = new FaultInjector(clock);
  const counters = new CallCounters();

  const listener = await listen({ handler: createServer({ world, apiKeys, faults, counters }), port, host });
  const { url } = listener;
  const control = createControl({ world, apiKeys, faults, counters, files, url });
  const controlListener = await startControl(controlInterface(control));
  return {
    name: xqkeysSimulator.name,
    url,
    environment: {
      XQKEYS_SUBSCRIPTION_URL: `${url}/subscription/v2`,
      XQKEYS_VALIDATION_URL: `${url}/validation/v2`,
      XQKEYS_QUANTUM_URL: `${url}/quantum/v2`,
      XQKEYS_DASHBOARD_URL: `${url}/dashboard/v2`,
      XQKEYS_API_KEY: API_KEYS.general,
      XQKEYS_DASHBOARD_API_KEY: API_KEYS.dashboard,
      XQKEYS_LOCATOR_KEY: DEMO_TEAM.locatorKey,
    },
    files,
    control,
    controlUrl: controlListener.url,
    async stop() {
      await Promise.all([listener.stop(), controlListener.stop()]);
      world.close();
    },
  };
}
