import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { WatchKind } from '../../src/live/watch-kind.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { SessionKey } from '../../src/providers/kit/with-session.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { toBoxState } from '../../src/providers/safebox/box-state.js';
import type { BoxState } from '../../src/providers/safebox/box-state.js';
import { boxWatch } from '../../src/providers/safebox/box-watch.js';
import type { BoxKey } from '../../src/providers/safebox/box-watch.js';
import type { BoxInfo } from '../../src/providers/safebox/boxes.js';
import type { BoxChange } from '../../src/providers/safebox/changes.js';
import type { Inboxes } from '../../src/providers/safebox/inbox.js';
import { inboxWatch, toInboxState } from '../../src/providers/safebox/inbox-watch.js';
import type { InboxState } from '../../src/providers/safebox/inbox-watch.js';
import type { LiveReader } from '../../src/providers/safebox/live-reader.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { Accesses } from './accesses.js';
import { isInvisible } from './refusals.js';

export interface BoxWatchesOptions {
  readonly accesses: Accesses;
  readonly live: Live;
  readonly reader: LiveReader;
  readonly inboxes: Inboxes;
  readonly pollIntervalMs: number;
  /** Whose watches they are; undefined: everybody's. */
  readonly tenant: string | undefined;
}

/** Ids of the watches of one SafeBox that there are. */
export interface Followed {
  readonly box?: string;
  readonly inbox?: string;
}

type Events<State extends BoxState | InboxState> = AsyncIterableIterator<HubEvent<State, BoxChange>>;

/** Following SafeBoxes and inboxes, and telling those who do what a change has made of them. */
export class BoxWatches {
  readonly #options: BoxWatchesOptions;
  readonly #box: WatchKind<BoxKey, BoxState, LiveReader>;
  readonly #inbox: WatchKind<SessionKey, InboxState, LiveReader>;

  constructor(options: BoxWatchesOptions) {
    const { live, reader, pollIntervalMs, tenant } = options;
    this.#options = options;
    this.#box = boxWatch(pollIntervalMs);
    this.#inbox = inboxWatch(pollIntervalMs);
    live.register(this.#box, reader, tenant);
    live.register(this.#inbox, reader, tenant);
  }

  /** @throws ProviderError NOT_FOUND when it is unknown or somebody else's */
  async follow(
    call: SubgraphCall,
    id: string,
    after: string | undefined,
  ): Promise<{ access: Access; events: Events<BoxState> }> {
    const { accesses, live, reader } = this.#options;
    const access = await accesses.of(call);
    const state = await reader.boxState(access, id).catch((error: unknown) => {
      throw isInvisible(error) ? new ProviderError('NOT_FOUND', { path: ['id'] }) : error;
    });
    const spec = await live.watch({
      kind: this.#box,
      owner: call.caller,
      key: { ...accesses.keyOf(call.caller, access), box: id },
      onlyWhileSubscribed: true,
      first: { state, source: 'POLL' },
    });
    return { access, events: await live.subscribe<BoxState, BoxChange>(spec.id, { after }) };
  }

  async followInbox(call: SubgraphCall, after: string | undefined): Promise<Events<InboxState>> {
    const { accesses, live, inboxes } = this.#options;
    const access = await accesses.of(call);
    const spec = await live.watch({
      kind: this.#inbox,
      owner: call.caller,
      key: accesses.keyOf(call.caller, access),
      onlyWhileSubscribed: true,
      first: { state: toInboxState(await inboxes.read(access)), source: 'POLL' },
    });
    return live.subscribe<InboxState, BoxChange>(spec.id, { after });
  }

  /** What is followed of a SafeBox that has been changed: whatever is known of it is read anew from now on. */
  async changed(owner: Owner, access: Access, id: string): Promise<Followed> {
    const { live, accesses, inboxes } = this.#options;
    inboxes.expire(access);
    const key = accesses.keyOf(owner, access);
    await live.outdate(this.#box, owner, { ...key, box: id });
    await live.outdate(this.#inbox, owner, key);
    const boxWatchId = live.idOf(this.#box, owner, { ...key, box: id });
    const inboxWatchId = live.idOf(this.#inbox, owner, key);
    const [box, inbox] = await live.currentMany([boxWatchId, inboxWatchId]);
    return { ...(box && { box: boxWatchId }), ...(inbox && { inbox: inboxWatchId }) };
  }

  /** @param info as it is now; with the sections of a state when the SafeBox itself is followed */
  async tell({ box, inbox }: Followed, info: BoxInfo): Promise<void> {
    const { live } = this.#options;
    if (box !== undefined) await live.apply(this.#box, box, async () => toBoxState(info));
    if (inbox !== undefined) {
      const changed = toInboxState(new Map([[info.id, info]]));
      await live.apply(this.#inbox, inbox, async (latest) => {
        const { [info.id]: _before, ...others } = latest?.boxes ?? {};
        return { boxes: { ...others, ...changed.boxes } };
      });
    }
  }
}
