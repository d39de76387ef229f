/** Whether a call may begin now. */
export type Permit =
  | 'free'
  /** As one of few, to see whether the provider is back: to be settled by `open` or `close`. */
  | 'probe'
  | { readonly refused: 'broken' | 'paused'; readonly retryAfterMs: number };

/**
 * What all processes agree on about the calls of one kind to one provider, by name. It may fail like anything that is
 * shared.
 */
export interface CallGate {
  enter(name: string): Promise<Permit>;
  /** Refuses every call for `openMs`, then lets one at a time probe. */
  open(name: string, openMs: number): Promise<void>;
  /** Lets every call through again. */
  close(name: string): Promise<void>;
  /** The provider asked for it: refuses every call for at least `ms`, then lets every call through again. */
  pause(name: string, ms: number): Promise<void>;
}
