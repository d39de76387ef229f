import { DelayedError, ErrorCode, Queue, type Job, type Worker } from 'bullmq';
import { systemClock, type Clock } from '../../clock.js';
import { happenings } from '../../happenings.js';
import { LastingTrouble } from '../../lasting-trouble.js';
import type { Logger } from '../../log.js';
import { answerOf } from '../../redis/answer-of.js';
import type { Keys } from '../../redis/keys.js';
import type { RedisClient } from '../../redis/redis-client.js';
import type { NextPoll } from '../ports.js';
import { DueTimes, EARLY_MS } from './due-times.js';
import { PatientWorker } from './patient-worker.js';

export interface ProviderQueueOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many polls of one provider run at a time in this process. Default 100. */
  readonly concurrency?: number;
  /** At most so many polls of one provider begin within so many milliseconds, over all processes. Default: no limit. */
  readonly limiter?: { readonly max: number; readonly duration: number };
  /** Milliseconds after which a poll that its process no longer answers for is taken over. Longer than any call to a provider. Default 10,000. */
  readonly lockDurationMs?: number;
  /** Milliseconds between two searches for such polls. Default 5,000. */
  readonly stalledEveryMs?: number;
}

type Poll = (id: string) => Promise<NextPoll>;

const RETRY_DELAY_MS = 5_000;
const GOODBYE_MS = 2_000;
const BEHIND_CHECK_MS = 1_000;
const MAX_BROUGHT_FORWARD = 1_000;
/** How long after a refusal of Redis polls are looked for that it has left nowhere. */
const REPAIR_MS = 5 * 60_000;
const JOB = {
  // A job that is kept would block the next one of its watch.
  removeOnComplete: true,
  removeOnFail: true,
  // A job only fails when Redis did in the middle of it: then it is polled again.
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'fixed', delay: RETRY_DELAY_MS },
  stackTraceLimit: 0,
} as const;

/** The polls of one provider: one BullMQ job per watch, which puts itself back until its watch is done. */
export class ProviderQueue {
  readonly #options: ProviderQueueOptions;
  readonly #provider: string;
  readonly #prefix: string;
  readonly #redis: RedisClient;
  readonly #queue: Queue;
  readonly #due: DueTimes;
  readonly #running = new Set<Promise<NextPoll>>();
  readonly #queueTrouble: LastingTrouble;
  readonly #pollTrouble: LastingTrouble;
  #worker: Worker | undefined;
  #cancelCheck: (() => void) | undefined;
  #closing = false;
  #repairUntil = -Infinity;

