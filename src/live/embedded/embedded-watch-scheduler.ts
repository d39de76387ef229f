import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { Logger } from '../../log.js';
import type { EmbeddedDatabase } from '../../store/embedded/database.js';
import type { NextPoll, WatchScheduler } from '../ports.js';
import { PollQueue } from './poll-queue.js';

export interface EmbeddedWatchSchedulerOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many polls of one provider run at a time. Default 100. */
  readonly concurrency?: number;
}

const pollRow = z.object({ watch: z.string(), due_at: z.number() });

/**
 * Due times are kept in the embedded database until a poll has answered when it wants the next one. So after a crash
 * every poll is found again: what fell due meanwhile, or was being polled, runs at once (within the concurrency).
 */
export class EmbeddedWatchScheduler implements WatchScheduler {
  readonly #database: EmbeddedDatabase;
  readonly #options: EmbeddedWatchSchedulerOptions;
  readonly #queues = new Map<string, PollQueue>();

  constructor(database: EmbeddedDatabase, options: EmbeddedWatchSchedulerOptions) {
    this.#database = database;
    this.#options = options;
  }

  async schedule(provider: string, id: string, dueAt: number): Promise<void> {
    const scheduled = this.#database.write(() =>
      this.#database.run(
        `INSERT INTO polls (provider, watch, due_at) VALUES (?, ?, ?)
         ON CONFLICT (provider, watch) DO UPDATE SET due_at = excluded.due_at WHERE excluded.due_at < polls.due_at`,
        provider,
        id,
        dueAt,
      ),
    );
    // At once, so that what is asked for in turn happens in turn: what is not kept may be polled all the same.
    this.#queues.get(provider)?.add(id, dueAt);
    await scheduled;
  }

  async cancel(provider: string, id: string): Promise<void> {
    this.#queues.get(provider)?.remove(id);
    await this.#settle(provider, id, undefined);
  }

  async process(provider: string, poll: (id: string) => Promise<NextPoll>): Promise<void> {
    if (this.#queues.has(provider)) throw new Error(`The polls of ${provider} are being processed already.`);
    const queue = new PollQueue({
      ...this.#options,
      provider,
      poll,
      settle: (id, dueAt) => this.#settle(provider, id, dueAt),
    });
    this.#queues.set(provider, queue);
    const due = this.#database.all(
      pollRow,
      'SELECT watch, due_at FROM polls WHERE provider = ? ORDER BY due_at',
      provider,
    );
    for (const { watch, due_at } of due) queue.add(watch, due_at);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  async #settle(provider: string, id: string, dueAt: number | undefined): Promise<void> {
    await this.#database.write(() =>
      dueAt === undefined
        ? this.#database.run('DELETE FROM polls WHERE provider = ? AND watch = ?', provider, id)
        : this.#database.run(
            'INSERT OR REPLACE INTO polls (provider, watch, due_at) VALUES (?, ?, ?)',
            provider,
            id,
            dueAt,
          ),
    );
  }
}
