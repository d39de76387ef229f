import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';

/** Longer than any example takes, on any machine. */
const PATIENCE_MS = 60_000;

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.unknown()).optional(),
});

/** Data of an operation that went well. */
export type Data = Readonly<Record<string, unknown>>;

/**
 * Runs one operation; of a subscription, the first event.
 * @throws Error when there are errors, or a problem in the data
 */
export async function ask(url: string, query: string, variables: Record<string, unknown>): Promise<Data> {
  const isSubscription = /^subscription\b/m.test(query);
  const raw = isSubscription ? await firstEvent(url, query, variables) : await post(url, query, variables);
  const { data, errors } = answer.parse(raw);
  if (errors || !data) throw new Error(JSON.stringify(errors ?? raw));
  if (Object.values(data).every((value) => value === null)) throw new Error('it answers nothing');
  const text = JSON.stringify(data);
  if (text.includes('"problem":{')) throw new Error(text);
  return data;
}

async function post(url: string, query: string, variables: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return response.json();
}

async function firstEvent(url: string, query: string, variables: Record<string, unknown>): Promise<unknown> {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const patience = setTimeout(() => client.terminate(), PATIENCE_MS);
  try {
    for await (const event of client.iterate({ query, variables })) return event;
    throw new Error('it ended without an event');
  } catch (error) {
    // What is refused comes as a list of GraphQL errors.
    throw error instanceof Error ? error : new Error(JSON.stringify(error));
  } finally {
    clearTimeout(patience);
    await client.dispose();
  }
}
