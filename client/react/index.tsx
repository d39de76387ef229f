import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { Client, Document, LiveEvent, OnlyField } from '../index.js';
import { ApprovalDocument, InboxDocument, SafeBoxLifeDocument } from './generated.js';

const ClientContext = createContext<Client | undefined>(undefined);

/** Gives everything below it the client that its hooks use. */
export function SealgraphProvider({
  client,
  children,
}: {
  readonly client: Client;
  readonly children?: ReactNode;
}): ReactElement {
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>;
}

/** The client of the provider above. @throws Error when there is none */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('There is no SealgraphProvider above.');
  return client;
}

/** What is known of a subscription. */
export interface Followed<Event> {
  /** The latest; undefined before the first. */
  readonly event: Event | undefined;
  /** What ended it early; undefined while it goes on, and after its last event. */
  readonly error: Error | undefined;
  /** Whether more may come. */
  readonly isLive: boolean;
}

/** Follows a subscription while shown, over broken connections; null variables follow nothing. */
export function useFollow<Data extends object, Variables extends Readonly<Record<string, unknown>>>(
  document: Document<Data, Variables>,
  variables: Variables | null,
): Followed<OnlyField<Data> & LiveEvent> {
  type Event = OnlyField<Data> & LiveEvent;
  const client = useClient();
  // Whoever writes { id } anew each time means the same.
  const key = JSON.stringify(variables);
  // What is known belongs to what it was asked for, and is not shown for a moment as the answer to anything else.
  const subject = useMemo(() => ({ client, document, key }), [client, document, key]);
  const [known, setKnown] = useState<Followed<Event> & { readonly of: object }>();
  useEffect(() => {
    if (variables === null) return undefined;
    const stop = new AbortController();
    const listen = async (): Promise<void> => {
      for await (const event of client.follow(document, variables, { signal: stop.signal }))
        setKnown({ of: subject, event, error: undefined, isLive: !event.isTerminal });
    };
    listen().catch((reason: unknown) => {
      if (stop.signal.aborted) return;
      const error = reason instanceof Error ? reason : new Error(String(reason));
      setKnown((last) => ({
        ...{ of: subject, error, isLive: false },
        event: last?.of === subject ? last.event : undefined,
      }));
    });
    return () => stop.abort();
  }, [subject]);
  if (known?.of !== subject) return { event: undefined, error: undefined, isLive: variables !== null };
  const { event, error, isLive } = known;
  return { event, error, isLive };
}

/** What people's phones say to a 2FA message, live. Grant access on `outcome` APPROVED alone. */
export function useApproval(id: string | null) {
  const { event, ...rest } = useFollow(ApprovalDocument, id === null ? null : { id });
  return { ...rest, event, message: event?.twoFactorMessage, outcome: event?.twoFactorMessage.outcome };
}

/** The life of a SafeBox, live. */
export function useSafeBox(id: string | null) {
  const { event, ...rest } = useFollow(SafeBoxLifeDocument, id === null ? null : { id });
  return { ...rest, event, safeBox: event?.safeBox };
}

/** How many of your SafeBoxes are open and unread, and what has happened in them, live. */
export function useInbox() {
  return useFollow(InboxDocument, {});
}
