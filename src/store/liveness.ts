/**
 * Which processes that share a store are alive. A process that was killed, or could not say so for longer than a few
 * seconds, is not: what it had begun and not settled is cut off.
 */
export interface Liveness {
  /** The name of this process, another one after each start. */
  readonly instance: string;
  /** Whether the process of that name is alive; in doubt it is. */
  isAlive(instance: string): Promise<boolean>;
}
