import assert from 'node:assert/strict';
import { loadConfig } from '../../../src/config/index.js';
import { ProviderError } from '../../../src/provider-error.js';
import type { VipClient } from '../../../src/providers/vipidentity/client.js';
import { connectVip } from '../../../src/providers/vipidentity/connect.js';
import { vipidentitySettings } from '../../../src/providers/vipidentity/settings.js';
import type { VipidentityControl } from '../../../src/simulators/vipidentity/control.js';
import { vipidentitySimulator } from '../../../src/simulators/vipidentity/simulator.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { MemoryLogger } from '../../support/memory-logger.js';
import { startSimulator } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

export interface VipClientUnderTest {
  readonly client: VipClient;
  readonly simulator: Simulator<VipidentityControl>;
  readonly logger: MemoryLogger;
  readonly clock: ManualClock;
}

/** A client and the simulator it talks to, on one clock that stands still. */
export async function openVipClient(
  t: Teardown,
  settings: (simulator: Simulator) => Record<string, string> = () => ({}),
): Promise<VipClientUnderTest> {
  const clock = new ManualClock();
  const simulator = await startSimulator(t, vipidentitySimulator, { clock });
  const provider = { name: 'vipidentity', settings: vipidentitySettings };
  const config = loadConfig({ ...simulator.environment, ...settings(simulator) }, [provider]);
  const logger = memoryLogger();
  const client = await connectVip(config.settingsOf(provider), {
    http: { random: () => 0, retry: { retries: 0 } },
    clock,
    logger,
  });
  t.after(() => client.close());
  return { client, simulator, logger, clock };
}

/** Settings for version 1.8 of the services. */
export function version8({ environment }: Simulator): Record<string, string> {
  return Object.fromEntries(
    ['VIP_AUTHENTICATION_URL', 'VIP_MANAGEMENT_URL', 'VIP_QUERY_URL'].map((name) => [
      name,
      environment[name]?.replace(/_1_7$/, '_1_8') ?? '',
    ]),
  );
}

/** For `assert.rejects`. */
export function failsWith(code: string, providerCode?: string) {
  return (error: unknown): boolean => {
    assert(error instanceof ProviderError, String(error));
    assert.equal(error.code, code);
    if (providerCode !== undefined) assert.equal(error.providerCode, providerCode);
    return true;
  };
}
