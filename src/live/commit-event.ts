import type { CommitOutcome, WatchEvent, WatchStore } from './ports.js';

/**
 * Commits what `compute` makes of the latest event. When the watch has moved on meanwhile, computes and commits again
 * from where it is now: the provider is not asked again.
 */
export async function commitEvent(
  store: WatchStore,
  opened: { readonly id: string; readonly fence: number; readonly latest: WatchEvent | undefined },
  compute: (latest: WatchEvent | undefined) => Omit<WatchEvent, 'sequence'>,
): Promise<{ outcome: CommitOutcome['outcome']; event: Omit<WatchEvent, 'sequence'> }> {
  for (let { latest } = opened; ; latest = (await store.read(opened.id))?.latest) {
    const event = compute(latest);
    const { outcome } = await store.commit({
      id: opened.id,
      fence: opened.fence,
      expectedSequence: latest?.sequence ?? 0,
      event,
    });
    if (outcome !== 'CONFLICT') return { outcome, event };
  }
}
