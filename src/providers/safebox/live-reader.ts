import type { Clock } from '../../clock.js';
import type { Reading } from '../../live/watch-kind.js';
import { ProviderError } from '../../provider-error.js';
import { withSession } from '../kit/with-session.js';
import type { SessionKey, SessionSource } from '../kit/with-session.js';
import type { Access } from './access.js';
import { STATE_SECTIONS, toBoxState } from './box-state.js';
import type { BoxState } from './box-state.js';
import type { SafeboxClient } from './client.js';
import type { Inbox, Inboxes } from './inbox.js';

/** Details kept in memory; older ones are read again when they are needed. */
const MAX_DETAILS = 5_000;

/** Some things happen without a trace in the list, such as a bounce: details are read again after so long, milliseconds. */
export const DETAILS_MS = 5 * 60_000;

/** A credential, or a SafeBox, that is gone for good. */
export type Ended = Extract<Reading<never>, { readonly end: unknown }>;

export interface LiveReaderOptions {
  readonly client: SafeboxClient;
  readonly sessions: SessionSource<Access>;
  readonly inboxes: Inboxes;
  readonly clock: Clock;
}

interface Details {
  /** Of the list when they were read: when it has changed, so may they have. */
  readonly stamp: string;
  readonly readAt: number;
  readonly state: BoxState;
}

/** Reads for those who watch: one list call per account and interval, and one call more per SafeBox that changed. */
export class LiveReader {
  readonly #options: LiveReaderOptions;
  readonly #details = new Map<string, Details>();

  constructor(options: LiveReaderOptions) {
    this.#options = options;
  }

  /** The list behind a key, or the end of a credential that is no longer good. */
  inbox(key: SessionKey): Promise<Ended | { readonly inbox: Inbox }> {
    return this.#with(key, async (access) => ({ inbox: await this.#options.inboxes.read(access) }));
  }

  /** One SafeBox, with details. */
  box(key: SessionKey, boxId: string): Promise<Reading<BoxState>> {
    return this.#with(key, async (access) => ({ state: await this.boxState(access, boxId) }));
  }

  /** @throws ProviderError NOT_FOUND for a SafeBox that is unknown or somebody else's */
  async boxState(access: Access, boxId: string): Promise<BoxState> {
    const { client, inboxes, clock } = this.#options;
    const summary = (await inboxes.read(access)).get(boxId);
    const place = `${access.id} ${boxId}`;
    const stamp = summary && JSON.stringify(summary);
    const readAt = clock.now();
    const known = this.#details.get(place);
    if (known && known.stamp === stamp && readAt - known.readAt < DETAILS_MS) return known.state;
    const state = toBoxState(await client.boxes.info(access, boxId, STATE_SECTIONS));
    if (stamp !== undefined) this.#keep(place, { stamp, readAt, state });
    return state;
  }

  #keep(place: string, details: Details): void {
    this.#details.delete(place);
    this.#details.set(place, details);
    const [oldest] = this.#details.keys();
    if (this.#details.size > MAX_DETAILS && oldest !== undefined) this.#details.delete(oldest);
  }

  async #with<Answer extends object>(
    key: SessionKey,
    read: (access: Access) => Promise<Answer>,
  ): Promise<Answer | Ended> {
    const answer = await withSession(this.#options.sessions, key, (access) =>
      read(access).catch((error: unknown): Ended => {
        const end = error instanceof ProviderError ? ENDS[error.code] : undefined;
        if (end === undefined) throw error;
        return { end };
      }),
    );
    if ('end' in answer && answer.end === 'CREDENTIAL_EXPIRED') this.#options.inboxes.forget(key.session);
    return answer;
  }
}

/** Refusals that will not go away by themselves; the end of a session is known to whoever holds it. */
const ENDS: Readonly<Record<string, Ended['end']>> = {
  PROVIDER_UNAUTHENTICATED: 'CREDENTIAL_EXPIRED',
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'NOT_FOUND',
};
