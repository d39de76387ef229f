import { happenings } from '../happenings.js';
import { span, spanHere } from '../spans.js';
import type { Begun, CommitOutcome, WatchEvent, WatchStore } from './ports.js';

/** What was to be committed, and what came of it. */
export interface Committed {
  readonly outcome: CommitOutcome['outcome'];
  readonly event: Omit<WatchEvent, 'sequence'>;
}

/**
 * Commits what `compute` makes of the latest event. When the watch has moved on meanwhile, computes and commits again
 * from where it is now: the provider is not asked again.
 * @param begun told when it is done, if it asks for it
 * @param patienceMs see `Commit`
 */
export function commitEvent(
  store: WatchStore,
  begun: Begun & { done?(): void },
  compute: (latest: WatchEvent | undefined) => Omit<WatchEvent, 'sequence'>,
  patienceMs = 0,
): Promise<Committed> {
  const { fence, spec } = begun;
  return span({ name: `commit ${spec.kind}`, facts: { watch: spec.id } }, async (tell) => {
    const trace = spanHere();
    for (let { latest } = begun; ; latest = (await store.read(spec.id))?.latest) {
      const event = { ...compute(latest), ...(trace !== undefined && { trace }) };
      const { outcome } = await store.commit({
        id: spec.id,
        fence,
        expectedSequence: latest?.sequence ?? 0,
        latest,
        event,
        patienceMs,
      });
      if (outcome === 'CONFLICT') continue;
      begun.done?.();
      if (outcome === 'NEW') tellEnd(spec.kind, event);
      tell({ outcome });
      return { outcome, event };
    }
  });
}

/** Tells whoever measures that a watch has ended, if it has. */
export function tellEnd(kind: string, { endReason }: Pick<WatchEvent, 'endReason'>): void {
  if (endReason !== undefined) happenings.watch.tell({ kind, state: endReason });
}
