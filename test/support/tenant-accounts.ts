import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isTuning } from '../../src/config/fields.js';
import type { Environment } from '../../src/config/index.js';
import type { SimulatorDefinition } from '../../src/simulators/kit/simulator.js';
import type { SubgraphModule } from '../../src/subgraph/define-subgraph.js';
import { ManualClock } from './manual-clock.js';
import { openSubgraph, type SharedStore, type SubgraphUnderTest } from './open-subgraph.js';
import { startSimulator, temporaryDirectory, type Teardown } from './simulators.js';

/** A subgraph whose tenants have accounts of their own, each at a simulator of its own. */
export interface TenantsUnderTest extends SubgraphUnderTest {
  /** By tenant: where its calls may go. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
  /** Nobody answers at a tenant's account from now on. */
  stop(tenant: string): Promise<void>;
}

export async function openTenants(
  test: Teardown,
  {
    module,
    definition,
    tenants,
    clock = new ManualClock(),
    shared,
  }: {
    readonly module: SubgraphModule;
    readonly definition: SimulatorDefinition;
    readonly tenants: readonly string[];
    readonly clock?: ManualClock;
    readonly shared?: SharedStore;
  },
): Promise<TenantsUnderTest> {
  const accounts: Record<string, Environment> = {};
  const origins = new Map<string, readonly string[]>();
  const stops = new Map<string, () => Promise<void>>();
  let tuning: Environment = {};
  for (const tenant of tenants) {
    const simulator = await startSimulator(test, definition, { clock });
    const { environment } = simulator;
    stops.set(tenant, () => simulator.stop());
    const entries = Object.entries(environment);
    const tunes = ([variable]: readonly [string, string]) => isTuning(module.settings[variable]);
    accounts[tenant] = Object.fromEntries(entries.filter((entry) => !tunes(entry)));
    tuning = { ...tuning, ...Object.fromEntries(entries.filter(tunes)) };
    origins.set(
      tenant,
      entries.flatMap(([, value]) =>
        value
          .split(',')
          .filter((part) => URL.canParse(part))
          .map((part) => new URL(part).origin),
      ),
    );
  }
  const path = join(await temporaryDirectory(test), 'accounts.json');
  await writeFile(path, JSON.stringify(accounts));
  const environment = { ...tuning, PROVIDER_ACCOUNTS_FILE: path };
  const subgraph = await openSubgraph(test, { module, environment, clock, ...(shared && { shared }) });
  return { ...subgraph, origins, stop: async (tenant) => stops.get(tenant)?.() };
}
