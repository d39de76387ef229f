import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** The events of a subscription over graphql-transport-ws, as they come; `return()` leaves. */
export function followOverWebSocket<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  connectionParams: Record<string, unknown> = {},
): AsyncIterableIterator<{ data: Data }> {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
  const events = client.iterate<Data>({ query, variables });
  return {
    async next() {
      const { value, done } = (await events.next()) as IteratorResult<{ data: Data; errors?: unknown }>;
      if (done) {
        await client.dispose();
        return { done: true, value: undefined };
      }
      if (value.errors !== undefined) throw new Error(JSON.stringify(value.errors));
      return { done: false, value };
    },
    async return() {
      await events.return?.();
      await client.dispose();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
