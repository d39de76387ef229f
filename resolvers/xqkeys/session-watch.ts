import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { Owner } from '../../src/owner.js';
import type { LiveReader } from '../../src/providers/xqkeys/live-reader.js';
import { sessionWatch, statusAt } from '../../src/providers/xqkeys/session-watch.js';
import type { SessionChange, SessionState } from '../../src/providers/xqkeys/session-watch.js';
import type { Sessions } from './sessions.js';

/** The events of a session. */
export type SessionEvent = HubEvent<SessionState, SessionChange>;

export interface SessionWatchOptions {
  readonly sessions: Sessions;
  readonly live: Live;
  readonly reader: LiveReader;
  readonly clock: Clock;
  readonly pollIntervalMs: number;
  /** Whose watches they are; undefined: everybody's. */
  readonly tenant: string | undefined;
}

/** Sessions as they are followed. */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #kind;

  constructor(options: SessionWatchOptions) {
    this.#options = options;
    this.#kind = sessionWatch(options);
    options.live.register(this.#kind, options.reader, options.tenant);
  }

  /** @throws ProviderError SIGN_IN_REQUIRED, CREDENTIAL_EXPIRED */
  async follow(
    owner: Owner,
    after: string | undefined,
  ): Promise<{ readonly id: string; readonly events: AsyncIterableIterator<SessionEvent> }> {
    const { sessions, live, clock } = this.#options;
    const session = await sessions.of(owner);
    const { id, expiresAt } = session;
    const spec = await live.watch({
      kind: this.#kind,
      owner,
      key: { ...sessions.keyOf(owner, session), expiresAt },
      deadlineAt: expiresAt,
      onlyWhileSubscribed: true,
      first: { state: { status: statusAt(clock.now(), expiresAt), expiresAt }, source: 'POLL' },
    });
    return { id, events: await live.subscribe<SessionState, SessionChange>(spec.id, { after }) };
  }
}
