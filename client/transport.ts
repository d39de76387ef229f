import { createClient } from 'graphql-sse';
import { createClient as createSocket, type Client, type ClientOptions } from 'graphql-ws';
import { credentialsOrNone, type Token } from './credentials.js';
import { GraphError, isErrorList } from './errors.js';

/** One try at a subscription: results until it completes, or throws. */
export interface Transport {
  subscribe(payload: Payload): AsyncIterableIterator<Result>;
  /** Lets the next try bring a new token. */
  renew(): void;
  close(): void | Promise<void>;
}

export interface Payload {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

export interface Result {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: unknown;
}

/** Where the graph is, and who asks. */
export interface Endpoint {
  readonly url: string;
  readonly token: Token | undefined;
  /** For places without a WebSocket of their own. */
  readonly webSocketImpl?: unknown;
}

/** All subscriptions over one WebSocket (graphql-transport-ws), which is there while there is one of them. */
export function socketTransport({ url, token, webSocketImpl }: Endpoint): Transport {
  const options: ClientOptions = {
    url: url.replace(/^http/, 'ws'),
    connectionParams: () => credentialsOrNone(token),
    // Whoever follows tries again, with the cursor it has by then.
    retryAttempts: 0,
    ...(webSocketImpl !== undefined && { webSocketImpl }),
  };
  // Not before it is needed: whoever only asks needs no WebSocket.
  let client: Client | undefined;
  return {
    subscribe: (payload) => (client ??= createSocket(options)).iterate<Record<string, unknown>>(payload),
    renew() {
      void client?.dispose();
      client = undefined;
    },
    close: () => client?.dispose(),
  };
}

/** One HTTP response a subscription (GraphQL over server-sent events): where WebSockets do not pass. */
export function eventStreamTransport({ url, token }: Endpoint): Transport {
  return {
    subscribe: (payload) => eventStream(url, token, payload),
    // Each try asks for a token.
    renew: () => undefined,
    close: () => undefined,
  };
}

function eventStream(url: string, token: Token | undefined, payload: Payload): AsyncIterableIterator<Result> {
  let refusal: GraphError | undefined;
  const client = createClient({
    url,
    headers: async () => ({ ...(await credentialsOrNone(token)) }),
    retryAttempts: 0,
    // What a server says instead of telling events, the library leaves unread.
    async fetchFn(...request: Parameters<typeof fetch>) {
      const response = await fetch(...request);
      refusal = await refusalOf(response);
      return response;
    },
  });
  const results = client.iterate<Record<string, unknown>>(payload);
  return {
    next: () =>
      results.next().catch((reason: unknown) => {
        throw refusal ?? reason;
      }),
    // At once, also while nothing comes: that ends the request.
    async return() {
      client.dispose();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function refusalOf(response: Response): Promise<GraphError | undefined> {
  if (response.ok && response.headers.get('content-type')?.startsWith('text/event-stream')) return undefined;
  const { errors } = await response
    .clone()
    .json()
    .then(
      (answer: unknown) => (answer ?? {}) as { readonly errors?: unknown },
      () => ({ errors: undefined }),
    );
  if (isErrorList(errors)) return new GraphError(errors);
  const passes = response.status >= 500 || response.status === 408 || response.status === 429;
  if (passes) return undefined;
  const message = `The server refused with ${response.status}.`;
  return new GraphError([{ message, extensions: { code: 'BAD_REQUEST' } }]);
}
