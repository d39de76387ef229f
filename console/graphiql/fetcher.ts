import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { ExecutionResult, OperationDefinitionNode } from 'graphql';
import { CloseCode, createClient } from 'graphql-ws';
import type { Tabs } from './examples.js';

const ENDPOINT = '/graphql';

/** What is sent; GraphiQL's own type says nothing of its variables. */
type Payload = Omit<FetcherParams, 'variables'> & { readonly variables: Record<string, unknown> };

/** Questions and commands by HTTP, subscriptions by WebSocket; what the headers pane holds goes along with both. */
export function createFetcher(tabs: Tabs): Fetcher {
  return (params, options) => {
    const headers = { ...options?.headers };
    const operation = operationOf(params);
    const payload = {
      query: params.query,
      operationName: operation?.name?.value ?? params.operationName ?? null,
      variables: filled(tabs, params),
    };
    return operation?.operation === OperationTypeNode.SUBSCRIPTION
      ? follow(payload, headers)
      : ask(payload, headers, tabs);
  };
}

// Right after another tab was opened, GraphiQL names the operation of the one before.
function operationOf({ query, operationName }: FetcherParams): OperationDefinitionNode | null | undefined {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document);
  } catch {
    // The server says what is wrong with it.
    return undefined;
  }
}

function filled(tabs: Tabs, { variables }: FetcherParams): Record<string, unknown> {
  const given = tabs.fill(variables);
  return typeof given === 'object' && given !== null ? { ...given } : {};
}

async function ask(payload: FetcherParams, headers: object, tabs: Tabs): Promise<ExecutionResult> {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(payload),
  });
  const answer = (await response.json()) as ExecutionResult;
  tabs.learn(payload.operationName ?? undefined, answer.data);
  return answer;
}

/** A socket for this subscription alone, so that it is opened with the headers of now. */
async function* follow(
  { query, operationName, variables }: Payload,
  headers: Record<string, unknown>,
): AsyncGenerator<ExecutionResult> {
  const client = createClient({
    url: new URL(ENDPOINT, location.href).href.replace(/^http/, 'ws'),
    connectionParams: headers,
    retryAttempts: 0,
  });
  try {
    const events = client.iterate({ query, variables, ...(operationName && { operationName }) });
    // GraphiQL shows results as they are; its type is that of results before they travelled.
    for await (const event of events) yield event as ExecutionResult;
  } catch (reason) {
    throw reason instanceof CloseEvent ? new Error(describeClose(reason)) : reason;
  } finally {
    await client.dispose();
  }
}

function describeClose({ code, reason }: CloseEvent): string {
  return code === CloseCode.Forbidden
    ? `The server does not accept the Authorization of the headers pane (${reason || 'Forbidden'}).`
    : `The connection was closed (${code}${reason && `, ${reason}`}). Run it again.`;
}