  /** @param redis fails at once while Redis is away. */
  constructor(provider: string, redis: RedisClient, keys: Keys, options: ProviderQueueOptions) {
    this.#options = options;
    this.#provider = provider;
    this.#queueTrouble = new LastingTrouble({
      ...options,
      failed: 'the queue of polls had a problem',
      well: 'the queue of polls works again',
    });
    this.#pollTrouble = new LastingTrouble({
      ...{ ...options, level: 'error' },
      failed: 'a poll failed; it is repeated',
      well: 'polls no longer fail',
    });
    this.#redis = redis;
    this.#prefix = keys.queue(provider);
    this.#due = new DueTimes(redis, keys.due(provider));
    this.#queue = new Queue('polls', {
      connection: redis,
      prefix: this.#prefix,
      skipVersionCheck: true,
      // Nobody listens to them.
      streams: { events: { maxLen: 10 } },
    });
    this.#queue.on('error', (error) => this.#report(error));
  }

  /** Resolves once the queue can be used. */
  async open(): Promise<void> {
    await this.#queue.waitUntilReady();
  }

  async schedule(id: string, askedAt: number): Promise<void> {
    await this.#align(id, await this.#due.ask(id, askedAt));
  }

  async cancel(id: string): Promise<void> {
    await this.#due.cancel(id);
    // Answers 0 for a job that is running: that one finds out when it has finished.
    await this.#queue.remove(id);
  }

  /** @param redis waits for Redis to come back, however long it takes. */
  process(redis: RedisClient, poll: Poll): void {
    if (this.#worker) throw new Error(`The polls of ${this.#provider} are being processed already.`);
    const { concurrency = 100, limiter, lockDurationMs = 10_000, stalledEveryMs = 5_000 } = this.#options;
    const { clock } = this.#options;
    const worker = new PatientWorker('polls', (job, token) => this.#poll(job, token, poll), clock, {
      connection: redis,
      prefix: this.#prefix,
      concurrency,
      ...(limiter ? { limiter } : {}),
      lockDuration: lockDurationMs,
      stalledInterval: stalledEveryMs,
      // Counted over the whole life of a job, which here is that of its watch.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: 1_000,
    });
    worker.on('error', (error) => this.#report(error));
    worker.on('completed', ({ id }) => void this.#realign(id));
    this.#worker = worker;
    this.#bringForwardLater();
  }

  /** Starts no more polls and waits for those that run; after `waitMs` they are left to other processes. */
  async close(waitMs: number): Promise<void> {
    this.#closing = true;
    this.#cancelCheck?.();
    if (this.#worker) await this.#closeWorker(this.#worker, waitMs);
    await this.#queue.close();
  }

  #bringForwardLater(): void {
    this.#cancelCheck = this.#options.clock.schedule(BEHIND_CHECK_MS, () => void this.#bringForward());
  }

  /**
   * For BullMQ the time is that of this process. Where it is behind, what others have put off until a time of Redis would be
   * taken that much too late.
   */
  async #bringForward(): Promise<void> {
    try {
      if (this.#options.clock.now() - systemClock.now() > EARLY_MS)
        for (const id of await this.#due.overdue(MAX_BROUGHT_FORWARD)) {
          const job = await answerOf(this.#queue.getJob(id));
          await answerOf(job?.promote().then(() => true, isWaiting) ?? Promise.resolve(false));
        }
      // What Redis has refused in the middle of a step may have left a watch without a job, whose poll would never come.
      if (systemClock.now() < this.#repairUntil)
        for (const id of await this.#due.overdue(MAX_BROUGHT_FORWARD)) await this.#realign(id);
    } catch (error) {
      this.#report(error);
    }
    if (!this.#closing) this.#bringForwardLater();
  }

  async #closeWorker(worker: Worker, waitMs: number): Promise<void> {
    await worker.pause(true);
    const hasFinished = await this.#within(waitMs, Promise.all(this.#running));
    // A polite goodbye would wait for Redis to come back.
    const isPolite = hasFinished && this.#redis.status === 'ready';
    if (!(await this.#within(GOODBYE_MS, worker.close(!isPolite)))) await worker.disconnect();
  }

  async #poll(job: Job, token: string | undefined, poll: Poll): Promise<void> {
    const { id } = job;
    if (id === undefined) return;
    if (this.#closing) return this.#putBack(job, token, this.#options.clock.now());
    const start = await this.#due.start(id);
    if (start === undefined) return;
    if (!start.isDue) return this.#putBack(job, token, start.dueAt);
    const latenessMs = this.#options.clock.now() - start.dueAt;
    if (Number.isFinite(latenessMs)) happenings.poll.tell({ provider: this.#provider, latenessMs });
    const running = this.#ask(id, poll);
    this.#running.add(running);
    const answer = await running;
    this.#running.delete(running);
    const dueAt = await this.#due.finish(id, answer === 'done' ? undefined : answer.nextAt);
    if (dueAt !== undefined) await this.#putBack(job, token, dueAt);
    this.#queueTrouble.well({ provider: this.#provider });
  }

  async #ask(id: string, poll: Poll): Promise<NextPoll> {
    try {
      const next = await poll(id);
      this.#pollTrouble.well({ provider: this.#provider });
      return next;
    } catch (error) {
      this.#pollTrouble.failed({ provider: this.#provider, watch: id, err: error });
      return { nextAt: this.#options.clock.now() + RETRY_DELAY_MS };
    }
  }

  async #putBack(job: Job, token: string | undefined, dueAt: number): Promise<never> {
    // By the clock of this process, which for BullMQ is the time: it is this process that would take it again too soon.
    await job.moveToDelayed(systemClock.now() + dueAt - this.#options.clock.now(), token);
    // What was asked for just before found the job running still, and just after it was looked at.
    await this.#realign(job.id, dueAt);
    this.#queueTrouble.well({ provider: this.#provider });
    throw new DelayedError();
  }

  /** Brings the job in line when the watch is due at another time than `plannedAt`, or at all. */
  async #realign(id: string | undefined, plannedAt?: number): Promise<void> {
    if (id === undefined) return;
    try {
      const dueAt = await this.#due.of(id);
      if (dueAt !== undefined && dueAt !== plannedAt) await this.#align(id, dueAt);
    } catch (error) {
      this.#report(error);
    }
  }

  /** Makes the one job of the watch run at `dueAt`, or at whatever the watch is due by then. */
  async #align(id: string, dueAt: number): Promise<void> {
    for (let next: number | undefined = dueAt, planned: number | undefined; next !== undefined;) {
      planned = next;
      // BullMQ adds it to the time of this process; one that is too early for it is put back by whoever takes it.
      const delay = Math.max(0, planned - systemClock.now());
      // Adds nothing when there is a job of the watch; then that one is moved.
      const job = await answerOf(this.#queue.add('poll', {}, { ...JOB, jobId: id, delay }));
      const isMoved = await answerOf(job.changeDelay(delay).then(() => true, isWaiting));
      // What Redis has refused in the middle of a step may be nowhere: nobody would take it up.
      if (!isMoved && (await answerOf(job.getState())) === 'unknown') {
        await this.#queue.remove(id);
        await answerOf(this.#queue.add('poll', {}, { ...JOB, jobId: id, delay }));
      }
      const now = await this.#due.of(id);
      next = now === planned ? undefined : now;
    }
  }

  /** Whether `work` was done within the time. */
  #within(ms: number, work: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.schedule(ms, () => resolve(false));
      work.then(() => resolve(true), reject).finally(cancel);
    });
  }

  #report(error: unknown): void {
    // While Redis is away the connections say so.
    if (this.#closing || this.#redis.status !== 'ready') return;
    this.#repairUntil = systemClock.now() + REPAIR_MS;
    this.#queueTrouble.failed({ provider: this.#provider, err: error });
  }
}

/** No: the job runs, is about to, or has just gone; it is looked at again when it has finished. */
function isWaiting(error: unknown): false {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== ErrorCode.JobNotInState && code !== ErrorCode.JobNotExist) throw error;
  return false;
}
