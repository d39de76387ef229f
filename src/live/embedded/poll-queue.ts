import type { Clock } from '../../clock.js';
import { happenings } from '../../happenings.js';
import { LastingTrouble } from '../../lasting-trouble.js';
import type { Logger } from '../../log.js';
import type { NextPoll } from '../ports.js';

export interface PollQueueOptions {
  readonly provider: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many polls run at a time. Default 100. */
  readonly concurrency?: number;
  readonly poll: (id: string) => Promise<NextPoll>;
  /** Told after each poll when the next one is due (epoch ms), or undefined when there is none. */
  readonly settle: (id: string, dueAt: number | undefined) => Promise<void>;
}

interface Running {
  finished: Promise<void>;
  /** Asked for while the poll was running. */
  againAt: number;
  cancelled: boolean;
}

const DEFAULT_CONCURRENCY = 100;
const RETRY_DELAY_MS = 5_000;
// What still runs then is polled again by the next process: a poll changes nothing at the provider.
const CLOSE_WAIT_MS = 5_000;

/** The polls of one provider in this process: each watch is waiting for its time, ready for a free place, or running. */
export class PollQueue {
  readonly #options: PollQueueOptions;
  readonly #pollTrouble: LastingTrouble;
  readonly #settleTrouble: LastingTrouble;
  readonly #waiting = new Map<string, { readonly dueAt: number; readonly cancel: () => void }>();
  /** With when they were due. */
  readonly #ready = new Map<string, number>();
  readonly #running = new Map<string, Running>();
  #closed = false;
  /** Nobody waits for the polls that run any more: the store may be closed. */
  #isForgotten = false;

  constructor(options: PollQueueOptions) {
    this.#options = options;
    const trouble = (failed: string, well: string): LastingTrouble =>
      new LastingTrouble({ ...options, level: 'error', failed, well });
    this.#pollTrouble = trouble('a poll failed; it is repeated', 'polls no longer fail');
    this.#settleTrouble = trouble(
      'the time of the next poll could not be stored',
      'the times of polls are stored again',
    );
  }

  /** Adds a poll, or moves the next one of the watch to `dueAt` if that is earlier. */
  add(id: string, dueAt: number): void {
    const running = this.#running.get(id);
    if (running) running.againAt = Math.min(running.againAt, dueAt);
    if (running || this.#closed || this.#ready.has(id)) return;
    const waiting = this.#waiting.get(id);
    if (waiting && waiting.dueAt <= dueAt) return;
    waiting?.cancel();
    const { clock } = this.#options;
    const cancel = clock.schedule(dueAt - clock.now(), () => {
      this.#waiting.delete(id);
      this.#ready.set(id, dueAt);
      this.#fill();
    });
    this.#waiting.set(id, { dueAt, cancel });
  }

  /** Forgets the next poll; one that is running finishes, and what it answers is ignored. */
  remove(id: string): void {
    this.#waiting.get(id)?.cancel();
    this.#waiting.delete(id);
    this.#ready.delete(id);
    const running = this.#running.get(id);
    if (!running) return;
    running.cancelled = true;
    running.againAt = Infinity;
  }

  /** Starts no more polls; resolves when those running have finished, or after five seconds: then they are forgotten. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { cancel } of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#ready.clear();
    const finished = Promise.all([...this.#running.values()].map((running) => running.finished));
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.schedule(CLOSE_WAIT_MS, () => {
        this.#isForgotten = true;
        resolve();
      });
    });
    await Promise.race([finished, late]);
    cancel();
  }

  #fill(): void {
    const { clock, provider } = this.#options;
    for (const [id, dueAt] of this.#ready) {
      if (this.#running.size >= (this.#options.concurrency ?? DEFAULT_CONCURRENCY)) return;
      this.#ready.delete(id);
      happenings.poll.tell({ provider, latenessMs: clock.now() - dueAt });
      const running: Running = { againAt: Infinity, cancelled: false, finished: Promise.resolve() };
      this.#running.set(id, running);
      running.finished = this.#poll(id).then((answer) => this.#finish(id, running, answer));
    }
  }

  async #poll(id: string): Promise<NextPoll> {
    try {
      const next = await this.#options.poll(id);
      this.#pollTrouble.well({ provider: this.#options.provider });
      return next;
    } catch (error) {
      const { provider } = this.#options;
      if (!this.#isForgotten) this.#pollTrouble.failed({ provider, watch: id, err: error });
      return { nextAt: this.#options.clock.now() + RETRY_DELAY_MS };
    }
  }

  async #finish(id: string, running: Running, answer: NextPoll): Promise<void> {
    this.#running.delete(id);
    if (this.#isForgotten) return;
    const askedAt = answer === 'done' || running.cancelled ? Infinity : answer.nextAt;
    const dueAt = Math.min(askedAt, running.againAt);
    const { provider, settle } = this.#options;
    const settled = settle(id, Number.isFinite(dueAt) ? dueAt : undefined);
    if (Number.isFinite(dueAt)) this.add(id, dueAt);
    this.#fill();
    try {
      await settled;
      this.#settleTrouble.well({ provider });
    } catch (error) {
      this.#settleTrouble.failed({ provider, watch: id, err: error });
    }
  }
}
