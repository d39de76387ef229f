import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { Logger } from '../../src/log.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { VipClient } from '../../src/providers/vipidentity/client.js';
import type { UserInfo } from '../../src/providers/vipidentity/model.js';
import { checkTexts, RULES } from '../../src/providers/vipidentity/rules.js';
import { userWatch } from '../../src/providers/vipidentity/user-watch.js';
import type { UserChange, UserKey, UserState } from '../../src/providers/vipidentity/user-watch.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { UserRef } from './user-ref.js';

export interface UserServiceOptions {
  readonly client: VipClient;
  readonly live: Live;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** After this time a watch ends and whoever still looks begins a new one: what nobody looks at is not kept for good. */
const WATCHED_MS = 24 * 3_600_000;

/** The users of the VIP account, read when asked for and watched while somebody looks. */
export class UserService {
  readonly #options: UserServiceOptions;

  constructor(options: UserServiceOptions) {
    this.#options = options;
  }

  /**
   * One user; null when there is none.
   * @param selected paths of the fields that were asked for, which decide what the provider is asked for
   */
  async find(
    ref: UserRef,
    selected: ReadonlySet<string>,
    { requestId }: SubgraphCall,
  ): Promise<UserInfo | null> {
    const { userId, onBehalfOfAccountId } = ref;
    const details = {
      rememberedDevices: selected.has('credentials') || selected.has('bindingCount'),
      pushAttributes: selected.has('credentials.pushAttributes') || selected.has('credentials.isPushEnabled'),
      tokenInfo: selected.has('credentials.token') || selected.has('credentials.tokenCategory'),
    };
    try {
      return await this.#options.client.getUser(userId, details, { requestId, onBehalfOfAccountId });
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  /**
   * Everything that changes about a user, while somebody listens, for a day at the most.
   * @throws ProviderError INVALID_INPUT for names that nobody can have
   */
  async subscribe(
    ref: UserRef,
    owner: Owner,
    after: string | undefined,
  ): Promise<AsyncIterableIterator<HubEvent<UserState, UserChange>>> {
    const { live, clock } = this.#options;
    checkTexts(
      ['userId', ref.userId, RULES.userId],
      ['onBehalfOfAccountId', ref.onBehalfOfAccountId, RULES.accountId],
    );
    const spec = await live.watch({
      kind: userWatch,
      owner,
      key: await this.#currentKey(ref, owner),
      deadlineAt: clock.now() + WATCHED_MS,
      onlyWhileSubscribed: true,
    });
    // One that has ended as not found goes on, should the user be there again.
    if ((await live.current(spec.id))?.endReason === 'NOT_FOUND') await live.refresh(spec.id);
    return live.subscribe<UserState, UserChange>(spec.id, { after });
  }

  /** Tells those who watch a user of a change made here; it has happened, so nothing that fails here matters to it. */
  async tell(ref: UserRef, { caller, requestId }: SubgraphCall): Promise<null> {
    const { live, client, logger } = this.#options;
    const { userId, onBehalfOfAccountId } = ref;
    try {
      const key = await this.#currentKey(ref, caller);
      await live.outdate(userWatch, caller, key);
      const id = live.idOf(userWatch, caller, key);
      if ((await live.current(id)) === undefined) return null;
      try {
        await live.apply<UserState>(userWatch, id, () =>
          client.getUser(userId, {}, { requestId, onBehalfOfAccountId }),
        );
      } catch (error) {
        if (!(error instanceof ProviderError) || error.code !== 'NOT_FOUND') throw error;
        await live.hasten(userWatch.provider, ownerKey(caller), (spec) => spec.id === id);
      }
    } catch (error) {
      logger.warn(
        { provider: 'vipidentity', err: error },
        'a changed user could not be read; the next poll tells',
      );
    }
    return null;
  }

  /** The key of the watch that goes on: after the time of one is over, another follows. */
  async #currentKey({ userId, onBehalfOfAccountId }: UserRef, owner: Owner): Promise<UserKey> {
    const key = { userId: userId.toLowerCase(), onBehalfOfAccountId };
    const { live } = this.#options;
    for (let endedBefore = 0; ;) {
      const latest = await live.current(live.idOf(userWatch, owner, { ...key, endedBefore }));
      if (!latest?.terminal || latest.endReason === 'NOT_FOUND') return { ...key, endedBefore };
      endedBefore = latest.observedAt;
    }
  }
}
