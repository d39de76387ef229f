import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.js';
import { loadConfig } from '../../src/config/index.js';
import { createLogger } from '../../src/logger.js';
import type { VipClient } from '../../src/providers/vipidentity/client.js';
import { connectVip } from '../../src/providers/vipidentity/connect.js';
import { vipidentitySettings } from '../../src/providers/vipidentity/settings.js';
import type { VipidentityControl } from '../../src/simulators/vipidentity/control.js';
import { vipidentitySimulator } from '../../src/simulators/vipidentity/simulator.js';
import type { Simulator } from '../../src/simulators/kit/simulator.js';

export interface BenchVip {
  readonly client: VipClient;
  readonly simulator: Simulator<VipidentityControl>;
  stop(): Promise<void>;
}

/** The VIP client and its simulator in this process, over TLS. */
export async function startVip(): Promise<BenchVip> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const simulator = await vipidentitySimulator.start({ dir });
  const provider = { name: 'vipidentity', settings: vipidentitySettings };
  const client = await connectVip(loadConfig(simulator.environment, [provider]).settingsOf(provider), {
    http: {},
    clock: systemClock,
    logger: createLogger({ level: 'error' }),
  });
  return {
    client,
    simulator,
    async stop() {
      await client.close();
      await simulator.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
