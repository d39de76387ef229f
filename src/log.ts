/**
 * What may be written about something that happened: names, codes, counts and ids of ours. Everything else prints as
 * `[redacted]`, so that a secret handed to the log by mistake stays out of it. Add a name only if its values never
 * hold what a person typed, what a provider sent, or a credential.
 */
export const FACTS = [
  ...(['requestId', 'wireRequestId', 'operation', 'type', 'status', 'durationMs'] as const),
  ...(['subject', 'tenant', 'subgraph', 'port', 'issuer', 'provider', 'channel', 'account'] as const),
  ...(['kind', 'method', 'attempt', 'code', 'providerCode', 'reason', 'state', 'setting'] as const),
  ...(['watch', 'sequence', 'outcome', 'event', 'role', 'signal', 'count', 'transport'] as const),
  ...(['client', 'collection', 'keptForMs', 'aheadMs'] as const),
] as const;

/** Facts by name; whatever is more than a plain value prints as `[redacted]`, too, but for what failed. */
export type Facts = {
  readonly [Name in (typeof FACTS)[number]]?: string | number | boolean | null | undefined;
} & { readonly err?: unknown };

/** One line of the log: facts by name, then a fixed sentence. */
type WriteLine = (facts: Facts, message: string) => void;

/** Where everything that runs reports to. Structural, so that a test can pass an array-backed one. */
export interface Logger {
  readonly debug: WriteLine;
  readonly info: WriteLine;
  readonly warn: WriteLine;
  readonly error: WriteLine;
}
