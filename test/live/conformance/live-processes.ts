import { createLive, type Live, type LiveOptions } from '../../../src/live/engine.js';
import type { WatchSpec } from '../../../src/live/ports.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { AdapterUnderTest } from './adapter.js';
import { ScriptedProvider, thingKind } from './scripted-provider.js';
import { OWNER } from './watches.js';

export const REFRESH_EVERY_MS = 300;

/** The engine of one process. */
export function openLive(
  adapter: AdapterUnderTest,
  provider: ScriptedProvider,
  {
    kind = thingKind(),
    ...options
  }: Partial<LiveOptions> & { readonly kind?: ReturnType<typeof thingKind> } = {},
): Live {
  const live = createLive({
    ...adapter,
    logger: memoryLogger(),
    refreshEveryMs: REFRESH_EVERY_MS,
    gatherMs: 1,
    ...options,
  });
  live.register(kind, provider);
  return live;
}

export interface WatchingOptions extends Partial<LiveOptions> {
  /** Whether this process polls. Default true. */
  readonly polled?: boolean;
  readonly onlyWhileSubscribed?: boolean;
}

/** A process that watches `thing-1`. */
export async function watching(
  adapter: AdapterUnderTest,
  { polled = true, onlyWhileSubscribed = false, ...options }: WatchingOptions = {},
): Promise<{ live: Live; provider: ScriptedProvider; watch: WatchSpec }> {
  const provider = new ScriptedProvider();
  const live = openLive(adapter, provider, options);
  const watch = await live.watch({ kind: thingKind(), owner: OWNER, key: 'thing-1', onlyWhileSubscribed });
  if (polled) await live.startPolling(['test']);
  return { live, provider, watch };
}

/** The engine of the next process, which polls. */
export async function restarted(adapter: AdapterUnderTest, provider: ScriptedProvider): Promise<Live> {
  const live = openLive(adapter, provider);
  await live.startPolling(['test']);
  return live;
}
