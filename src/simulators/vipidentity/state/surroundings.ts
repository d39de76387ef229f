import type { RandomSource } from '../../kit/random.js';
import type { TokenCodes } from '../tokens/token-codes.js';
import type { Outbox } from './outbox.js';

/** What the control interface can change about the service. */
export interface Settings {
  /** The end of a push can be read once. */
  consumePushes: boolean;
  /** Codes sent to phones: always the same one, or a new one each time. */
  sentCodes: 'fixed' | 'random';
  /** Milliseconds per step of a scripted push from now on; 0: it moves only from outside. */
  stepMs: number;
}

/** What all accounts of a service have in common. */
export interface Surroundings {
  readonly settings: Settings;
  readonly random: RandomSource;
  readonly tokens: TokenCodes;
  readonly outbox: Outbox;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Something changed that must outlive the process. */
  save(): void;
}
