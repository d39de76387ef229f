import type { Clock } from '../../clock.js';
import type { Reading } from '../../live/watch-kind.js';
import { withSession } from '../kit/with-session.js';
import type { SessionKey, SessionSource } from '../kit/with-session.js';
import type { Access } from './access.js';
import type { GuardClient } from './client.js';
import { toKeysState } from './keys-watch.js';
import type { KeysReader, KeysState } from './keys-watch.js';
import { toTokenState } from './session-watch.js';
import type { TokenKey, TokenReader, TokenState } from './session-watch.js';

export interface LiveReaderOptions {
  readonly client: GuardClient;
  readonly sessions: SessionSource<Access>;
  readonly clock: Clock;
}

/** Reads for those who watch, with their own sessions, by the calls that change nothing (dossier section 5). */
export class LiveReader implements KeysReader, TokenReader {
  readonly #options: LiveReaderOptions;

  constructor(options: LiveReaderOptions) {
    this.#options = options;
  }

  /** The answer holds the token itself, which goes no further than this. */
  token(key: TokenKey, requestId?: string): Promise<Reading<TokenState>> {
    const { client, sessions, clock } = this.#options;
    return withSession(sessions, key, async (access) => ({
      state: toTokenState(await client.tokens.attached({ ...access, requestId }, key.type), clock.now()),
    }));
  }

  keys(key: SessionKey, requestId?: string): Promise<Reading<KeysState>> {
    const { client, sessions } = this.#options;
    return withSession(sessions, key, async (access) => ({
      state: toKeysState(await client.keys.rings({ ...access, requestId })),
    }));
  }
}
