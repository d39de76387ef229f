/** What a client says of itself, besides who calls. */
export interface ClientFacts {
  /** Its name, by the header `graphql-client-name` or `apollographql-client-name`. */
  readonly client?: string | undefined;
  /** What its request is part of, as a W3C `traceparent`. */
  readonly trace?: string | undefined;
}

const NAME_HEADERS = ['graphql-client-name', 'apollographql-client-name'] as const;

/**
 * Reads headers, or the payload of a `connection_init`. A name that is no plain one of up to 64 characters is left out:
 * it goes to the log.
 */
export function clientFacts(presented: Readonly<Record<string, unknown>>): ClientFacts {
  const client = NAME_HEADERS.map((name) => presented[name]).find((value) => isPlainName(value));
  const { traceparent } = presented;
  return { client, trace: typeof traceparent === 'string' ? traceparent : undefined };
}

function isPlainName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w@][\w.@/ -]{0,63}$/.test(value);
}
