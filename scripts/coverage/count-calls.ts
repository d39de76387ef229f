import { happenings } from '../../src/happenings.js';
import type { World } from './world.js';

/** A world that tells what each operation calls. */
export interface CountedWorld extends Pick<World, 'url' | 'ask' | 'look'> {
  /** What the last operation that was asked has called, such as `safebox.getSafeboxes`, each time. */
  lastCalls(): readonly string[];
}

/** Counts the calls to providers that operations wait for; polls are nobody's operation. One is asked after the other. */
export function countCalls({ url, ask, look }: Pick<World, 'url' | 'ask' | 'look'>): CountedWorld {
  let calls: readonly string[] = [];
  return {
    url,
    look,
    async ask(document, variables) {
      const made: string[] = [];
      const stop = happenings.call.listen(({ provider, operation, isForOperation }) => {
        if (isForOperation) made.push(`${provider}.${operation}`);
      });
      try {
        return await ask(document, variables);
      } finally {
        stop();
        calls = made;
      }
    },
    lastCalls: () => calls,
  };
}
