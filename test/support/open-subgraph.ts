import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { execute, parse, subscribe } from 'graphql';
import type { ExecutionResult } from 'graphql';
import type { Caller } from '../../src/auth/caller.js';
import { loadConfig } from '../../src/config/index.js';
import { createTickets } from '../../src/subgraph/tickets/tickets.js';
import type { Tickets } from '../../src/subgraph/tickets/tickets.js';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
import type { Embedded } from '../../src/live/embedded/open-embedded.js';
import { createLive } from '../../src/live/engine.js';
import type { Live } from '../../src/live/engine.js';
import type { Environment } from '../../src/config/index.js';
import type { WatchStore } from '../../src/live/ports.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { Audit, AuditRecord } from '../../src/audit.js';
import type { SubgraphModule } from '../../src/subgraph/define-subgraph.js';
import type { Subgraph } from '../../src/subgraph/subgraph.js';
import { createIdempotency } from '../../src/subgraph/idempotency.js';
import { createKeepLater } from '../../src/subgraph/keep-later.js';
import { createRates } from '../../src/rates/create-rates.js';
import { toRingPolicy } from '../../src/subgraph/rings.js';
import { declaredScopes } from '../../src/subgraph/scopes.js';
import { parseKeyRing } from '../../src/vault/key-ring.js';
import { createVault } from '../../src/vault/vault.js';
import type { Vault } from '../../src/vault/vault.js';
import { mapEvents } from '../../src/subgraph/map-events.js';
import { ManualClock } from './manual-clock.js';
import { memoryLogger } from './memory-logger.js';
import type { MemoryLogger } from './memory-logger.js';
import type { Teardown } from './simulators.js';

/** What a test says of who is calling; scopes default to all that the subgraph knows. */
export interface TestCaller {
  readonly subject?: string;
  readonly tenant?: string;
  readonly scopes?: readonly string[];
}

/** An answer whose shape the test's own document decides. */
export type Result<Data> = Omit<ExecutionResult, 'data'> & { readonly data: Data };

/** One subgraph over an embedded store in memory, its provider reached by the given settings, time standing still. */
export interface SubgraphUnderTest {
  readonly clock: ManualClock;
  readonly logger: MemoryLogger;
  readonly live: Live;
  readonly tickets: Tickets;
  /** To be served, or put behind a gateway. */
  readonly subgraph: Subgraph;
  /** The audit log so far. */
  readonly audited: readonly AuditRecord[];
  run<Data = unknown>(
    document: string,
    variables?: Record<string, unknown>,
    caller?: TestCaller,
  ): Promise<Result<Data>>;
  /** The events of a subscription. Throws the first error of one that is refused. */
  follow<Data = unknown>(
    document: string,
    variables?: Record<string, unknown>,
    caller?: TestCaller,
  ): Promise<AsyncIterableIterator<Result<Data>>>;
}

export interface OpenSubgraphOptions {
  readonly module: SubgraphModule;
  /** The provider's settings, as a simulator hands them out. */
  readonly environment: Environment;
  readonly clock?: ManualClock;
  /** Whether watches are polled. Default true. */
  readonly polls?: boolean;
  /** How long what has ended is kept, milliseconds. Default a day. */
  readonly retentionMs?: number;
  /** What stands between the subgraph and its records. Default nothing. */
  readonly through?: (records: RecordStore) => RecordStore;
  /** What stands between the subgraph and its watches. Default nothing. */
  readonly throughWatches?: (store: WatchStore) => WatchStore;
  /** What it shares with other replicas. Default a store of its own. */
  readonly shared?: SharedStore;
  /** Where the audit log goes besides `audited`. */
  readonly audit?: Audit;
}

/** What replicas have in common. */
export interface SharedStore {
  readonly ports: Pick<Embedded, 'records' | 'store' | 'scheduler' | 'bus'>;
  readonly vault: Vault;
}

export function newVault(): Vault {
  return createVault(parseKeyRing(`test:${randomBytes(32).toString('base64')}`, 'VAULT_KEYS'));
}

/** A store in memory that is there until the test has ended. */
export function openSharedStore(test: Teardown, clock: ManualClock, retentionMs?: number): SharedStore {
  const ports = openEmbedded({
    path: ':memory:',
    clock,
    logger: memoryLogger(),
    ...(retentionMs === undefined ? {} : { retentionMs }),
  });
  test.after(() => ports.close());
  return { ports, vault: newVault() };
}

export async function openSubgraph(
  test: Teardown,
  {
    module,
    environment,
    clock = new ManualClock(),
    polls = true,
    retentionMs = 24 * 3_600_000,
    through = (same) => same,
    throughWatches = (same) => same,
    shared,
    audit,
  }: OpenSubgraphOptions,
): Promise<SubgraphUnderTest> {
  const logger = memoryLogger();
  const audited: AuditRecord[] = [];
  const own: (() => Promise<void>)[] = [];
  const { ports, vault } = shared ?? openSharedStore({ after: (end) => own.push(end) }, clock, retentionMs);
  const store = throughWatches(ports.store);
  const live = createLive({ ...ports, store, clock, logger, random: () => 0.5 });
  const config = loadConfig(environment, [module]);
  const records = through(ports.records);
  const tickets = createTickets({ records, vault, clock });
  const later = createKeepLater({ clock, logger });
  const idempotency = createIdempotency({ records, vault, clock, logger, later });
  const commands = {
    ...{ idempotency, records, clock, logger, later },
    rates: createRates(config.rates),
    rings: toRingPolicy(config.people),
  };
  const subgraph = await module.open(config, {
    live,
    tickets,
    records,
    vault,
    idempotency,
    commands,
    http: { random: () => 0 },
    clock,
    logger,
    audit(record) {
      audited.push(record);
      audit?.(record);
    },
    retentionMs,
  });
  if (polls) await live.startPolling([module.name]);
  test.after(async () => {
    later.close();
    await live.close();
    await subgraph.close();
    for (const end of own) await end();
  });

  const argumentsOf = (document: string, variables: Record<string, unknown>, caller: TestCaller) => ({
    schema: subgraph.schema,
    document: parse(document),
    variableValues: variables,
    contextValue: subgraph.contextFor({ caller: callerOf(caller), requestId: 'test-request' }),
  });
  const callerOf = ({ subject = 'anna', tenant = 'acme', scopes }: TestCaller): Caller => ({
    subject,
    tenant,
    scopes: new Set(scopes ?? declaredScopes(subgraph.schema)),
  });
  return {
    clock,
    logger,
    live,
    tickets,
    subgraph,
    audited,
    run: async <Data>(document: string, variables = {}, caller = {}) =>
      plain(await execute(argumentsOf(document, variables, caller))) as Result<Data>,
    async follow<Data>(document: string, variables = {}, caller = {}) {
      const result = await subscribe(argumentsOf(document, variables, caller));
      if (!(Symbol.asyncIterator in result))
        throw result.errors?.[0] ?? new Error('refused without a reason');
      return mapEvents(result, (event) => plain(event) as Result<Data>);
    },
  };
}

// graphql-js makes objects without a prototype, which no deepEqual takes for equal to a literal.
function plain(result: ExecutionResult): unknown {
  return { ...result, data: structuredClone(result.data) };
}
