import type { TestContext } from 'node:test';
import { openEmbedded, type Embedded } from '../../src/live/embedded/open-embedded.js';
import { createLive, type Live, type LiveOptions } from '../../src/live/engine.js';
import type { WatchSpec } from '../../src/live/ports.js';
import type { WatchKind } from '../../src/live/watch-kind.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger, type MemoryLogger } from '../support/memory-logger.js';
import { ScriptedProvider, thingKind, type ThingState } from './conformance/scripted-provider.js';
import { commitNext, OWNER } from './conformance/watches.js';

export interface LiveWorld extends Embedded {
  readonly clock: ManualClock;
  readonly logger: MemoryLogger;
  readonly provider: ScriptedProvider;
  readonly live: Live;
  readonly kind: WatchKind<string, ThingState, ScriptedProvider>;
  watch(key: string, options?: { deadlineInMs?: number; first?: ThingState }): Promise<WatchSpec>;
}

export interface LiveWorldOptions {
  readonly kind?: Partial<WatchKind<string, ThingState, ScriptedProvider>>;
  readonly live?: (embedded: Embedded) => Partial<LiveOptions>;
  readonly retentionMs?: number;
  readonly retainedEvents?: number;
}

/** An engine over the embedded adapter in memory and a provider that says what the test wants. Closed with the test. */
export function liveWorld(test: TestContext, options: LiveWorldOptions = {}): LiveWorld {
  const clock = new ManualClock();
  const logger = memoryLogger();
  const provider = new ScriptedProvider();
  const kind = thingKind(options.kind);
  const { retentionMs = 3_600_000, retainedEvents = 128 } = options;
  const embedded = openEmbedded({ path: ':memory:', clock, logger, retentionMs, retainedEvents });
  // 0.5 is the middle of every jitter.
  const live = createLive({ ...embedded, clock, logger, random: () => 0.5, ...options.live?.(embedded) });
  live.register(kind, provider);
  test.after(async () => {
    await live.close();
    await embedded.close();
  });
  return {
    ...embedded,
    clock,
    logger,
    provider,
    live,
    kind,
    watch: (key, { deadlineInMs, first } = {}) =>
      live.watch({
        kind,
        owner: OWNER,
        key,
        ...(deadlineInMs === undefined ? {} : { deadlineAt: clock.now() + deadlineInMs }),
        ...(first ? { first: { state: first, source: 'COMMAND' } } : {}),
      }),
  };
}

/** Commits a status of a watch as if it had been observed. */
export async function tell(world: LiveWorld, id: string, status: string): Promise<void> {
  await commitNext(world, id, { status, count: 0 });
}

/** Commits the end of a watch. */
export async function finish(world: LiveWorld, id: string): Promise<void> {
  await commitNext(world, id, { status: 'done', count: 0 }, { terminal: true });
}
