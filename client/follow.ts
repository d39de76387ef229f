import { NoTokenError } from './credentials.js';
import type { Document, OnlyField } from './document.js';
import { onlyField } from './document.js';
import { GraphError, isErrorList } from './errors.js';
import type { Transport } from './transport.js';

/** What every event of the graph has, and a subscription has to ask for. */
export interface LiveEvent {
  readonly cursor: string;
  readonly isTerminal: boolean;
}

export interface FollowOptions {
  /** Go on behind this cursor, of an event that was seen before. */
  readonly after?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Waits before the next try, milliseconds; `tries` in a row have failed. */
export type Wait = (tries: number, signal: AbortSignal | undefined) => Promise<void>;

/**
 * The events of a subscription, each once and in order, until the last: when a connection breaks or a server stops, it
 * is taken up again behind the last event that came.
 * @throws GraphError what does not pass by itself, such as `FORBIDDEN` or `STREAM_LOST`; the reason of `signal`; what
 * `token` throws
 */
export async function* follow<Data extends object, Variables>(
  transport: Transport,
  wait: Wait,
  document: Document<Data, Variables>,
  variables: Variables,
  { after, signal }: FollowOptions,
): AsyncGenerator<OnlyField<Data> & LiveEvent, void, undefined> {
  const query = document.toString();
  if (!/\$after\b/.test(query) || !/\bcursor\b/.test(query) || !/\bisTerminal\b/.test(query))
    throw new TypeError('A subscription must take $after: String, and ask for cursor and isTerminal.');
  let cursor = after;
  let hasRenewed = false;
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted();
    const payload = { query, variables: { ...variables, ...(cursor !== undefined && { after: cursor }) } };
    const results = transport.subscribe(payload);
    const stop = (): void => void results.return?.();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const { data, errors } of results) {
        if (isErrorList(errors)) throw new GraphError(errors);
        if (!data) continue;
        const event = onlyField(data) as OnlyField<Data> & LiveEvent;
        if (event.cursor === cursor) continue;
        ({ cursor } = event);
        tries = 0;
        hasRenewed = false;
        yield event;
        if (event.isTerminal) return;
      }
      signal?.throwIfAborted();
      // Completed in order: there is nothing behind the cursor. Whatever breaks off says so.
      return;
    } catch (reason) {
      signal?.throwIfAborted();
      if (reason instanceof NoTokenError) throw reason.cause;
      const error = errorOf(reason);
      if (isTokenError(error) && !hasRenewed) {
        hasRenewed = true;
        transport.renew();
      } else if (!error.isRetryable && !PASSING.has(error.code)) throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
    await wait(tries, signal);
  }
}

/** Told by a server that stops, and by one whose other half is being replaced. */
const PASSING: ReadonlySet<string> = new Set(['SERVER_STOPPING', 'SUBGRAPH_UNAVAILABLE']);
const TOKEN_CODES: ReadonlySet<string> = new Set(['TOKEN_EXPIRED', 'UNAUTHENTICATED']);
/** How a socket is closed (graphql-transport-ws): 4403 for its token; the other 44xx for what the client does, but these. */
const FORBIDDEN = 4403;
const CLOSED_IN_PASSING: ReadonlySet<number> = new Set([4408, 4409, 4429]);

function isTokenError({ code }: GraphError): boolean {
  return TOKEN_CODES.has(code);
}

function errorOf(reason: unknown): GraphError {
  if (reason instanceof GraphError) return reason;
  if (isErrorList(reason)) return new GraphError(reason);
  const code = closeCodeOf(reason);
  if (code === undefined || code < 4400 || code > 4499 || CLOSED_IN_PASSING.has(code))
    return new GraphError([], { cause: reason });
  return code === FORBIDDEN
    ? new GraphError([
        { message: 'The access token is not accepted.', extensions: { code: 'UNAUTHENTICATED' } },
      ])
    : new GraphError([{ message: `The server closed with ${code}.`, extensions: { code: 'BAD_REQUEST' } }]);
}

function closeCodeOf(reason: unknown): number | undefined {
  const isClose = typeof reason === 'object' && reason !== null && 'code' in reason;
  return isClose && typeof reason.code === 'number' ? reason.code : undefined;
}

/** A quarter of a second, then twice as long each time, ten seconds at most, spread. */
export const backOff: Wait = (tries, signal) =>
  new Promise((resolve, reject) => {
    const waitMs = Math.min(250 * 2 ** tries, 10_000) * (0.75 + Math.random() / 2);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
