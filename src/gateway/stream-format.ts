/** How a subscription is written into an HTTP response. */
export interface StreamFormat {
  readonly contentType: string;
  /** Milliseconds between signs of life. */
  readonly heartbeatMs: number;
  /** Written at once, so that the client sees the response begin. */
  readonly opening: string;
  readonly heartbeat: string;
  readonly completion: string;
  /** One result as JSON. */
  event(json: string): string;
  /** A last result that tells why the stream ends. */
  fatal(errorsJson: string): string;
}

/** Server-sent events, as graphql-sse clients read them in distinct connections mode. */
export const SSE: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  heartbeatMs: 12_000,
  opening: ':\n\n',
  heartbeat: ':\n\n',
  completion: 'event: complete\ndata:\n\n',
  event: (json) => `event: next\ndata: ${json}\n\n`,
  fatal: (errorsJson) => `event: next\ndata: {"errors":${errorsJson}}\n\n`,
};

const part = (json: string): string => `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--graphql`;

/**
 * Apollo's multipart subscription protocol. The boundary comes right after each part, because readers take a part as
 * whole only then; it is the last parameter of the content type, because older readers take everything after it.
 */
export const MULTIPART: StreamFormat = {
  contentType: 'multipart/mixed;subscriptionSpec="1.0";boundary="graphql"',
  heartbeatMs: 5_000,
  opening: `--graphql${part('{}')}`,
  heartbeat: part('{}'),
  completion: '--\r\n',
  event: (json) => part(`{"payload":${json}}`),
  fatal: (errorsJson) => part(`{"payload":null,"errors":${errorsJson}}`),
};

/** The format a client asks for in its `accept` header; server-sent events for one that takes anything. */
export function streamFormat(accept: string): StreamFormat | undefined {
  if (/\btext\/event-stream\b/i.test(accept)) return SSE;
  if (/\bmultipart\/mixed\b[^,]{0,200};\s*subscriptionSpec="?1\.0\b/i.test(accept)) return MULTIPART;
  return accept.includes('*/*') ? SSE : undefined;
}
