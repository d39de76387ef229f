import { hash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Caller } from './caller.js';

const MAX_KEPT = 10_000;

/** Remembers the callers of verified tokens, by the digests of those, until they expire. */
export class VerifiedTokens {
  readonly #clock: Clock;
  readonly #callers = new Map<string, Caller>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(token: string): Caller | undefined {
    const caller = this.#callers.get(digestOf(token));
    return caller?.expiresAt !== undefined && caller.expiresAt > this.#clock.now() ? caller : undefined;
  }

  add(token: string, caller: Caller): void {
    this.#callers.set(digestOf(token), caller);
    for (const oldest of this.#callers.keys()) {
      if (this.#callers.size <= MAX_KEPT) break;
      this.#callers.delete(oldest);
    }
  }

  /** The keys have changed: each token must be verified again. */
  clear(): void {
    this.#callers.clear();
  }
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
