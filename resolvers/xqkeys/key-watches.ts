import type { Clock } from '../../src/clock.js';
import { isCursorOf } from '../../src/live/cursor.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { WatchEvent } from '../../src/live/ports.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/xqkeys/access.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { keyWatch } from '../../src/providers/xqkeys/key-watch.js';
import type { KeyChange, KeyKey, KeyState } from '../../src/providers/xqkeys/key-watch.js';
import type { LiveReader } from '../../src/providers/xqkeys/live-reader.js';
import type { KeyBook, KeyRecord } from './key-book.js';

/** The events of a key. */
export type KeyEvent = HubEvent<KeyState, KeyChange>;

export interface KeyWatchesOptions {
  readonly book: KeyBook;
  readonly live: Live;
  readonly reader: LiveReader;
  readonly clock: Clock;
  readonly pollIntervalMs: number;
  /** Whose watches they are; undefined: everybody's. */
  readonly tenant: string | undefined;
}

/** The provider counts in whole seconds: so much longer may a key live than it says, milliseconds. */
const ROUNDED_AWAY_MS = 1_000;
/** How far a moment of the provider's may be from the same one by our own record, with the way of its answer. */
const AGREEMENT_MS = 2_000;

/** Keys as they are followed: each in the session that it is read with. */
export class KeyWatches {
  readonly #options: KeyWatchesOptions;
  readonly #kind;

  constructor(options: KeyWatchesOptions) {
    this.#options = options;
    this.#kind = keyWatch(options.pollIntervalMs);
    options.live.register(this.#kind, options.reader, options.tenant);
  }

  /** @throws ProviderError NOT_FOUND when it is unknown, or not this owner's to read */
  async follow(
    owner: Owner,
    access: Access,
    locator: string,
    after: string | undefined,
  ): Promise<AsyncIterableIterator<KeyEvent>> {
    const { live, book } = this.#options;
    const record = (await book.find(owner, locator)) ?? null;
    const { id, key, latest } = await this.#watchOf(owner, access, locator, record, after);
    if (!latest) {
      const state = await this.#firstState(access, key, record);
      const { expiresAt, status } = state;
      await live.watch({
        kind: this.#kind,
        owner,
        key,
        onlyWhileSubscribed: true,
        ...(status === 'AVAILABLE' &&
          expiresAt !== null && { deadlineAt: record ? expiresAt : expiresAt + ROUNDED_AWAY_MS }),
        first: { state, source: 'POLL' },
      });
      await book.update(owner, locator, (before) => ({ ...before, watchedIn: access.id }));
    }
    return live.subscribe<KeyState, KeyChange>(id, { after });
  }

  /** Tells those who follow a key; costs nothing when nobody does. */
  async publish(
    owner: Owner,
    access: Access,
    locator: string,
    next: (latest: KeyState) => KeyState | Promise<KeyState>,
  ): Promise<void> {
    const { live, book } = this.#options;
    const record = (await book.find(owner, locator)) ?? null;
    const { id, latest: known } = await this.#watchOf(owner, access, locator, record);
    if (!known || known.terminal) return;
    await live.apply(this.#kind, id, async (latest) => next(latest ?? known.state));
  }

  /** What was last seen of keys, in order; undefined for those that nobody has followed. */
  async seen(
    owner: Owner,
    keys: readonly { readonly locator: string; readonly record: KeyRecord | undefined }[],
  ): Promise<readonly (KeyState | undefined)[]> {
    const { live } = this.#options;
    const watched = keys.map(({ locator, record }) =>
      record?.watchedIn
        ? live.idOf(this.#kind, owner, keyOf(owner, { id: record.watchedIn }, locator, record))
        : null,
    );
    const ids = watched.filter((id) => id !== null);
    const events = await live.currentMany<KeyState>(ids);
    const states = new Map(ids.map((id, place) => [id, events[place]?.state]));
    return watched.map((id) => (id === null ? undefined : states.get(id)));
  }

  /** The watch of a key in a session, or the one that is to be; of several, that of the cursor, or the last. */
  async #watchOf(
    owner: Owner,
    access: Access,
    locator: string,
    record: KeyRecord | null,
    after?: string,
  ): Promise<{ id: string; key: KeyKey; latest: WatchEvent<KeyState> | undefined }> {
    const { live } = this.#options;
    for (let round = 0; ; round++) {
      const key = { ...keyOf(owner, access, locator, record), round };
      const id = live.idOf(this.#kind, owner, key);
      const latest = await live.current<KeyState>(id);
      const isTakenBack = !record && latest?.state.status === 'REVOKED';
      if (!isTakenBack || (after !== undefined && isCursorOf(id, after))) return { id, key, latest };
    }
  }

  async #firstState(access: Access, key: KeyKey, record: KeyRecord | null): Promise<KeyState> {
    if (record && record.revokedAt !== null) {
      return { status: 'REVOKED', expiresAt: record.expiresAt, accessChanges: 0 };
    }
    const state = await this.#options.reader.keyState(access, key);
    if (!record && state.status === 'REVOKED') {
      throw new ProviderError('NOT_FOUND', { provider: PROVIDER, path: ['locator'] });
    }
    return { ...state, expiresAt: expiryOf(record, state) };
  }
}

/** The same key for the same session and record, so that its watch is found again. */
export function keyOf(
  owner: Owner,
  { id }: Pick<Access, 'id'>,
  locator: string,
  record: KeyRecord | null,
): KeyKey {
  return {
    owner: ownerKey(owner),
    session: id,
    locator,
    createdAt: record?.createdAt ?? null,
    isOneTime: record?.isOneTime ?? false,
    round: 0,
  };
}

/** Our own record of the moment is exact to the millisecond; the provider's word counts where the two differ. */
export function expiryOf(record: KeyRecord | null, { expiresAt }: KeyState): number | null {
  if (!record) return expiresAt;
  const agrees = expiresAt === null || Math.abs(record.expiresAt - expiresAt) <= AGREEMENT_MS;
  return agrees ? record.expiresAt : expiresAt;
}
