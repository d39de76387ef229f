import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import type { Logger } from '../../src/log.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import type { Access } from '../../src/providers/xqkeys/access.js';
import type { XqkeysClient } from '../../src/providers/xqkeys/client.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import type { LiveReader } from '../../src/providers/xqkeys/live-reader.js';
import { ProviderError, StoreUnavailableError } from '../../src/provider-error.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { KeepLater } from '../../src/subgraph/keep-later.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';
import type { KeyBook, KeyRecord } from './key-book.js';
import { KeyTurns } from './key-turns.js';
import type { KeyWatches } from './key-watches.js';

/** How long a key that did not open a text can be tried again without being fetched anew, milliseconds. */
export const KEPT_MS = 10 * 60_000;

/** A key as it was fetched. It survives a turn through JSON. */
export interface FetchedKey {
  readonly text: string;
  /** The provider did not have it any more afterwards: this fetch has used it up. */
  readonly isUsedUp: boolean;
}

const keptKey = z.object({ session: z.string(), text: z.string() });

export interface KeyFetchOptions {
  readonly client: XqkeysClient;
  readonly book: KeyBook;
  readonly watches: KeyWatches;
  readonly reader: LiveReader;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly later: KeepLater;
}

/**
 * Keys themselves, fetched with care: a fetch shows in the event log, and uses up a key that is deleted on receipt. What
 * was fetched is shown again only to the session that has fetched it, and only while the key stands.
 */
export class KeyFetch {
  readonly #options: KeyFetchOptions;
  readonly #kept: SealedRecords<typeof keptKey>;
  readonly #turns: KeyTurns;

  constructor(options: KeyFetchOptions) {
    this.#options = options;
    this.#kept = new SealedRecords({ ...options, collection: 'xqkeys.fetched', schema: keptKey });
    this.#turns = new KeyTurns(options);
  }

  /**
   * Fetches a key, unless it is kept, and tries it; one that `open` can do nothing with is kept, for another try. One of
   * several that want it at once fetches it.
   * @throws ProviderError STORE_UNAVAILABLE, nothing done; and whatever the fetch throws
   */
  async opening<Opened>(
    owner: Owner,
    access: Access,
    locator: string,
    open: (text: string) => Promise<Opened | undefined>,
  ): Promise<{ readonly text: string; readonly opened: Opened | undefined }> {
    const { client, later } = this.#options;
    let isBegun = false;
    try {
      return await this.#turns.alone(owner, locator, async () => {
        const kept = await this.#findKept(owner, access, locator);
        isBegun = true;
        const text = kept ?? (await client.keys.fetch(access, locator));
        const opened = await open(text);
        const keep = () => this.#keep(owner, access, locator, text);
        // One that is deleted on receipt is gone at the provider: another try must not need it there.
        if (opened) await this.#forget(owner, locator);
        else await keep().catch(() => later.keep('openWithXqKey', keep));
        return { text, opened };
      });
    } catch (error) {
      if (isBegun || !(error instanceof StoreUnavailableError)) throw error;
      throw new ProviderError('STORE_UNAVAILABLE', { cause: error });
    }
  }

  /**
   * What a fetch did to a key that is followed, and to the key itself. Never costs the reader the key.
   * @param mayBeRepeated the caller may ask for the same again, so it is found out whether this fetch has used it up
   */
  async afterFetch(
    owner: Owner,
    access: Access,
    locator: string,
    text: string,
    mayBeRepeated: boolean,
  ): Promise<FetchedKey> {
    const { book, reader, watches, logger } = this.#options;
    const standing = async () =>
      (await reader.keyState(access, { locator, isOneTime: true, createdAt: null })).status;
    // Where nobody can tell, it counts as used up: then it is not asked for again before it is shown again.
    let isUsedUp = true;
    try {
      isUsedUp = (await book.find(owner, locator))?.isOneTime ?? false;
      if (mayBeRepeated) isUsedUp = (await standing()) === 'CONSUMED';
      await watches.publish(owner, access, locator, async (latest) => ({
        ...latest,
        status: await standing(),
      }));
    } catch (error) {
      logger.warn({ provider: PROVIDER, err: error }, 'what a read did to a key is told by its next poll');
    }
    return { text, isUsedUp };
  }

  /** Whether what was fetched earlier may be shown again: not when the key was revoked, or its time is over. */
  async stands(
    owner: Owner,
    access: Access,
    locator: string,
    { isUsedUp }: Pick<FetchedKey, 'isUsedUp'>,
  ): Promise<boolean> {
    const { book, reader, clock } = this.#options;
    const record = await book.find(owner, locator);
    if (record && hasEnded(record, clock.now())) return false;
    if (isUsedUp) return true;
    const asked = { locator, isOneTime: false, createdAt: record?.createdAt ?? null };
    return (await reader.keyState(access, asked)).status === 'AVAILABLE';
  }

  /** A key that was fetched in this session a moment ago and has not opened its text; undefined otherwise. */
  async #findKept(owner: Owner, { id }: Access, locator: string): Promise<string | undefined> {
    const kept = await this.#kept.get(ownerKey(owner), locator);
    const record = await this.#options.book.find(owner, locator);
    const isOver = record !== undefined && hasEnded(record, this.#options.clock.now());
    return kept?.session === id && !isOver ? kept.text : undefined;
  }

  async #keep(owner: Owner, { id }: Access, locator: string, text: string): Promise<void> {
    const createdAt = this.#options.clock.now();
    const times = { createdAt, expiresAt: createdAt + KEPT_MS };
    await this.#kept.put(ownerKey(owner), locator, { session: id, text }, times);
  }

  /** Where that fails, it is forgotten when its time is over. */
  async #forget(owner: Owner, locator: string): Promise<void> {
    await this.#kept.delete(ownerKey(owner), locator).catch((error: unknown) => {
      this.#options.logger.warn({ provider: PROVIDER, err: error }, 'a fetched key stays kept for a while');
    });
  }
}

function hasEnded(
  { revokedAt, expiresAt }: Pick<KeyRecord, 'revokedAt' | 'expiresAt'>,
  now: number,
): boolean {
  return revokedAt !== null || expiresAt <= now;
}
