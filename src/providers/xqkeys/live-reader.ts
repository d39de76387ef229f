import type { Clock } from '../../clock.js';
import type { Reading } from '../../live/watch-kind.js';
import { ProviderError } from '../../provider-error.js';
import { withSession } from '../kit/with-session.js';
import type { SessionSource } from '../kit/with-session.js';
import type { Access } from './access.js';
import type { XqkeysClient } from './client.js';
import { CommunicationLists } from './communication-lists.js';
import type { KeyKey, KeyReader, KeyState, KeyStatus } from './key-watch.js';
import { statusAt } from './session-watch.js';
import type { DatedSessionKey, SessionReader, SessionState } from './session-watch.js';

export interface LiveReaderOptions {
  readonly client: XqkeysClient;
  readonly sessions: SessionSource<Access>;
  readonly clock: Clock;
}

/** Reads for those who watch; never fetches a key. */
export class LiveReader implements KeyReader, SessionReader {
  readonly #options: LiveReaderOptions;
  readonly #lists: CommunicationLists;

  constructor(options: LiveReaderOptions) {
    const { client, clock } = options;
    this.#options = options;
    // Polls of one interval are spread over it, and share a few lists.
    this.#lists = new CommunicationLists({
      dashboard: client.dashboard,
      clock,
      maxAgeMs: client.pollIntervalMs / 4,
    });
  }

  key(key: KeyKey): Promise<Reading<KeyState>> {
    return withSession(this.#options.sessions, key, async (access) => ({
      state: (await this.#listed(access, key)) ?? (await this.keyState(access, key)),
    }));
  }

  /**
   * Asks for the time that is left; what can no longer be asked for is over.
   * @throws ProviderError FORBIDDEN for a key that its own maker may not ask for: the session is somebody else's
   */
  async keyState(
    access: Access,
    { locator, isOneTime, createdAt }: Pick<KeyKey, 'locator' | 'isOneTime' | 'createdAt'>,
  ): Promise<KeyState> {
    const { client, clock } = this.#options;
    try {
      const seconds = await client.keys.expiresInSeconds(access, locator);
      if (seconds <= 0) return over('EXPIRED');
      return { status: 'AVAILABLE', expiresAt: clock.now() + seconds * 1000, accessChanges: 0 };
    } catch (error) {
      const code = error instanceof ProviderError ? error.code : undefined;
      if (code === 'ALREADY_COMPLETED') return over('EXPIRED');
      if (code === 'NOT_FOUND') return over(isOneTime ? 'CONSUMED' : 'REVOKED');
      if (code === 'FORBIDDEN' && createdAt === null) return over('REVOKED');
      throw error;
    }
  }

  async session({ expiresAt, ...key }: DatedSessionKey): Promise<SessionState> {
    const { client, sessions, clock } = this.#options;
    const status = statusAt(clock.now(), expiresAt);
    if (status === 'EXPIRED') return { status, expiresAt };
    const read = await withSession(sessions, key, (access) => client.account.settings(access));
    return { status: 'end' in read ? 'REVOKED' : status, expiresAt };
  }

  async #listed(access: Access, { locator, createdAt, isOneTime }: KeyKey): Promise<KeyState | undefined> {
    const listed = createdAt === null ? undefined : await this.#lists.find(access, locator, createdAt);
    if (!listed) return undefined;
    if (listed.status === 0)
      return { status: 'AVAILABLE', expiresAt: listed.expires ?? null, accessChanges: 0 };
    if (listed.status === 1) return over(isOneTime ? 'CONSUMED' : 'REVOKED');
    return listed.status === 2 ? over('EXPIRED') : undefined;
  }
}

function over(status: KeyStatus): KeyState {
  return { status, expiresAt: null, accessChanges: 0 };
}
