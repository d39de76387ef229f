import type { Clock } from './clock.js';
import type { Logger } from './log.js';

export interface LastingTroubleOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default `warn`. */
  readonly level?: 'warn' | 'error';
  /** What is said of a failure. */
  readonly failed: string;
  /** What is said when it has passed. */
  readonly well: string;
}

interface Trouble {
  /** Failures that were not told yet. */
  untold: number;
  total: number;
  failedAt: number;
  tellAt: number;
  intervalMs: number;
  /** When it was last said to have passed; undefined while it lasts. */
  wellAt: number | undefined;
  /** It came again soon after it had passed: the next time it has to stay away before that is said. */
  isFickle: boolean;
}

const FIRST_INTERVAL_MS = 10_000;
const LONGEST_INTERVAL_MS = 3_600_000;
const GROWTH = 6;
const QUIET_MS = 10_000;
const RELAPSE_MS = 60_000;

/**
 * Something that is tried again and again and may fail for long. The log has its first failure at once, then ever more
 * rarely (after 10 s, 1 min, 6 min, 36 min, each hour) how often it has failed meanwhile, as `count`, and once that it has
 * passed.
 */
export class LastingTrouble {
  readonly #options: LastingTroubleOptions;
  #trouble: Trouble | undefined;
  #cancelLook: (() => void) | undefined;

  constructor(options: LastingTroubleOptions) {
    this.#options = options;
  }

  /** Whether it has failed since it was last well. */
  get isOn(): boolean {
    return this.#trouble !== undefined && this.#trouble.wellAt === undefined;
  }

  /** @param message default that of the options */
  failed(facts: object, message = this.#options.failed): void {
    const now = this.#options.clock.now();
    const trouble = this.#lasting(now);
    trouble.untold += 1;
    trouble.total += 1;
    trouble.failedAt = now;
    if (now < trouble.tellAt) return;
    const { logger, level = 'warn' } = this.#options;
    logger[level]({ ...facts, count: trouble.untold }, message);
    trouble.untold = 0;
    trouble.tellAt = now + trouble.intervalMs;
    trouble.intervalMs = Math.min(trouble.intervalMs * GROWTH, LONGEST_INTERVAL_MS);
  }

  well(facts: object = {}): void {
    const trouble = this.#trouble;
    if (!trouble || trouble.wellAt !== undefined) return;
    const { clock, logger, well } = this.#options;
    const now = clock.now();
    const leftMs = trouble.isFickle ? trouble.failedAt + QUIET_MS - now : 0;
    if (leftMs > 0) return this.#lookAgain(leftMs, trouble.failedAt, facts);
    trouble.wellAt = now;
    logger.info({ ...facts, count: trouble.total }, well);
  }

  #lasting(now: number): Trouble {
    const known = this.#trouble;
    if (known && (known.wellAt === undefined || now - known.wellAt < RELAPSE_MS)) {
      known.isFickle ||= known.wellAt !== undefined;
      known.wellAt = undefined;
      return known;
    }
    const fresh = { untold: 0, total: 0, failedAt: now, tellAt: now, intervalMs: FIRST_INTERVAL_MS };
    return (this.#trouble = { ...fresh, wellAt: undefined, isFickle: false });
  }

  /** Nobody may tell of it again. */
  #lookAgain(inMs: number, failedAt: number, facts: object): void {
    this.#cancelLook?.();
    this.#cancelLook = this.#options.clock.schedule(inMs, () => {
      if (this.#trouble?.failedAt === failedAt) this.well(facts);
    });
  }
}
