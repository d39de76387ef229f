import { z } from 'zod';
import type { Clock } from '../../clock.js';
import { HANG_UP, JSON_TYPE, textAnswer, type Answer } from './answer.js';

/** Something that goes wrong with the next calls. Without `status` and `hangUp` the answer is right, only late. */
export const faultSchema = z.strictObject({
  operation: z.string().optional().describe('The operation it waits for; any when absent.'),
  status: z.int().min(200).max(599).optional().describe('HTTP status to answer instead of the real one.'),
  body: z.string().default('').describe('Body that goes with `status`.'),
  contentType: z.string().default(JSON_TYPE).describe('Of `body`.'),
  hangUp: z.boolean().default(false).describe('The connection ends without an answer.'),
  effect: z
    .boolean()
    .default(false)
    .describe('Whether the call has its effect although its answer is replaced: a lost answer.'),
  delayMs: z
    .int()
    .min(0)
    .default(0)
    .describe('Milliseconds by which the answer is late; an effect happens at once.'),
  count: z.int().min(1).default(1).describe('For how many calls.'),
});

export type Fault = z.input<typeof faultSchema>;

interface PendingFault {
  readonly fault: z.output<typeof faultSchema>;
  left: number;
}

/** Faults waiting for their call: each call meets at most one, the oldest that fits. */
export class FaultInjector {
  #pending: PendingFault[] = [];

  /** @param clock by which delays are measured. */
  constructor(private readonly clock: Clock) {}

  inject(fault: Fault): void {
    const parsed = faultSchema.parse(fault);
    this.#pending.push({ fault: parsed, left: parsed.count });
  }

  clear(): void {
    this.#pending = [];
  }

  /** Carries out one call, or what goes wrong with it. */
  async around(operation: string, call: () => Promise<Answer>): Promise<Answer> {
    const fault = this.#take(operation);
    if (fault === undefined) return call();
    const replaced = fault.hangUp || fault.status !== undefined;
    const real = replaced && !fault.effect ? undefined : await call();
    if (fault.delayMs > 0) await this.#delay(fault.delayMs);
    if (fault.hangUp) return HANG_UP;
    if (fault.status !== undefined) return textAnswer(fault.status, fault.body, fault.contentType);
    return real ?? HANG_UP;
  }

  #take(operation: string): PendingFault['fault'] | undefined {
    const found = this.#pending.find(
      ({ fault }) => fault.operation === undefined || fault.operation === operation,
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#pending = this.#pending.filter((pending) => pending !== found);
    return found.fault;
  }

  #delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.schedule(ms, resolve);
    });
  }
}
