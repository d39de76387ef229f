import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import { isCursorOf } from '../../src/live/cursor.js';
import type { WatchEvent } from '../../src/live/ports.js';
import { watchId } from '../../src/live/watch-id.js';
import type { Logger } from '../../src/log.js';
import type { WatchKind } from '../../src/live/watch-kind.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { afterEffect } from '../../src/providers/kit/after-effect.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/xqkeys/access.js';
import type { XqkeysClient } from '../../src/providers/xqkeys/client.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import type { KeyChange, KeyKey, KeyState, KeyStatus } from '../../src/providers/xqkeys/key-watch.js';
import type { LiveReader } from '../../src/providers/xqkeys/live-reader.js';
import { checkLabels, checkLocators, checkRecipients } from '../../src/providers/xqkeys/rules.js';
import type { StoredRecord } from '../../src/store/record-store.js';
import { granted, withdrawn } from './key-book.js';
import type { KeyBook, KeyRecord } from './key-book.js';
import type { Sessions } from './sessions.js';

/** A key as one owner sees it. It never holds the key itself. */
export interface KnownKey {
  readonly locator: string;
  /** Null when nothing was seen of it yet. */
  readonly status: KeyStatus | null;
  /** Milliseconds since the epoch; null when nobody has said. */
  readonly expiresAt: number | null;
  /** Null for a key that this owner has not made through this graph. */
  readonly record: KeyRecord | null;
}

export interface KeyServiceOptions {
  readonly client: XqkeysClient;
  readonly sessions: Sessions;
  readonly book: KeyBook;
  readonly live: Live;
  readonly reader: LiveReader;
  readonly kind: WatchKind<KeyKey, KeyState, LiveReader>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type KeyEvents = AsyncIterableIterator<HubEvent<KeyState, KeyChange>>;

/** The provider counts in whole seconds: so much longer may a key live than it says, milliseconds. */
const ROUNDED_AWAY_MS = 1_000;
/** How far a moment of the provider's may be from the same one by our own record, with the way of its answer. */
const AGREEMENT_MS = 2_000;

/** Keys that exist: seen, shared, fetched, ended and followed. */
export class KeyService {
  readonly #options: KeyServiceOptions;

  constructor(options: KeyServiceOptions) {
    this.#options = options;
  }

  /** Asks the provider where a key stands; null when it is unknown, or was never this owner's to read. */
  async find(owner: Owner, locator: string): Promise<KnownKey | null> {
    const { book, sessions, reader } = this.#options;
    const record = (await book.find(owner, locator)) ?? null;
    if (record && record.revokedAt !== null) return this.#known(locator, record, undefined);
    const access = await sessions.access(owner);
    const state = await reader.keyState(access, keyOf(owner, access, locator, record));
    if (!record && state.status === 'REVOKED') return null;
    return { locator, status: state.status, expiresAt: expiryOf(record, state), record };
  }

  /** Those this owner has made, in order, as last observed; null for any other. No upstream call. */
  async recorded(owner: Owner, locators: readonly string[]): Promise<readonly (KnownKey | null)[]> {
    const found = await Promise.all(locators.map((locator) => this.#options.book.find(owner, locator)));
    return this.#join(
      owner,
      locators.map((locator, place) => ({ locator, record: found[place] })),
    );
  }

  /** The keys behind stored records of this owner, in order. No upstream call. */
  join(owner: Owner, batch: readonly StoredRecord[]): Promise<readonly (KnownKey | null)[]> {
    const { book } = this.#options;
    return this.#join(
      owner,
      batch.map((stored) => ({ locator: stored.id, record: book.open(stored) })),
    );
  }

