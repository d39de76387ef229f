import { join } from 'node:path';
import type { Clock } from './clock.js';
import type { CallConfig, Config } from './config/index.js';
import { createLive } from './live/engine.js';
import type { TakeTurn } from './live/poller.js';
import type { EventBus, ReadingStore, WatchScheduler, WatchStore } from './live/ports.js';
import { createTickets } from './subgraph/tickets/tickets.js';
import type { Logger } from './log.js';
import { openAudit } from './operate/open-audit.js';
import type { CallGate } from './providers/kit/call-gate.js';
import type { HttpPolicy } from './providers/kit/http-client.js';
import { createRates } from './rates/create-rates.js';
import type { RedisStream } from './redis/redis-stream.js';
import type { SharedCounts } from './redis/shared-counts.js';
import type { Liveness } from './store/liveness.js';
import type { RecordStore } from './store/record-store.js';
import type { SharedTools } from './subgraph/define-subgraph.js';
import { createIdempotency } from './subgraph/idempotency.js';
import { createKeepLater } from './subgraph/keep-later.js';
import { toRingPolicy } from './subgraph/rings.js';
import { openKeyFile } from './vault/key-ring.js';
import type { KeyRing } from './vault/key-ring.js';
import { openKeyRing } from './vault/open-key-ring.js';
import { sealedWatches } from './vault/sealed-watches.js';
import { createVault } from './vault/vault.js';

/** What is stored and scheduled: embedded in this process, or in Redis. */
export interface Ports {
  /** What readiness calls it. */
  readonly name: 'store' | 'redis';
  readonly records: RecordStore;
  readonly store: WatchStore;
  readonly scheduler: WatchScheduler;
  readonly bus: EventBus;
  /** Where processes share what they read. Undefined: there is one process only. */
  readonly readings?: ReadingStore;
  /** The one clock of all processes that share the store. */
  readonly clock: Clock;
  /** For the leases of commands. */
  readonly liveness: Liveness;
  /** True for one process at a time, which may then do `what` for all. Undefined: there is one process only. */
  readonly takeTurn?: TakeTurn;
  /** What processes share of the state of their providers. Undefined: there is one process only. */
  readonly gate?: CallGate;
  /** Where the audit log goes besides a file, if it does. */
  readonly audit?: RedisStream | undefined;
  /** Where processes count together. Undefined: there is one process only. */
  readonly counts?: SharedCounts;
  /** Whether it can be used now. */
  ready(): boolean | Promise<boolean>;
  close(): Promise<void>;
}

export interface ToolsOptions {
  readonly config: Config;
  readonly ports: Ports;
  readonly logger: Logger;
  /** Nothing real is behind it: the vault may keep its key beside its data. */
  readonly isSandbox: boolean;
}

/**
 * Makes what the subgraphs of one process share.
 * @throws ConfigError when the vault has no key
 */
export function createTools({ config, ports, logger, isSandbox }: ToolsOptions): SharedTools {
  const vault = createVault(keyRingOf(config, isSandbox));
  const { records, liveness, clock } = ports;
  const later = createKeepLater({ clock, logger });
  const idempotency = createIdempotency({ records, vault, clock, logger, liveness, later });
  return {
    live: createLive({ ...ports, store: sealedWatches(ports.store, vault), logger }),
    records,
    vault,
    idempotency,
    commands: {
      ...{ idempotency, records, clock, logger, later },
      rates: createRates(config.rates, ports.counts),
      rings: toRingPolicy(config.people),
    },
    tickets: createTickets({ records, vault, clock, baseUrl: config.server.publicUrl }),
    http: { ...toHttpPolicy(config.calls), ...(ports.gate ? { gate: ports.gate } : {}) },
    clock,
    logger,
    audit: openAudit({ file: config.server.auditFile, stream: ports.audit, clock, logger }),
    retentionMs: config.watches.retentionMs,
  };
}

/** How providers are called, by what is configured. */
export function toHttpPolicy(calls: CallConfig): HttpPolicy {
  return {
    timeouts: {
      connectMs: calls.connectTimeoutMs,
      headersMs: calls.headersTimeoutMs,
      callMs: calls.callTimeoutMs,
    },
    concurrency: { limit: calls.concurrency },
    proxy: calls.proxy,
  };
}

function keyRingOf({ keys, server }: Config, isSandbox: boolean): KeyRing {
  return isSandbox && !keys.vaultKeys
    ? openKeyFile(join(server.dataDir, 'vault.key'), 'SEALGRAPH_DATA_DIR')
    : openKeyRing(keys);
}
