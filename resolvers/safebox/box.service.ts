import { z } from 'zod';
import type { Caller } from '../../src/auth/caller.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import { watchId } from '../../src/live/watch-id.js';
import type { WatchKind } from '../../src/live/watch-kind.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { STATE_SECTIONS, toBoxState } from '../../src/providers/safebox/box-state.js';
import type { BoxState } from '../../src/providers/safebox/box-state.js';
import type { BoxKey } from '../../src/providers/safebox/box-watch.js';
import type { BoxInfo } from '../../src/providers/safebox/boxes.js';
import type { BoxChange } from '../../src/providers/safebox/changes.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import { PROVIDER } from '../../src/providers/safebox/errors.js';
import type { Inboxes } from '../../src/providers/safebox/inbox.js';
import { toInboxState } from '../../src/providers/safebox/inbox-watch.js';
import type { InboxState } from '../../src/providers/safebox/inbox-watch.js';
import type { LiveReader } from '../../src/providers/safebox/live-reader.js';
import type { AccessKey } from '../../src/providers/safebox/access.js';
import type { Section } from '../../src/providers/safebox/wire/box.js';
import type { AccessService } from './access.service.js';
import { BoxSections } from './box-sections.js';
import { SafeBox } from './box.type.js';

export interface BoxServiceOptions {
  readonly client: SafeboxClient;
  readonly accesses: AccessService;
  readonly live: Live;
  readonly reader: LiveReader;
  readonly inboxes: Inboxes;
  readonly boxKind: WatchKind<BoxKey, BoxState, LiveReader>;
  readonly inboxKind: WatchKind<AccessKey, InboxState, LiveReader>;
}

/** Entries of one list call at the most (dossier op 33). */
const MAX_PAGE = 1_000;

const accessKey = z.object({ owner: z.string(), access: z.string() });

/** Ids of watches. */
interface Followed {
  readonly box?: string;
  readonly inbox?: string;
}

type Events<State extends BoxState | InboxState> = AsyncIterableIterator<HubEvent<State, BoxChange>>;

/** SafeBoxes as a caller sees them, changed and followed. */
export class BoxService {
  readonly #options: BoxServiceOptions;

  constructor(options: BoxServiceOptions) {
    this.#options = options;
  }

  /** One SafeBox with these sections, in one call; null when it is unknown or somebody else's. */
  async find(caller: Caller, id: string, wanted: readonly Section[]): Promise<SafeBox | null> {
    const access = await this.#options.accesses.of(caller);
    try {
      return this.#toBox(access, await this.#info(access, id, wanted));
    } catch (error) {
      if (isInvisible(error)) return null;
      throw error;
    }
  }

