import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { Logger } from '../../src/log.js';
import type { AccountCalls, AppSuiteSession } from '../../src/providers/guardcrypto/account.js';
import type { Access } from '../../src/providers/guardcrypto/access.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { ProviderSessions, sessionBase } from '../../src/subgraph/provider-sessions.js';
import type { Vault } from '../../src/vault/vault.js';

/** How long a session is kept, milliseconds: 7 days. The provider ends it earlier when it is not used. */
export const SESSION_MS = 7 * 24 * 3_600_000;

export const storedSession = sessionBase.extend({
  session: z.string(),
  cookies: z.record(z.string(), z.string()),
  userAgent: z.string(),
  userId: z.number(),
  contextId: z.number(),
  username: z.string(),
});

/** A session at the App Suite as it is kept, sealed, under its owner. */
export type StoredSession = z.infer<typeof storedSession>;

export type Sessions = ProviderSessions<typeof storedSession, Access>;

export function createSessions(tools: {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly live: Live;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly client: { readonly accounts: Pick<AccountCalls, 'signOut'> };
}): Sessions {
  return new ProviderSessions({
    ...tools,
    provider: 'guardcrypto',
    schema: storedSession,
    isSame: (one, other) => one.session === other.session,
    endAtProvider: (access) => tools.client.accounts.signOut(access),
    toAccess: ({ id, session, cookies, userAgent, userId, contextId }, call, change): Access => ({
      ...call,
      ...{ id, session, cookies, userAgent, userId, contextId },
      keepCookies: (kept) => change((stored) => ({ ...stored, cookies: { ...kept } })),
    }),
  });
}

/** What is kept of a sign-in. */
export function signedIn(
  { session, cookies, userAgent, userId, contextId }: AppSuiteSession,
  username: string,
  now: number,
): Omit<StoredSession, 'id' | 'signedInAt' | 'endedAt'> {
  return {
    ...{ session, cookies: { ...cookies }, userAgent, userId, contextId, username },
    expiresAt: now + SESSION_MS,
  };
}
