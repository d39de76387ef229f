import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import { ownerKey } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { PROVIDER } from '../../src/providers/safebox/errors.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';
import { beforehand } from './refusals.js';

/** How long it is remembered, milliseconds: a day and an hour, longer than what has become of a key. */
const BEGUN_MS = 25 * 3_600_000;

const begun = z.object({
  /** `Access.id` it was begun with. */
  session: z.string(),
  ids: z.array(z.string()),
});

/** A command of a caller, once per key. */
export interface KeyedCommand {
  readonly call: SubgraphCall;
  readonly operation: string;
  /** Without one nothing is remembered, as nothing can come again. */
  readonly idempotencyKey: string | null | undefined;
}

/** A command that adds something to a list of the provider's. */
export interface Addition<Item, Sent> {
  readonly list: (access: Access) => Promise<readonly Item[]>;
  readonly add: (access: Access) => Promise<Sent>;
  /** Whether it is what was to be added, by its content. */
  readonly isAdded: (item: Item) => boolean;
  readonly toSent: (item: Item) => Sent;
  /** What the outcome is unknown of. */
  readonly reference: string | undefined;
}

/**
 * What a command with a key will need to find out what has become of it when its answer is lost: written down before
 * anything is sent.
 */
export class Begun {
  readonly #records: SealedRecords<typeof begun>;
  readonly #clock: Clock;

  constructor({ records, vault, clock }: { records: RecordStore; vault: Vault; clock: Clock }) {
    this.#records = new SealedRecords({ records, vault, collection: 'safebox.begun', schema: begun });
    this.#clock = clock;
  }

  async note(command: KeyedCommand, access: Access, ids: readonly string[]): Promise<void> {
    const place = placeOf(command);
    if (!place) return;
    const createdAt = this.#clock.now();
    const times = { createdAt, expiresAt: createdAt + BEGUN_MS };
    await this.#records.put(place.owner, place.id, { session: access.id, ids: [...ids] }, times);
  }

  /**
   * What was noted; undefined when the command has not come so far.
   * @throws ProviderError OUTCOME_UNKNOWN when it was begun in another session, which may see other things
   */
  async recall(command: KeyedCommand, access: Access): Promise<readonly string[] | undefined> {
    const place = placeOf(command);
    const found = place && (await this.#records.get(place.owner, place.id));
    if (found && found.session !== access.id)
      throw new ProviderError('OUTCOME_UNKNOWN', { provider: PROVIDER });
    return found?.ids;
  }

  /** The effect of a command that adds one thing, and how it is found afterwards: among what was not there before. */
  adding<Item extends { readonly id: string }, Sent>(
    command: KeyedCommand,
    { list, add, isAdded, toSent, reference }: Addition<Item, Sent>,
  ): {
    readonly effect: (access: Access) => Promise<Sent>;
    readonly ask: (access: Access) => Promise<{ readonly sent: Sent } | undefined>;
  } {
    return {
      effect: async (access) => {
        if (placeOf(command)) {
          await beforehand(async () => {
            const items = await list(access);
            await this.note(
              command,
              access,
              items.map(({ id }) => id),
            );
          });
        }
        return add(access);
      },
      ask: async (access) => {
        const known = await this.recall(command, access);
        if (!known) return undefined;
        const items = await list(access);
        const found = items.find((item) => !known.includes(item.id) && isAdded(item));
        // It may still be on its way.
        if (!found) throw new ProviderError('OUTCOME_UNKNOWN', { provider: PROVIDER, reference });
        return { sent: toSent(found) };
      },
    };
  }
}

function placeOf({ call, operation, idempotencyKey: key }: KeyedCommand) {
  if (key === null || key === undefined) return undefined;
  return { owner: ownerKey(call.caller), id: `${operation}:${key}` };
}
