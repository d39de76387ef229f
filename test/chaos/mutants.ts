/** A mechanism taken out of the product, which the run must notice. */
export interface Mutant {
  readonly name: string;
  /** Waves within which it must be caught. */
  readonly waves: number;
  readonly edits: readonly Edit[];
}

export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file once; otherwise the mutant is out of date, and the process ends. */
  readonly find: string;
  readonly replace: string;
}

/** The list grows with every mechanism that is there for the sake of what can break. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'no fence, no conflict check, no monotone merge',
    waves: 3,
    edits: [
      {
        file: 'src/live/redis/watch-scripts.ts',
        find: `elseif tonumber(ARGV[1]) < tonumber(watch[3]) and endReason ~= 'FINISHED' then
  outcome = 'STALE'
elseif tonumber(ARGV[2]) ~= tonumber(watch[4]) then
  return {'CONFLICT'}
end`,
        replace: 'end',
      },
      {
        file: 'src/providers/messaging2fa/message-watch.ts',
        find: 'return before && isBackward(before, next) ? before : next;',
        replace: 'return before && isBackward(before, next) ? next : next;',
      },
    ],
  },
  {
    name: 'no resync on reconnect, no read without a reason',
    waves: 3,
    edits: [
      { file: 'src/live/redis/redis-event-bus.ts', find: 'this.doubt();', replace: '' },
      {
        file: 'src/live/hub.ts',
        find: 'options.refreshEveryMs ?? 20_000',
        replace: 'options.refreshEveryMs ?? 3_600_000',
      },
    ],
  },
  {
    name: 'a job may stall once in its life',
    waves: 3,
    edits: [
      {
        file: 'src/live/redis/provider-queue.ts',
        find: 'maxStalledCount: Number.MAX_SAFE_INTEGER',
        replace: 'maxStalledCount: 1',
      },
    ],
  },
  {
    name: 'some events between the first and the last are swallowed before the commit',
    waves: 1,
    edits: [
      {
        file: 'src/live/commit-event.ts',
        find: 'const { outcome } = await store.commit({',
        replace: `if (latest && !event.terminal && JSON.stringify(event.state).length % 5 === 0)
        return { outcome: 'SAME', event };
      const { outcome } = await store.commit({`,
      },
    ],
  },
  {
    name: 'a poll whose process died is never taken over',
    waves: 2,
    edits: [
      {
        file: 'src/live/redis/provider-queue.ts',
        find: 'stalledInterval: stalledEveryMs',
        replace: 'stalledInterval: stalledEveryMs * 1_000',
      },
    ],
  },
  {
    name: 'who comes back is told the newest event alone',
    waves: 1,
    edits: [
      {
        file: 'src/live/topic.ts',
        find: 'reader.offer(newsOf(history));',
        replace: 'reader.offer(newsOf(history).slice(-1));',
      },
    ],
  },
  {
    name: 'a gateway forgets its cursor on resubscribing',
    waves: 2,
    edits: [
      {
        file: 'src/gateway/resumable.ts',
        find: 'cursor = told.safeParse(data).data?.[key]?.[CURSOR_KEY] ?? cursor;',
        replace: 'void told.safeParse(data);',
      },
    ],
  },
];
