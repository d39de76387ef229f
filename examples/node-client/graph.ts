import { CloseCode, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TypedDocumentString } from './generated.js';

/** Where the graph is, and who asks. */
export interface Graph {
  readonly url: string;
  /** Access token; the sandbox needs none. */
  readonly token?: string | undefined;
}

/** Runs a query or a mutation over HTTP. */
export async function ask<Data, Variables>(
  graph: Graph,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credentials(graph) },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data | null; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
  if (!data) throw new Error(`The graph answered ${response.status} without data.`);
  return data;
}

/**
 * Calls back with every event of a subscription, until it completes. When the socket breaks, graphql-ws connects again
 * and sends `variables` again as they are then: `onEvent` puts the event's cursor there as `after`.
 */
export async function follow<Data, Variables extends Record<string, unknown>>(
  graph: Graph,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  onEvent: (data: Data) => void,
): Promise<void> {
  const client = createClient({
    url: graph.url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: credentials(graph),
    // Also when the server cannot be reached for a while.
    shouldRetry: (reason) => !isForbidden(reason),
    retryAttempts: Infinity,
  });
  await new Promise<void>((resolve, reject) => {
    client.subscribe<Data>(
      { query: document.toString(), variables },
      {
        next({ data, errors }) {
          if (data) onEvent(data);
          else reject(new Error(sentencesOf(errors)));
        },
        error: (cause) => reject(Array.isArray(cause) ? new Error(sentencesOf(cause)) : cause),
        complete: resolve,
      },
    );
  }).finally(() => client.dispose());
}

/** What went wrong, with the codes of it that a program can act on. */
function sentencesOf(errors: FormattedExecutionResult['errors'] = []): string {
  return errors.map(({ message, extensions }) => `${message} (${String(extensions?.['code'])})`).join(' ');
}

function credentials({ token }: Graph): { authorization?: string } {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** Whether the token is not accepted: the same one is not accepted the next time either. */
function isForbidden(reason: unknown): boolean {
  return (
    typeof reason === 'object' && reason !== null && 'code' in reason && reason.code === CloseCode.Forbidden
  );
}
