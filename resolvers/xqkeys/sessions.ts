import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { Logger } from '../../src/log.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/xqkeys/access.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { normalizeAddress } from '../../src/providers/xqkeys/packet.js';
import type { SignInCalls } from '../../src/providers/xqkeys/sign-in.js';
import { readToken } from '../../src/providers/xqkeys/token.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { ProviderSessions, sessionBase } from '../../src/subgraph/provider-sessions.js';
import type { Vault } from '../../src/vault/vault.js';

/** How long a token is taken to live that does not say (assumed by the dossier), milliseconds. */
const DEFAULT_TOKEN_MS = 24 * 3_600_000;

/** How a session came about, which decides what it may do. */
export const SESSION_KINDS = {
  USER: 'A person who proved an e-mail address or phone number.',
  ALIAS: 'An alias, which proved nothing: it can make, share and read keys, and nothing else.',
  DEVICE: 'A device of a team.',
} as const;
export type SessionKind = keyof typeof SESSION_KINDS;

export const storedSession = sessionBase.extend({
  kind: z.enum(['USER', 'ALIAS', 'DEVICE']),
  user: z.string(),
  address: z.string().nullable(),
  token: z.string(),
  /** The request for access whose link has opened it, if one did. */
  authorization: z.string().nullable(),
  dashboard: z.object({ token: z.string(), expiresAt: z.number() }).nullable(),
});

/** A session as it is kept, sealed, under its owner. Times in milliseconds since the epoch. */
export type StoredSession = z.infer<typeof storedSession>;

export type Sessions = ProviderSessions<typeof storedSession, Access>;

export function createSessions(tools: {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly live: Live;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly client: { readonly signIn: Pick<SignInCalls, 'signOut'> };
}): Sessions {
  return new ProviderSessions({
    ...tools,
    provider: PROVIDER,
    schema: storedSession,
    isSame: (one, other) => one.token === other.token,
    endAtProvider: ({ token }) => tools.client.signIn.signOut(token),
    toAccess({ id, token, dashboard, expiresAt }, call): Access {
      const isOpen = dashboard !== null && dashboard.expiresAt > tools.clock.now();
      return { ...call, id, token, expiresAt, dashboardToken: isOpen ? dashboard.token : undefined };
    },
  });
}

/** What is kept of a sign-in. Nothing at the provider ends with the session whose place it takes. */
export function signedIn(
  { kind, user, token }: Pick<StoredSession, 'kind' | 'user' | 'token'>,
  now: number,
  authorization: string | null = null,
): Omit<StoredSession, 'id' | 'signedInAt' | 'endedAt'> {
  const { expiresAt, subject } = readToken(token);
  return {
    ...{ kind, user, token, authorization },
    address: addressOf(kind, user) ?? subject,
    dashboard: null,
    expiresAt: expiresAt ?? now + DEFAULT_TOKEN_MS,
  };
}

/** @throws ProviderError SIGN_IN_REQUIRED when the dashboard was not opened, or must be opened again */
export function dashboardToken({ dashboardToken: token }: Access): string {
  if (token !== undefined) return token;
  throw new ProviderError('SIGN_IN_REQUIRED', {
    provider: PROVIDER,
    message: 'The dashboard is not open for this session: use openXqDashboard first.',
  });
}

/** The address by which keys are granted to it; undefined when only the token may know. */
function addressOf(kind: SessionKind, user: string): string | undefined {
  if (kind === 'ALIAS') return `${normalizeAddress(user)}@alias.local`;
  return kind === 'USER' ? normalizeAddress(user) : undefined;
}
