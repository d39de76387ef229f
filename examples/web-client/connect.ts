import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { CloseCode, createClient, type ClientOptions } from 'graphql-ws';
import { resumable } from './resume.js';

export interface ConnectOptions {
  /** The GraphQL endpoint, for example `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** Access token; the sandbox needs none. */
  readonly token?: string;
  /** Settings of graphql-ws, for places without a WebSocket of their own. */
  readonly socket?: Partial<ClientOptions>;
}

export interface Connection {
  readonly url: string;
  readonly graph: Client;
  close(): void | Promise<void>;
}

/** Queries and mutations go over HTTP, subscriptions over one WebSocket that connects again when it breaks. */
export function connect({ url, token, socket }: ConnectOptions): Connection {
  const credentials = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const live = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: credentials,
    // Also when the server cannot be reached for a while.
    shouldRetry: (reason) => !isForbidden(reason),
    retryAttempts: Infinity,
    ...socket,
  });
  const graph = new Client({
    url,
    fetchOptions: { headers: credentials },
    preferGetMethod: false,
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: live.subscribe(...resumable({ query, variables }, sink)),
          }),
        }),
      }),
    ],
  });
  return { url, graph, close: () => live.dispose() };
}

/** Whether the token is not accepted: the same one is not accepted the next time either. */
function isForbidden(reason: unknown): boolean {
  return (
    typeof reason === 'object' && reason !== null && 'code' in reason && reason.code === CloseCode.Forbidden
  );
}
