import { Worker, type Job, type Processor, type WorkerOptions } from 'bullmq';
import type { Clock } from '../../clock.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

/**
 * A worker that waits before it asks for a job again when Redis has refused to hand one out, longer each time: it would ask
 * again at once, for as long as Redis refuses.
 */
export class PatientWorker extends Worker {
  readonly #clock: Clock;
  #waitMs = FIRST_WAIT_MS;
  #endWait: () => void = () => undefined;

  constructor(name: string, processor: Processor, clock: Clock, options: WorkerOptions) {
    // Its own clock is there only when it has been made.
    super(name, processor, { ...options, autorun: false });
    this.#clock = clock;
    this.run().catch((error: unknown) => this.emit('error', error instanceof Error ? error : new Error()));
  }

  override pause(doNotWaitActive?: boolean): Promise<void> {
    this.#endWait();
    return super.pause(doNotWaitActive);
  }

  override close(force?: boolean): Promise<void> {
    this.#endWait();
    return super.close(force);
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    try {
      const job = await super.moveToActive(token, name);
      this.#waitMs = FIRST_WAIT_MS;
      return job;
    } catch (error) {
      await this.#wait();
      throw error;
    }
  }

  async #wait(): Promise<void> {
    if (this.closing || this.paused) return;
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(waitMs, resolve);
      this.#endWait = () => {
        cancel();
        resolve();
      };
    });
  }
}