  /** A key as of an event of its life. */
  async at(owner: Owner, locator: string, state: KeyState): Promise<KnownKey> {
    const record = (await this.#options.book.find(owner, locator)) ?? null;
    return { locator, status: state.status, expiresAt: expiryOf(record, state), record };
  }

  async grant(owner: Owner, locator: string, addresses: readonly string[]): Promise<KnownKey> {
    const recipients = checkRecipients(addresses);
    return this.#changeAccess(
      owner,
      locator,
      (access) => this.#options.client.keys.grant(access, locator, recipients),
      (record, at) => ({ ...record, grants: granted(record.grants, recipients, at) }),
    );
  }

  async withdraw(owner: Owner, locator: string, addresses: readonly string[]): Promise<KnownKey> {
    const recipients = checkRecipients(addresses);
    return this.#changeAccess(
      owner,
      locator,
      (access) => this.#options.client.keys.revokeUsers(access, locator, recipients),
      (record, at) => ({ ...record, grants: withdrawn(record.grants, recipients, at) }),
    );
  }

  /** Adds to the labels of a key. Needs the dashboard. */
  async label(owner: Owner, locator: string, labels: readonly string[]): Promise<KnownKey> {
    checkLabels(labels);
    const { client, sessions, book } = this.#options;
    await client.dashboard.addLabels(await sessions.dashboardToken(owner), locator, labels);
    return afterEffect(async () => {
      await book.update(owner, locator, (record) => ({
        ...record,
        labels: [...new Set([...record.labels, ...labels])],
      }));
      return this.#recordedOrBare(owner, locator);
    });
  }

  async revoke(owner: Owner, locator: string): Promise<KnownKey> {
    const access = await this.#options.sessions.access(owner);
    await this.#options.client.keys.revoke(access, locator);
    return afterEffect(() => this.#tellRevoked(owner, access, locator));
  }

  async revokeMany(owner: Owner, unchecked: readonly string[]): Promise<readonly KnownKey[]> {
    const locators = checkLocators(unchecked);
    const access = await this.#options.sessions.access(owner);
    await this.#options.client.keys.revokeMany(access, locators);
    return afterEffect(() =>
      Promise.all(locators.map((locator) => this.#tellRevoked(owner, access, locator))),
    );
  }

  /** The key itself. Shows in the event log, and uses up a key that is deleted on receipt. */
  async fetch(owner: Owner, locator: string): Promise<string> {
    const access = await this.#options.sessions.access(owner);
    const key = await this.#options.client.keys.fetch(access, locator);
    await this.#tellRead(owner, access, locator);
    return key;
  }

  /** Several at once, by locator; those that cannot be read are left out. */
  async fetchMany(owner: Owner, unchecked: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const locators = checkLocators(unchecked);
    const access = await this.#options.sessions.access(owner);
    const keys = await this.#options.client.keys.fetchMany(access, locators);
    await Promise.all([...keys.keys()].map((locator) => this.#tellRead(owner, access, locator)));
    return keys;
  }

  /** @throws ProviderError NOT_FOUND when it is unknown, or not this owner's to read */
  async follow(owner: Owner, locator: string, after: string | undefined): Promise<KeyEvents> {
    const { live, sessions, book, kind } = this.#options;
    const access = await sessions.access(owner);
    const record = (await book.find(owner, locator)) ?? null;
    const { id, key, latest } = await this.#watchOf(owner, access, locator, record, after);
    if (!latest) {
      const state = await this.#firstState(access, key, record);
      const { expiresAt, status } = state;
      await live.watch({
        kind,
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

  /** The watch of a key in a session, or the one that is to be; of several, that of the cursor, or the last. */
  async #watchOf(
    owner: Owner,
    access: Access,
    locator: string,
    record: KeyRecord | null,
    after?: string,
  ): Promise<{ id: string; key: KeyKey; latest: WatchEvent<KeyState> | undefined }> {
    const { live, kind } = this.#options;
    for (let round = 0; ; round++) {
      const key = { ...keyOf(owner, access, locator, record), round };
      const id = watchId(kind.name, owner, key);
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

  async #changeAccess(
    owner: Owner,
    locator: string,
    command: (access: Access) => Promise<void>,
    change: (record: KeyRecord, at: number) => KeyRecord,
  ): Promise<KnownKey> {
    const { book, sessions, clock } = this.#options;
    const access = await sessions.access(owner);
    await command(access);
    return afterEffect(async () => {
      await book.update(owner, locator, (record) => change(record, clock.now()));
      await this.#publish(owner, access, locator, (latest) => ({
        ...latest,
        accessChanges: latest.accessChanges + 1,
      }));
      return this.#recordedOrBare(owner, locator);
    });
  }

  async #tellRevoked(owner: Owner, access: Access, locator: string): Promise<KnownKey> {
    const { book, clock } = this.#options;
    await book.update(owner, locator, (record) => ({
      ...record,
      revokedAt: record.revokedAt ?? clock.now(),
    }));
    await this.#publish(owner, access, locator, (latest) => ({ ...latest, status: 'REVOKED' }));
    const known = await this.#recordedOrBare(owner, locator);
    return { ...known, status: 'REVOKED' };
  }

  /** What a read has done to a key that is followed: nothing, or used it up. Never costs the reader the key. */
  async #tellRead(owner: Owner, access: Access, locator: string): Promise<void> {
    const { reader, logger } = this.#options;
    try {
      await this.#publish(owner, access, locator, async (latest) => {
        const { status } = await reader.keyState(access, { locator, isOneTime: true, createdAt: null });
        return { ...latest, status };
      });
    } catch (error) {
      logger.warn({ provider: PROVIDER, err: error }, 'what a read did to a key is told by its next poll');
    }
  }

  /** Tells those who follow a key; costs nothing when nobody does. */
  async #publish(
    owner: Owner,
    access: Access,
    locator: string,
    next: (latest: KeyState) => KeyState | Promise<KeyState>,
  ): Promise<void> {
    const { live, kind, book } = this.#options;
    const record = (await book.find(owner, locator)) ?? null;
    const { id, latest: known } = await this.#watchOf(owner, access, locator, record);
    if (!known || known.terminal) return;
    await live.apply(kind, id, async (latest) => next(latest ?? known.state));
  }

  async #recordedOrBare(owner: Owner, locator: string): Promise<KnownKey> {
    const [known] = await this.recorded(owner, [locator]);
    return known ?? { locator, status: null, expiresAt: null, record: null };
  }

