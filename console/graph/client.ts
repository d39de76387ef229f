import { createClient } from 'graphql-ws';
import { createStore } from '../ui/store.js';
import type { TypedDocumentString } from './generated.js';

/** An error of the graph, as it travels. */
export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/** What a question came to: with errors, what they concern is null in the data. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
}

/** An event as the Wire panel shows it. */
export interface SeenEvent {
  readonly at: number;
  /** The subscription it came by. */
  readonly field: string;
  readonly sequence: number;
  readonly source: string;
  readonly cursor: string;
}

/** Whether the server is there; the count tells one visit of it from the next. */
export const connection = createStore({ isOpen: true, visits: 0 });

/** The latest events this page has got, newest first. */
export const seenEvents = createStore<readonly SeenEvent[]>([]);

/** How often a session at a provider turned out to be over. */
export const endedSessions = createStore(0);

const SESSION_CODES: readonly unknown[] = ['CREDENTIAL_EXPIRED', 'SIGN_IN_REQUIRED'];
const KEPT_EVENTS = 100;
const ENDPOINT = new URL('/graphql', location.href).href;

const live = createClient({
  url: ENDPOINT.replace(/^http/, 'ws'),
  // The socket also tells whether the server is there.
  lazy: false,
  onNonLazyError: () => undefined,
  shouldRetry: () => true,
  retryAttempts: Infinity,
  retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(200 * 2 ** retries, 2_000))),
  on: {
    connected: () => connection.set({ isOpen: true, visits: connection.get().visits + 1 }),
    closed: () => connection.set({ ...connection.get(), isOpen: false }),
  },
});

/** Runs a query or a mutation. @throws Error when the server cannot be reached */
export async function ask<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  }).catch(() => {
    throw new Error('The server cannot be reached.');
  });
  const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>;
  if (errors.some(({ extensions }) => SESSION_CODES.includes(extensions?.code))) {
    endedSessions.set(endedSessions.get() + 1);
  }
  return { data, errors };
}

interface Refusal {
  readonly problem: { readonly code: string; readonly message: string } | null;
}

/** Runs a mutation of one field. @returns its payload. @throws Error saying which problem there was */
export async function command<Payload extends Refusal, Variables>(
  document: TypedDocumentString<Record<string, Payload | null>, Variables>,
  variables: Variables,
): Promise<Payload> {
  const { data, errors } = await ask(document, variables);
  const payload = data && Object.values(data)[0];
  if (!payload) throw new Error(errors[0]?.message ?? 'The graph answered nothing.');
  if (payload.problem) throw new Error(`${payload.problem.message} (${payload.problem.code})`);
  return payload;
}

/** What every event of the graph has. */
export interface LiveEvent {
  readonly cursor: string;
  readonly sequence: number;
  readonly source: string;
  readonly observedAt: string;
  readonly isTerminal: boolean;
}

/**
 * Tells every event of a subscription of one field, without gap or repeat also over a restart of the server: when the
 * socket breaks, graphql-ws sends the variables again, which then hold the last cursor. @returns how to stop
 */
export function follow<Event extends LiveEvent, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Record<string, Event>, Variables>,
  variables: Variables,
  told: { onEvent(event: Event): void; onError(message: string): void },
): () => void {
  const resumed: Record<string, unknown> = { ...variables };
  return live.subscribe<Record<string, Event>>(
    { query: document.toString(), variables: resumed },
    {
      next({ data, errors }) {
        const [entry] = Object.entries(data ?? {});
        if (!entry) return told.onError(errors?.[0]?.message ?? 'The graph told nothing.');
        const [field, event] = entry;
        resumed['after'] = event.cursor;
        const { sequence, source, cursor } = event;
        seenEvents.set(
          [{ at: Date.now(), field, sequence, source, cursor }, ...seenEvents.get()].slice(0, KEPT_EVENTS),
        );
        told.onEvent(event);
      },
      error: (reason) => told.onError(messageOf(reason)),
      complete: () => undefined,
    },
  );
}

/** What to tell a person about something that was thrown. */
export function messageOf(reason: unknown): string {
  if (Array.isArray(reason)) return messageOf(reason[0]);
  return typeof reason === 'object' && reason !== null && 'message' in reason
    ? String(reason.message)
    : 'It failed.';
}
