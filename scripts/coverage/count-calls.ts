import { happenings } from '../../src/happenings.js';
import type { World } from './world.js';

/** A world that tells what each operation calls. */
export interface CountedWorld extends Pick<World, 'url' | 'ask' | 'look'> {
  /** What the last operation that was asked has called, such as `safebox.getSafeboxes`, each time. */
  lastCalls(): readonly string[];
  /** What operations have called beyond what they are counted by, told as long as no poll can have called it. */
  uncounted(): readonly string[];
  close(): void;
}

/** Asked by whoever comes first to a process, and by nobody else for a long time: no operation is charged with it. */
export const ASKED_ONCE: ReadonlySet<string> = new Set(['safebox.portalHost', 'safebox.serverUrl']);

/** Counts the calls to providers that operations wait for; polls are nobody's operation. One is asked after the other. */
export function countCalls({ url, ask, look }: Pick<World, 'url' | 'ask' | 'look'>): CountedWorld {
  let calls: readonly string[] = [];
  const uncounted: string[] = [];
  let hasPolled = false;
  const stopPolls = happenings.poll.listen(() => (hasPolled = true));
  return {
    url,
    look,
    async ask(document, variables) {
      const made: string[] = [];
      const stop = happenings.call.listen(({ provider, operation, isForOperation }) => {
        const call = `${provider}.${operation}`;
        if (isForOperation) made.push(call);
        else if (!hasPolled && !ASKED_ONCE.has(call)) uncounted.push(call);
      });
      try {
        return await ask(document, variables);
      } finally {
        stop();
        calls = made;
      }
    },
    lastCalls: () => calls,
    uncounted: () => uncounted,
    close: stopPolls,
  };
}