  async #join(
    owner: Owner,
    found: readonly { readonly locator: string; readonly record: KeyRecord | undefined }[],
  ): Promise<readonly (KnownKey | null)[]> {
    const { live, kind } = this.#options;
    const watched = found.map(({ locator, record }) =>
      record?.watchedIn
        ? watchId(kind.name, owner, keyOf(owner, { id: record.watchedIn }, locator, record))
        : null,
    );
    const ids = watched.filter((id) => id !== null);
    const events = await live.currentMany<KeyState>(ids);
    const states = new Map(ids.map((id, place) => [id, events[place]?.state]));
    return found.map(({ locator, record }, place) =>
      record ? this.#known(locator, record, states.get(watched[place] ?? '')) : null,
    );
  }

  #known(locator: string, record: KeyRecord, seen: KeyState | undefined): KnownKey {
    const { expiresAt } = record;
    const isOver = expiresAt <= this.#options.clock.now();
    const last = seen?.status ?? 'AVAILABLE';
    const status = record.revokedAt !== null ? 'REVOKED' : last === 'AVAILABLE' && isOver ? 'EXPIRED' : last;
    return { locator, status, expiresAt, record };
  }
}

/** The same key for the same session and record, so that its watch is found again. */
function keyOf(owner: Owner, { id }: Pick<Access, 'id'>, locator: string, record: KeyRecord | null): KeyKey {
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
function expiryOf(record: KeyRecord | null, { expiresAt }: KeyState): number | null {
  if (!record) return expiresAt;
  const agrees = expiresAt === null || Math.abs(record.expiresAt - expiresAt) <= AGREEMENT_MS;
  return agrees ? record.expiresAt : expiresAt;
}
