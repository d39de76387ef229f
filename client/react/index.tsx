import { createContext, useContext, useEffect, useState, type ReactElement, type ReactNode } from 'react';
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

const NOTHING = { event: undefined, error: undefined, isLive: false } as const;

/** Follows a subscription while shown, over broken connections; null variables follow nothing. */
export function useFollow<Data extends object, Variables extends Readonly<Record<string, unknown>>>(
  document: Document<Data, Variables>,
  variables: Variables | null,
): Followed<OnlyField<Data> & LiveEvent> {
  const client = useClient();
  const [followed, setFollowed] = useState<Followed<OnlyField<Data> & LiveEvent>>(NOTHING);
  // Whoever writes { id } anew each time means the same.
  const key = JSON.stringify(variables);
  useEffect(() => {
    if (variables === null) return setFollowed(NOTHING);
    const stop = new AbortController();
    const listen = async (): Promise<void> => {
      setFollowed({ ...NOTHING, isLive: true });
      for await (const event of client.follow(document, variables, { signal: stop.signal }))
        setFollowed({ event, error: undefined, isLive: !event.terminal });
    };
    listen().catch((reason: unknown) => {
      if (stop.signal.aborted) return;
      const error = reason instanceof Error ? reason : new Error(String(reason));
      setFollowed(({ event }) => ({ event, error, isLive: false }));
    });
    return () => stop.abort();
  }, [client, document, key]);
  return followed;
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
