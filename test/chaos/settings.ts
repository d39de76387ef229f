/** Milliseconds after which a poll that nobody answers for is taken over: short, so that many faults fit into a run. */
export const LOCK_MS = 4_000;
/** Milliseconds between two searches for such polls. */
export const STALLED_EVERY_MS = 1_000;
/** Milliseconds by which every answer of the provider is late, so that polls at the same time are seen to be. */
export const UPSTREAM_MS = 300;
/** A process whose timers are so late, milliseconds, counts as frozen: a few of these together, and its locks run out. */
export const LATE_MS = LOCK_MS / 8;

/** What is run: the product, or the same with the store and the bus that one would write first. */
export type Variant = 'product' | 'naive';
