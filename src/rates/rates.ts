import type { Owner } from '../owner.js';

/**
 * What is counted: operations, those of them that are mutations, and commands that were about to have their effect at a
 * provider.
 */
export const RATES = ['requests', 'mutations', 'effects'] as const;

export type Rate = (typeof RATES)[number];

/** How one count stands. Times in milliseconds. */
export interface RateState {
  /** Whether this one may be done. */
  readonly isAllowed: boolean;
  /** Whose limit it is: that of the caller, or that of all callers of the tenant together. */
  readonly of: 'caller' | 'tenant';
  readonly limit: number;
  readonly remaining: number;
  readonly windowMs: number;
  /** Until counting begins anew. */
  readonly resetMs: number;
}

/** Counts what callers do, in all processes that share a store. */
export interface Rates {
  /**
   * Counts one more. What a caller has too many of is not counted against their tenant.
   * @returns of the caller's and the tenant's count the one that is nearer to its end; undefined where neither has a limit
   */
  take(rate: Rate, owner: Owner): Promise<RateState | undefined>;
}

/** No limits at all. */
export const UNLIMITED: Rates = { take: async () => undefined };

/** What is said of a refusal. */
export function rateRefusal({ of }: Pick<RateState, 'of'>): string {
  return of === 'caller'
    ? 'Too many requests of this caller; try again later.'
    : 'Too many requests of this tenant; try again later.';
}
