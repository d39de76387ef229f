import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { Json } from '../../src/live/ports.js';
import type { Reading, WatchKind } from '../../src/live/watch-kind.js';
import type { Logger } from '../../src/log.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access, CryptoType } from '../../src/providers/guardcrypto/access.js';
import type { SessionKey } from '../../src/providers/kit/with-session.js';
import { keysWatch } from '../../src/providers/guardcrypto/keys-watch.js';
import type { KeyChange, KeysState } from '../../src/providers/guardcrypto/keys-watch.js';
import type { LiveReader } from '../../src/providers/guardcrypto/live-reader.js';
import { sessionWatch } from '../../src/providers/guardcrypto/session-watch.js';
import type { TokenChange, TokenState } from '../../src/providers/guardcrypto/session-watch.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { Sessions } from './sessions.js';

/** What a command may have changed. */
export type Told = 'keys' | CryptoType;

export interface LiveServiceOptions {
  readonly live: Live;
  readonly reader: LiveReader;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whose watches they are; undefined: everybody's. */
  readonly tenant: string | undefined;
}

/** Keys and tokens as they change, for whoever has a session. */
export class LiveService {
  readonly #options: LiveServiceOptions;
  readonly #session;
  readonly #keys;

  constructor(options: LiveServiceOptions) {
    this.#options = options;
    this.#session = sessionWatch(options.clock);
    this.#keys = keysWatch(options.clock);
    options.live.register(this.#session, options.reader, options.tenant);
    options.live.register(this.#keys, options.reader, options.tenant);
  }

  async followToken(
    { caller: owner, requestId }: SubgraphCall,
    type: CryptoType,
    after: string | undefined,
  ): Promise<AsyncIterableIterator<HubEvent<TokenState, TokenChange>>> {
    const key = { ...(await this.#key(owner)), type };
    const read = () => this.#options.reader.token(key, requestId);
    return this.#follow<TokenState, TokenChange, typeof key>(owner, this.#session, key, { read, after });
  }

  async followKeys(
    { caller: owner, requestId }: SubgraphCall,
    after: string | undefined,
  ): Promise<AsyncIterableIterator<HubEvent<KeysState, KeyChange>>> {
    const key = await this.#key(owner);
    const read = () => this.#options.reader.keys(key, requestId);
    return this.#follow<KeysState, KeyChange, SessionKey>(owner, this.#keys, key, { read, after });
  }

  /** Reads again what a command may have changed, if somebody follows it. Never fails: the command is done. */
  async tell(owner: Owner, access: Pick<Access, 'id' | 'requestId'>, what: Told): Promise<void> {
    const { reader, sessions } = this.#options;
    const key = sessions.keyOf(owner, access);
    if (what === 'keys') await this.#tell(owner, this.#keys, key, () => reader.keys(key, access.requestId));
    else {
      const tokenKey = { ...key, type: what };
      await this.#tell(owner, this.#session, tokenKey, () => reader.token(tokenKey, access.requestId));
    }
  }

  async #key(owner: Owner): Promise<SessionKey> {
    const { sessions } = this.#options;
    return sessions.keyOf(owner, await sessions.of(owner));
  }

  async #follow<State extends Json, Change extends Json, Key extends Json>(
    owner: Owner,
    kind: WatchKind<Key, State, LiveReader>,
    key: NoInfer<Key>,
    { read, after }: { readonly read: () => Promise<Reading<State>>; readonly after: string | undefined },
  ): Promise<AsyncIterableIterator<HubEvent<State, Change>>> {
    const { live } = this.#options;
    const known = await live.current(live.idOf(kind, owner, key));
    const reading = known ? undefined : await read();
    if (reading && 'end' in reading)
      throw new ProviderError('CREDENTIAL_EXPIRED', { provider: 'guardcrypto' });
    const { id } = await live.watch({
      kind,
      owner,
      key,
      // Every read keeps the session at the provider alive, so nothing is read for nobody.
      onlyWhileSubscribed: true,
      ...(reading && { first: { state: reading.state, source: 'POLL' as const } }),
    });
    return live.subscribe<State, Change>(id, { after });
  }

  async #tell<State extends Json, Key extends Json>(
    owner: Owner,
    kind: WatchKind<Key, State, LiveReader>,
    key: NoInfer<Key>,
    read: () => Promise<Reading<State>>,
  ): Promise<void> {
    const { live, logger } = this.#options;
    const id = live.idOf(kind, owner, key);
    try {
      const latest = await live.current(id);
      if (!latest || latest.terminal) return;
      await live.apply(kind, id, async () => {
        const reading = await read();
        if ('state' in reading) return reading.state;
        throw new Error('the session has ended');
      });
    } catch (error) {
      logger.warn(
        { watch: id, err: error },
        'what a command changed could not be read; the next poll tells it',
      );
    }
  }
}
