/**
 * Which of those who share a store are still at what they have begun. A process that was killed, or could not say so for
 * longer than a few seconds, is not: what it had begun and not settled is cut off.
 */
export interface Liveness {
  /** Begins something that others may wait for. */
  begin(): Promise<Lease>;
  /** Whether what was begun under that name may be under way; in doubt it may. */
  isAlive(instance: string): Promise<boolean>;
}

/** Something under way. */
export interface Lease {
  /** What others ask after, another one after each start. Undefined: no sign could be given, and nobody can ask. */
  readonly instance: string | undefined;
  /**
   * It is over.
   * @param isTold whether the others find its end in the store; else they learn within seconds that there is nothing more
   * to wait for
   */
  end(isTold: boolean): void;
}
