import { credentials, type Token } from './credentials.js';
import type { Document } from './document.js';
import { GraphError, isErrorList } from './errors.js';

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Runs a query or a mutation, once. @throws GraphError whatever the graph has against it, or any part of it */
export async function request<Data, Variables>(
  { url, token }: { readonly url: string; readonly token: Token | undefined },
  document: Document<Data, Variables>,
  variables: Variables,
  { signal }: RequestOptions = {},
): Promise<Data> {
  const headers = { 'content-type': 'application/json', ...(await credentials(token)) };
  const body = JSON.stringify({ query: document.toString(), variables });
  const answer = await fetch(url, { method: 'POST', headers, body, ...(signal && { signal }) })
    .then((response): Promise<unknown> => response.json())
    .catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw new GraphError([], { cause });
    });
  const { data, errors } = (answer ?? {}) as { readonly data?: Data | null; readonly errors?: unknown };
  if (isErrorList(errors)) throw new GraphError(errors, { data });
  if (data === undefined || data === null)
    throw new GraphError([], { message: 'The graph answered nothing.' });
  return data;
}