  /** SafeBoxes in the order of `ids`: each in one call, or all of them in one when only their summaries are wanted. */
  async findMany(
    caller: Caller,
    ids: readonly string[],
    wanted: readonly Section[],
  ): Promise<(SafeBox | null)[]> {
    const listed = new Map<string, SafeBox>();
    if (wanted.length === 0 && ids.length > 1) {
      const access = await this.#options.accesses.of(caller);
      const { boxes } = await this.#options.client.boxes.list(access, {}, MAX_PAGE, 1);
      for (const box of boxes) listed.set(box.id, this.#toBox(access, box));
    }
    return Promise.all(ids.map(async (id) => listed.get(id) ?? this.find(caller, id, wanted)));
  }

  /** Ends at once what is followed with a credential that the owner has no more. */
  async endFollowing({ owner, access }: AccessKey): Promise<void> {
    this.#options.inboxes.forget(access);
    await this.#options.live.hasten(PROVIDER, owner, ({ key }) => {
      const followed = accessKey.safeParse(key).data;
      return followed?.owner === owner && followed.access === access;
    });
  }

  /** A SafeBox as last observed; its sections are read when they are asked for. */
  observed(access: Access, state: BoxState): SafeBox {
    return this.#toBox(access, state.summary);
  }

  /**
   * Changes a SafeBox and tells everybody who follows it.
   * @returns the SafeBox as it stands then; null when that could not be read, although the change was made
   * @throws ProviderError NOT_FOUND when it is unknown or somebody else's
   */
  async change(
    caller: Caller,
    id: string,
    wanted: readonly Section[],
    work: (access: Access) => Promise<unknown>,
  ): Promise<SafeBox | null> {
    const access = await this.#options.accesses.of(caller);
    await this.guarded(access, id, () => work(access));
    return this.tell(caller, access, id, wanted);
  }

  /** Reads a SafeBox after a change, for the answer and for those who follow it. */
  async tell(
    caller: Caller,
    access: Access,
    id: string,
    wanted: readonly Section[],
  ): Promise<SafeBox | null> {
    const followed = await this.#followed(caller, access, id);
    return this.#settled(async () => {
      const info = await this.#info(
        access,
        id,
        followed.box ? [...new Set([...wanted, ...STATE_SECTIONS])] : wanted,
      );
      await this.#publish(followed, info);
      return this.#toBox(access, info);
    });
  }

  /** The same when the answer does not hold the SafeBox: costs nothing when nobody follows it. */
  async tellFollowers(caller: Caller, access: Access, id: string): Promise<void> {
    const followed = await this.#followed(caller, access, id);
    if (!followed.box && !followed.inbox) return;
    await this.#settled(async () => this.#publish(followed, await this.#info(access, id, STATE_SECTIONS)));
  }

  /** Runs a change; a refusal for a SafeBox that the caller cannot even see is NOT_FOUND. */
  async guarded<Result>(access: Access, id: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProviderError) || error.code !== 'FORBIDDEN') throw error;
      const isVisible = await this.#options.client.boxes.section(access, id, 'securityOptions').then(
        () => true,
        () => false,
      );
      throw isVisible ? error : new ProviderError('NOT_FOUND', { provider: 'safebox', path: ['id'] });
    }
  }

  /** @throws ProviderError NOT_FOUND when it is unknown or somebody else's */
  async follow(
    caller: Caller,
    id: string,
    after: string | undefined,
  ): Promise<{ access: Access; events: Events<BoxState> }> {
    const { accesses, live, reader, boxKind } = this.#options;
    const access = await accesses.of(caller);
    const state = await reader.boxState(access, id).catch((error: unknown) => {
      throw isInvisible(error) ? new ProviderError('NOT_FOUND', { path: ['id'] }) : error;
    });
    const spec = await live.watch({
      kind: boxKind,
      owner: caller,
      key: { ...accesses.keyOf(caller, access), box: id },
      onlyWhileSubscribed: true,
      first: { state, source: 'POLL' },
    });
    return { access, events: await live.subscribe<BoxState, BoxChange>(spec.id, { after }) };
  }

  async followInbox(
    caller: Caller,
    after: string | undefined,
  ): Promise<{ access: Access; events: Events<InboxState> }> {
    const { accesses, live, inboxes, inboxKind } = this.#options;
    const access = await accesses.of(caller);
    const spec = await live.watch({
      kind: inboxKind,
      owner: caller,
      key: accesses.keyOf(caller, access),
      onlyWhileSubscribed: true,
      first: { state: toInboxState(await inboxes.read(access)), source: 'POLL' },
    });
    return { access, events: await live.subscribe<InboxState, BoxChange>(spec.id, { after }) };
  }

  /** The watches of this SafeBox that there are. */
  async #followed(caller: Caller, access: Access, id: string): Promise<Followed> {
    const { live, accesses, inboxes, boxKind, inboxKind } = this.#options;
    inboxes.expire(access);
    const key = accesses.keyOf(caller, access);
    const boxWatchId = watchId(boxKind.name, caller, { ...key, box: id });
    const inboxWatchId = watchId(inboxKind.name, caller, key);
    const [box, inbox] = await live.currentMany([boxWatchId, inboxWatchId]);
    return { ...(box && { box: boxWatchId }), ...(inbox && { inbox: inboxWatchId }) };
  }

  async #publish({ box, inbox }: Followed, info: BoxInfo): Promise<void> {
    const { live, boxKind, inboxKind } = this.#options;
    if (box !== undefined) await live.apply(boxKind, box, async () => toBoxState(info));
    if (inbox !== undefined) {
      const changed = toInboxState(new Map([[info.id, info]]));
      await live.apply(inboxKind, inbox, async (latest) => {
        const { [info.id]: _before, ...others } = latest?.boxes ?? {};
        return { boxes: { ...others, ...changed.boxes } };
      });
    }
  }

  /** Null in place of a failure: the change before it has happened, and must not look as if it had not. */
  async #settled<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProviderError) return null;
      throw error;
    }
  }

  #info(access: Access, id: string, wanted: readonly Section[]): Promise<BoxInfo> {
    // There is no call for the summary alone, so the smallest section comes with it.
    return this.#options.client.boxes.info(access, id, wanted.length > 0 ? wanted : ['securityOptions']);
  }

  #toBox(access: Access, info: BoxInfo): SafeBox {
    return new SafeBox(info, new BoxSections(this.#options.client.boxes, access, info.id, info));
  }
}

/** What the provider says of a SafeBox that is unknown, and of one that is somebody else's. */
export function isInvisible(error: unknown): boolean {
  return error instanceof ProviderError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN');
}
