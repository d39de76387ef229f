/** What a call is told besides its values. */
export interface CallOptions {
  /** Whose call it is, opaque: each caller has a fair share of the slots. Default: the session's. */
  readonly fairnessKey?: string | undefined;
  /** Of the request that caused the call, for the log and the provider. */
  readonly requestId?: string | undefined;
  /** Called when the provider says that the session which the call is made in is over, so that it is known from then on. */
  readonly refused?: (() => Promise<void>) | undefined;
}
