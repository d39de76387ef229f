import type { Token } from './credentials.js';
import { onlyField, type Document, type OnlyField, type Variables } from './document.js';
import { download, upload, type Ticket, type TransferOptions } from './files.js';
import { backOff, follow, type FollowOptions, type LiveEvent, type Wait } from './follow.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { request, type RequestOptions } from './request.js';
import { eventStreamTransport, socketTransport } from './transport.js';

export type { Token } from './credentials.js';
export type { Document, OnlyField } from './document.js';
export { GraphError, type GraphErrorEntry } from './errors.js';
export { TransferError, type Progress, type Ticket, type TransferOptions } from './files.js';
export type { FollowOptions, LiveEvent, Wait } from './follow.js';
export type { Outcome, ProblemEntry } from './outcome.js';
export type { RequestOptions } from './request.js';

export interface ClientOptions {
  /** The endpoint, for example `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly token?: Token | undefined;
  /** What subscriptions go over: one WebSocket, or an HTTP response each. Default `ws`. */
  readonly transport?: 'ws' | 'sse' | undefined;
  /** For places without a WebSocket of their own, such as Node before 22: the one of `ws`. */
  readonly webSocketImpl?: unknown;
  /** How to wait before a broken subscription is taken up again. Default: 250 ms, then longer, at most 10 s. */
  readonly wait?: Wait | undefined;
}

/** A graph, and what can be done with it. */
export interface Client {
  /** Runs a query, or a mutation whatever its answer says. Nothing is sent twice. @throws GraphError */
  request<Data, Of extends Variables>(
    document: Document<Data, Of>,
    variables: Of,
    options?: RequestOptions,
  ): Promise<Data>;
  /** Runs a mutation of one field that asks for its `problem`. Nothing is sent twice. @throws GraphError */
  command<Data extends object, Of extends Variables>(
    document: Document<Data, Of>,
    variables: Of,
    options?: RequestOptions,
  ): Promise<Outcome<NonNullable<OnlyField<Data>>>>;
  /** The events of a subscription of one field, each once and in order, over broken connections. @throws GraphError */
  follow<Data extends object, Of extends Variables>(
    document: Document<Data, Of>,
    variables: Of,
    options?: FollowOptions,
  ): AsyncGenerator<OnlyField<Data> & LiveEvent, void, undefined>;
  /** Sends a file where a ticket of the graph says. @throws TransferError */
  upload(ticket: Ticket, content: Blob, options?: TransferOptions): Promise<void>;
  /** Fetches the file of a ticket. @throws TransferError */
  download(ticket: Ticket, options?: TransferOptions): Promise<Blob>;
  /** Ends what is still followed, and the connection. */
  close(): Promise<void>;
}

/** A client of a Sealgraph, for browsers and for Node. Connects when it has to. */
export function createClient({
  url,
  token,
  transport,
  webSocketImpl,
  wait = backOff,
}: ClientOptions): Client {
  const endpoint = { url, token, webSocketImpl };
  const live = transport === 'sse' ? eventStreamTransport(endpoint) : socketTransport(endpoint);
  const closing = new AbortController();
  // Tickets hold paths where the server does not know its public name.
  const place = (ticket: Ticket): string => new URL(ticket.url, url).href;
  return {
    request: (...call) => request(endpoint, ...call),
    command: (...call) => request(endpoint, ...call).then((data) => outcomeOf(onlyField(data))),
    follow: (document, variables, options = {}) => {
      const signal = AbortSignal.any([closing.signal, ...(options.signal ? [options.signal] : [])]);
      return follow(live, wait, document, variables, { ...options, signal });
    },
    upload: (ticket, ...more) => upload(place(ticket), ticket, ...more),
    download: (ticket, ...more) => download(place(ticket), ticket, ...more),
    async close() {
      closing.abort(new DOMException('The client was closed.', 'AbortError'));
      await live.close();
    },
  };
}
