/** What a call is told besides its values. */
export interface CallOptions {
  /** Of the request that caused the call, for the log and the provider. */
  readonly requestId?: string | undefined;
}
