import type { Clock } from '../../clock.js';
import type { Reading } from '../../live/watch-kind.js';
import { ProviderError } from '../../provider-error.js';
import type { Access, Accesses, AccessKey } from './access.js';
import type { GuardClient } from './client.js';
import { toKeysState } from './keys-watch.js';
import type { KeysState } from './keys-watch.js';
import { toTokenState } from './session-watch.js';
import type { TokenKey, TokenState } from './session-watch.js';

export interface LiveReaderOptions {
  readonly client: GuardClient;
  readonly accesses: Accesses;
  readonly clock: Clock;
}

/** Reads for those who watch, with their own sessions, by the calls that change nothing (dossier section 5). */
export class LiveReader {
  readonly #options: LiveReaderOptions;

  constructor(options: LiveReaderOptions) {
    this.#options = options;
  }

  /** The answer holds the token itself, which goes no further than this. */
  token(key: TokenKey): Promise<Reading<TokenState>> {
    const { client, clock } = this.#options;
    return this.#with(key, async (access) =>
      toTokenState(await client.tokens.attached(access, key.type), clock.now()),
    );
  }

  keys(key: AccessKey): Promise<Reading<KeysState>> {
    return this.#with(key, async (access) => toKeysState(await this.#options.client.keys.rings(access)));
  }

  async #with<State>(key: AccessKey, read: (access: Access) => Promise<State>): Promise<Reading<State>> {
    const access = await this.#options.accesses.resolve(key);
    if (!access) return { end: 'CREDENTIAL_EXPIRED' };
    try {
      return { state: await read(access) };
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'CREDENTIAL_EXPIRED')
        return { end: 'CREDENTIAL_EXPIRED' };
      throw error;
    }
  }
}
