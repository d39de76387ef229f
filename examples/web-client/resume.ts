import type { ExecutionResult } from '@urql/core';
import type { FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';

/** Where urql wants the events of a subscription. */
interface Observer {
  next(result: ExecutionResult): void;
  error(error: unknown): void;
  complete(): void;
}

/**
 * When its socket breaks, graphql-ws connects again and sends the same payload again. Every event of this graph has a
 * `cursor`, and every subscription takes one as `after`: with the last cursor in the payload, the server goes on behind
 * the last event, without gap or repeat. The subscription has to declare `$after: String` and to ask for `cursor`.
 */
export function resumable(
  { query, ...payload }: { query: string; variables: object | undefined },
  observer: Observer,
): [SubscribePayload, Sink<FormattedExecutionResult>] {
  const variables: Record<string, unknown> = { ...payload.variables };
  const next = ({ data = null, errors }: FormattedExecutionResult): void => {
    const cursor = cursorOf(data);
    if (cursor !== undefined) variables['after'] = cursor;
    observer.next(errors ? { data, errors } : { data });
  };
  return [
    { query, variables },
    { next, error: (error) => observer.error(error), complete: () => observer.complete() },
  ];
}

function cursorOf(data: object | null): string | undefined {
  const [event] = Object.values(data ?? {}) as unknown[];
  const isEvent = typeof event === 'object' && event !== null && 'cursor' in event;
  return isEvent && typeof event.cursor === 'string' ? event.cursor : undefined;
}
