import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import { ownerKey } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import { isWhole } from '../../src/providers/kit/odd-parts.js';
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
  /** What was there as soon as the call had ended; undefined where nobody could see. */
  seen: z.array(z.string()).optional(),
});
type Noted = Omit<z.infer<typeof begun>, 'session'>;

const claim = z.object({ by: z.string() });
/** Whose thing it is has nothing to do with who may see it. */
const CLAIMED = 'everybody';

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
  /** There cannot be two of the same content, so one that is new is this one. Default false. */
  readonly isUnique?: boolean;
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
  readonly #claims: SealedRecords<typeof claim>;
  readonly #clock: Clock;
  /** What is added to one thing by this process is added one after the other: so it is known what was there before. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor({ records, vault, clock }: { records: RecordStore; vault: Vault; clock: Clock }) {
    this.#records = new SealedRecords({ records, vault, collection: 'safebox.begun', schema: begun });
    this.#claims = new SealedRecords({ records, vault, collection: 'safebox.claimed', schema: claim });
    this.#clock = clock;
  }

  async note(command: KeyedCommand, access: Access, noted: Noted): Promise<void> {
    const place = placeOf(command);
    if (place)
      await this.#records.put(place.owner, place.id, { session: access.id, ...noted }, this.#times());
  }

  /**
   * What was noted; undefined when the command has not come so far.
   * @throws ProviderError OUTCOME_UNKNOWN when it was begun in another session, which may see other things
   */
  async recall(command: KeyedCommand, access: Access): Promise<Noted | undefined> {
    const place = placeOf(command);
    const found = place && (await this.#records.get(place.owner, place.id));
    if (found && found.session !== access.id)
      throw new ProviderError('OUTCOME_UNKNOWN', { provider: PROVIDER });
    return found;
  }

  /** The effect of a command that adds one thing, and how it is found afterwards: among what was not there before. */
  adding<Item extends { readonly id: string }, Sent>(
    command: KeyedCommand,
    { list, add, isAdded, isUnique = false, toSent, reference }: Addition<Item, Sent>,
  ): {
    readonly effect: (access: Access) => Promise<Sent>;
    readonly ask: (access: Access) => Promise<{ readonly sent: Sent } | undefined>;
  } {
    const idsIn = async (access: Access): Promise<string[]> => (await list(access)).map(({ id }) => id);
    return {
      effect: (access) =>
        this.#alone(reference ?? access.id, async () => {
          if (!placeOf(command)) return add(access);
          const ids = await beforehand(async () => {
            const before = await idsIn(access);
            await this.note(command, access, { ids: before });
            return before;
          });
          try {
            return await add(access);
          } finally {
            // Only what is there now can be what was added: the same may be added by somebody else later.
            await idsIn(access)
              .then((seen) => this.note(command, access, { ids, seen }))
              .catch(() => undefined);
          }
        }),
      ask: async (access) => {
        const known = await this.recall(command, access);
        if (!known) return undefined;
        const { ids, seen } = known;
        const listed = await list(access);
        const found = listed.filter(
          (item) => !ids.includes(item.id) && (isUnique || seen?.includes(item.id)) && isAdded(item),
        );
        const [only] = found;
        // It may still be on its way, and of several it cannot be told which it is.
        if (!only || found.length > 1 || !isWhole(listed) || !(await this.#claim(only.id, command)))
          throw new ProviderError('OUTCOME_UNKNOWN', { provider: PROVIDER, reference });
        return { sent: toSent(only) };
      },
    };
  }

  /** Whether the thing is that of this command: it is nobody else's. */
  async #claim(id: string, command: KeyedCommand): Promise<boolean> {
    const by = JSON.stringify(placeOf(command));
    if (await this.#claims.insert(CLAIMED, id, { by }, this.#times())) return true;
    return (await this.#claims.get(CLAIMED, id))?.by === by;
  }

  async #alone<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
    const running = (this.#underWay.get(place) ?? Promise.resolve()).then(work, work);
    this.#underWay.set(place, running);
    try {
      return await running;
    } finally {
      if (this.#underWay.get(place) === running) this.#underWay.delete(place);
    }
  }

  #times(): { readonly createdAt: number; readonly expiresAt: number } {
    const createdAt = this.#clock.now();
    return { createdAt, expiresAt: createdAt + BEGUN_MS };
  }
}

function placeOf({ call, operation, idempotencyKey: key }: KeyedCommand) {
  if (key === null || key === undefined) return undefined;
  return { owner: ownerKey(call.caller), id: `${operation}:${key}` };
}
