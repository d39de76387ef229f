import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Clock } from '../clock.js';
import type { Live } from '../live/engine.js';
import type { HubEvent } from '../live/event-reader.js';
import type { Json } from '../live/ports.js';
import type { WatchKind } from '../live/watch-kind.js';
import { ownerKey } from '../owner.js';
import type { Owner } from '../owner.js';
import { ProviderError } from '../provider-error.js';
import type { RecordStore } from '../store/record-store.js';
import { SealedRecords } from '../vault/sealed-records.js';
import type { Vault } from '../vault/vault.js';
import type { PageArguments } from './list-cursors.js';
import { pageOfRecords } from './record-page.js';
import type { RecordPage } from './record-page.js';

export interface TrackedOptions<Key extends Json, State extends Json, Schema extends z.ZodType> {
  /** How such a thing is watched. */
  readonly kind: WatchKind<Key, State, never>;
  /** What the provider does not say again and its maker may see again: kept sealed. */
  readonly schema: Schema;
  /** What the provider knows it by. */
  readonly keyOf: (id: string, value: z.output<Schema>) => Key;
  /** When nothing can change any more at the latest, milliseconds since the epoch. */
  readonly deadlineOf: (value: z.output<Schema>) => number;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly live: Live;
  readonly clock: Clock;
  /** How long a thing is remembered after its end, milliseconds. */
  readonly retentionMs: number;
}

/** One thing of its maker, as last observed. */
export interface TrackedThing<Value, State> {
  readonly id: string;
  readonly value: Value;
  readonly state: State;
  /** Nothing changes any more. */
  readonly isEnded: boolean;
}

/**
 * The things of one sort that callers have made at a provider: what was sent is kept sealed under its maker, where it
 * stands is watched. Somebody else's look as if they did not exist. Only `apply` calls the provider.
 */
export class Tracked<Key extends Json, State extends Json, Change extends Json, Schema extends z.ZodType> {
  readonly #options: TrackedOptions<Key, State, Schema>;
  readonly #sealed: SealedRecords<Schema>;

  constructor(options: TrackedOptions<Key, State, Schema>) {
    this.#options = options;
    this.#sealed = new SealedRecords({ ...options, collection: options.kind.name });
  }

  /**
   * Keeps what was made and watches it from now on. Keeping it again changes nothing.
   * @throws ProviderError PROVIDER_PROTOCOL when something else has this id already
   */
  async keep(
    owner: Owner,
    id: string,
    value: z.output<Schema>,
    state: State,
  ): Promise<TrackedThing<z.output<Schema>, State>> {
    const { kind, live, clock, deadlineOf, keyOf, retentionMs } = this.#options;
    const deadlineAt = deadlineOf(value);
    const times = { createdAt: clock.now(), expiresAt: deadlineAt + retentionMs };
    if (!(await this.#sealed.insert(ownerKey(owner), id, value, times)))
      await this.#requireSame(owner, id, value);
    const first = { state, source: 'COMMAND' as const };
    await live.watch({ kind, owner, key: keyOf(id, value), deadlineAt, first });
    return { id, value, state, isEnded: kind.isTerminal(state) };
  }

  /** One by id; undefined when it is unknown or somebody else's. */
  async find(owner: Owner, id: string): Promise<TrackedThing<z.output<Schema>, State> | undefined> {
    const [found] = await this.findMany(owner, [id]);
    return found;
  }

  /** @throws ProviderError NOT_FOUND naming `field`, when it is unknown or somebody else's */
  async require(owner: Owner, id: string, field = 'id'): Promise<TrackedThing<z.output<Schema>, State>> {
    const found = await this.find(owner, id);
    if (!found) throw new ProviderError('NOT_FOUND', { path: [field] });
    return found;
  }

  /** Several by id, in order. */
  async findMany(
    owner: Owner,
    ids: readonly string[],
  ): Promise<readonly (TrackedThing<z.output<Schema>, State> | undefined)[]> {
    const values = await this.#sealed.getMany(ownerKey(owner), ids);
    return this.#join(
      owner,
      ids.map((id, place) => ({ id, value: values[place] })),
    );
  }

  /**
   * One page of an owner's things, newest first, of those that `toNode` keeps (it answers null for the others).
   * `filter` says by what it goes.
   * @throws ProviderError INVALID_INPUT for a page size out of range or a cursor that is none
   */
  page<Node>(
    owner: Owner,
    list: PageArguments & { readonly filter: Json },
    toNode: (thing: TrackedThing<z.output<Schema>, State>) => Node | null,
  ): Promise<RecordPage<Node>> {
    const { records, kind } = this.#options;
    const place = { ...list, collection: kind.name, owner: ownerKey(owner) };
    return pageOfRecords(records, place, async (batch) => {
      const things = await this.#join(
        owner,
        batch.map((record) => ({ id: record.id, value: this.#sealed.read(record) })),
      );
      return things.map((thing) => (thing ? toNode(thing) : null));
    });
  }

  /**
   * Runs a command, or a read, about one of them, and tells everybody who follows it what it answered.
   * @throws ProviderError NOT_FOUND naming `field`, and whatever `work` throws
   */
  async apply(
    owner: Owner,
    id: string,
    work: (value: z.output<Schema>) => Promise<State>,
    field = 'id',
  ): Promise<TrackedThing<z.output<Schema>, State>> {
    const { value } = await this.require(owner, id, field);
    const { kind, live, keyOf } = this.#options;
    const state = await live.apply(kind, live.idOf(kind, owner, keyOf(id, value)), () => work(value));
    return { id, value, state, isEnded: kind.isTerminal(state) };
  }

  /**
   * Its life: the current state at once, or everything behind the cursor `after`; then every change.
   * @throws ProviderError NOT_FOUND naming `field`
   */
  async follow(
    owner: Owner,
    id: string,
    after: string | undefined,
    field = 'id',
  ): Promise<{
    readonly value: z.output<Schema>;
    readonly events: AsyncIterableIterator<HubEvent<State, Change>>;
  }> {
    const { kind, live, keyOf } = this.#options;
    const { value } = await this.require(owner, id, field);
    const events = await live.subscribe<State, Change>(live.idOf(kind, owner, keyOf(id, value)), {
      after,
    });
    return { value, events };
  }

  async #requireSame(owner: Owner, id: string, value: z.output<Schema>): Promise<void> {
    if (isDeepStrictEqual(await this.#sealed.get(ownerKey(owner), id), value)) return;
    throw new ProviderError('PROVIDER_PROTOCOL', {
      provider: this.#options.kind.provider,
      cause: new Error('what was made has the id of something else'),
    });
  }

  async #join(
    owner: Owner,
    found: readonly { readonly id: string; readonly value: z.output<Schema> | undefined }[],
  ): Promise<readonly (TrackedThing<z.output<Schema>, State> | undefined)[]> {
    const { kind, live, keyOf } = this.#options;
    const present = found.flatMap(({ id, value }) => (value === undefined ? [] : [{ id, value }]));
    const latest = await live.currentMany<State>(
      present.map(({ id, value }) => live.idOf(kind, owner, keyOf(id, value))),
    );
    const things = new Map(
      present.map(({ id, value }, place) => {
        const event = latest[place];
        return [id, event && { id, value, state: event.state, isEnded: event.terminal }];
      }),
    );
    return found.map(({ id }) => things.get(id));
  }
}
