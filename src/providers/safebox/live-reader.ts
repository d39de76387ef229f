import type { Reading } from '../../live/watch-kind.js';
import { ProviderError } from '../../provider-error.js';
import type { Access, AccessKey, Credentials } from './access.js';
import { STATE_SECTIONS, toBoxState } from './box-state.js';
import type { BoxState } from './box-state.js';
import type { SafeboxClient } from './client.js';
import type { Inbox, Inboxes } from './inbox.js';

/** Details kept in memory; older ones are read again when they are needed. */
const MAX_DETAILS = 5_000;

/** A credential, or a SafeBox, that is gone for good. */
export type Ended = Extract<Reading<never>, { readonly end: unknown }>;

export interface LiveReaderOptions {
  readonly client: SafeboxClient;
  readonly credentials: Credentials;
  readonly inboxes: Inboxes;
}

/** Reads for those who watch: one list call per account and interval, and one call more per SafeBox that changed. */
export class LiveReader {
  readonly #options: LiveReaderOptions;
  readonly #details = new Map<string, { readonly stamp: string; readonly state: BoxState }>();

  constructor(options: LiveReaderOptions) {
    this.#options = options;
  }

  get pollIntervalMs(): number {
    return this.#options.client.pollIntervalMs;
  }

  /** The list behind a key, or the end of a credential that is no longer good. */
  inbox(key: AccessKey): Promise<Ended | { readonly inbox: Inbox }> {
    return this.#with(key, async (access) => ({ inbox: await this.#options.inboxes.read(access) }));
  }

  /** One SafeBox, with details. */
  box(key: AccessKey, boxId: string): Promise<Reading<BoxState>> {
    return this.#with(key, async (access) => ({ state: await this.boxState(access, boxId) }));
  }

  /** @throws ProviderError NOT_FOUND for a SafeBox that is unknown or somebody else's */
  async boxState(access: Access, boxId: string): Promise<BoxState> {
    const summary = (await this.#options.inboxes.read(access)).get(boxId);
    const place = `${access.id} ${boxId}`;
    const stamp = summary && JSON.stringify(summary);
    const known = this.#details.get(place);
    if (known && known.stamp === stamp) return known.state;
    const state = toBoxState(await this.#options.client.boxes.info(access, boxId, STATE_SECTIONS));
    if (stamp !== undefined) this.#keep(place, stamp, state);
    return state;
  }

  #keep(place: string, stamp: string, state: BoxState): void {
    this.#details.delete(place);
    this.#details.set(place, { stamp, state });
    const [oldest] = this.#details.keys();
    if (this.#details.size > MAX_DETAILS && oldest !== undefined) this.#details.delete(oldest);
  }

  async #with<Answer>(key: AccessKey, read: (access: Access) => Promise<Answer>): Promise<Answer | Ended> {
    const access = await this.#options.credentials.resolve(key);
    if (!access) {
      this.#options.inboxes.forget(key.access);
      return { end: 'CREDENTIAL_EXPIRED' };
    }
    try {
      return await read(access);
    } catch (error) {
      const end = error instanceof ProviderError ? ENDS[error.code] : undefined;
      if (end === undefined) throw error;
      return { end };
    }
  }
}

/** Refusals that will not go away by themselves. */
const ENDS: Readonly<Record<string, Ended['end']>> = {
  CREDENTIAL_EXPIRED: 'CREDENTIAL_EXPIRED',
  PROVIDER_UNAUTHENTICATED: 'CREDENTIAL_EXPIRED',
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'NOT_FOUND',
};
