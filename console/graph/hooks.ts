import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../ui/store.js';
import { ask, connection, follow, messageOf } from './client.js';
import type { GraphError, LiveEvent } from './client.js';
import type { TypedDocumentString } from './generated.js';

/** What a panel knows of the answer to its question. */
export interface Question<Data> {
  /** The latest answer; undefined before the first. */
  readonly data: Data | undefined;
  readonly errors: readonly GraphError[];
  readonly reload: () => void;
}

/** Asks when shown, when the variables change, and again when the server has come back. Null variables ask nothing. */
export function useQuestion<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables | null,
): Question<Data> {
  const [answer, setAnswer] = useState<Omit<Question<Data>, 'reload'>>({ data: undefined, errors: [] });
  const { visits } = useStore(connection);
  const latest = useRef(0);
  const key = JSON.stringify(variables);
  const reload = useCallback(() => {
    if (variables === null) return;
    const mine = ++latest.current;
    ask(document, variables).then(
      ({ data, errors }) => {
        if (mine === latest.current) setAnswer({ data: data ?? undefined, errors });
      },
      (reason: unknown) => {
        if (mine === latest.current)
          setAnswer(({ data }) => ({ data, errors: [{ message: messageOf(reason) }] }));
      },
    );
  }, [document, key]);
  useEffect(() => reload(), [reload, visits]);
  return { ...answer, reload };
}

/** What a panel knows of a subscription. */
export interface Followed<Event> {
  /** Oldest first. */
  readonly events: readonly Event[];
  readonly error: string | undefined;
}

/** Follows while shown; null variables follow nothing. `onEvent` is also told, to ask for what has changed. */
export function useFollow<Event extends LiveEvent, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Record<string, Event>, Variables>,
  variables: Variables | null,
  onEvent: (event: Event) => void = () => undefined,
): Followed<Event> {
  const [followed, setFollowed] = useState<Followed<Event>>({ events: [], error: undefined });
  const told = useRef(onEvent);
  told.current = onEvent;
  useEffect(() => {
    setFollowed({ events: [], error: undefined });
    if (variables === null) return;
    return follow(document, variables, {
      onEvent(event) {
        setFollowed(({ events }) => ({ events: [...events, event], error: undefined }));
        told.current(event);
      },
      onError: (error) => setFollowed(({ events }) => ({ events, error })),
    });
  }, [document, JSON.stringify(variables)]);
  return followed;
}
