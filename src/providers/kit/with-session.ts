import type { Reading } from '../../live/watch-kind.js';
import { ProviderError } from '../../provider-error.js';

/** Whose session a watch reads with. A type, not an interface, so that it counts as JSON. */
export type SessionKey = {
  /** `ownerKey()` of whom it belongs to. */
  readonly owner: string;
  /** Its id. */
  readonly session: string;
};

/** Where watches find the session they read with. */
export interface SessionSource<Access> {
  /** Undefined when the session is over, or another one's. */
  resolve(key: SessionKey): Promise<Access | undefined>;
}

/**
 * Reads with the session behind a watch's key; the end of the session ends the watch.
 * @param read may answer the end of what it reads
 */
export async function withSession<Access, Answer>(
  sessions: SessionSource<Access>,
  key: SessionKey,
  read: (access: Access) => Promise<Answer>,
): Promise<Answer | Extract<Reading<never>, { readonly end: unknown }>> {
  const access = await sessions.resolve(key);
  if (!access) return { end: 'CREDENTIAL_EXPIRED' };
  try {
    return await read(access);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'CREDENTIAL_EXPIRED') throw error;
    return { end: 'CREDENTIAL_EXPIRED' };
  }
}
