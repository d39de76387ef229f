import { z } from 'zod';
import { canonicalJson } from '../live/canonical-json.js';
import type { Begun, Json, WatchEvent, WatchSpec, WatchStore } from '../live/ports.js';
import { StoreUnavailableError } from '../provider-error.js';
import { unreadableRecords } from './sealed-records.js';
import type { UnreadableRecord } from './sealed-records.js';
import { VaultError } from './vault.js';
import type { Vault } from './vault.js';

type NewEvent = Omit<WatchEvent, 'sequence'>;

// Only ever applied to what JSON.parse made of what was sealed here: nothing is left to check.
const json = z.custom<Json>();
const jsons = z.custom<readonly Json[]>();
const sealed = z.strictObject({ sealed: z.string() });

/**
 * The same store, in which what watches know of people lies sealed: by what the provider knows a thing, its states, and
 * what changed. What lies there in clear, as a program of store version 1 has left it, is read as it is.
 * @throws {StoreUnavailableError} from its methods when a watch cannot be opened: its key is no longer in the ring
 */
export function sealedWatches(store: WatchStore, vault: Vault): WatchStore {
  /** How an event that was handed out lies in the store. */
  const lying = new WeakMap<WatchEvent, WatchEvent>();
  const seal = (id: string, value: unknown): Json => ({
    sealed: vault.seal(JSON.stringify(value), placeOf(id)),
  });
  const open = (id: string, value: Json | undefined): unknown => {
    const found = sealed.safeParse(value);
    return found.success ? (JSON.parse(vault.open(found.data.sealed, placeOf(id))) as unknown) : value;
  };

  const sealSpec = (spec: WatchSpec): WatchSpec => ({ ...spec, key: seal(spec.id, spec.key) });
  const openSpec = (spec: WatchSpec): WatchSpec => ({ ...spec, key: json.parse(open(spec.id, spec.key)) });
  const sealEvent = (id: string, event: NewEvent): NewEvent => ({
    ...event,
    state: seal(id, event.state),
    changes: event.changes.length === 0 ? [] : [seal(id, event.changes)],
  });
  const openEvent = (id: string, event: WatchEvent): WatchEvent => {
    const [first] = event.changes;
    const changes = sealed.safeParse(first).success ? jsons.parse(open(id, first)) : event.changes;
    const opened = { ...event, state: json.parse(open(id, event.state)), changes };
    lying.set(opened, event);
    return opened;
  };
  /** The same state lies as the same text, so that the store sees that nothing is new. */
  const sealAfter = (id: string, latest: WatchEvent | undefined, event: NewEvent): NewEvent => {
    const before = latest && lying.get(latest);
    const isSame =
      latest?.terminal === event.terminal && canonicalJson(latest.state) === canonicalJson(event.state);
    return isSame && before ? { ...event, state: before.state, changes: [] } : sealEvent(id, event);
  };
  const openBegun = (id: string, { latest, spec, ...begun }: Begun): Begun => ({
    ...begun,
    spec: openSpec(spec),
    ...(latest && { latest: openEvent(id, latest) }),
  });
  async function* openSpecs(specs: AsyncIterable<WatchSpec>): AsyncIterable<WatchSpec> {
    for await (const spec of specs) {
      const opened = orTold(spec.id, () => openSpec(spec));
      if (opened) yield opened;
    }
  }

  return {
    ensure: (spec, first) => store.ensure(sealSpec(spec), first && sealEvent(spec.id, first)),
    async begin(id) {
      const begun = await store.begin(id);
      return begun && orUnavailable(id, () => openBegun(id, begun));
    },
    async beginTurn(id, forMs) {
      const begun = await store.beginTurn(id, forMs);
      if (!begun || 'heldForMs' in begun) return begun;
      try {
        return orUnavailable(id, () => openBegun(id, begun));
      } catch (error) {
        await store.endTurn(id, begun.fence);
        throw error;
      }
    },
    keepTurn: (id, fence, forMs) => store.keepTurn(id, fence, forMs),
    endTurn: (id, fence) => store.endTurn(id, fence),
    commit: ({ latest, ...commit }) =>
      store.commit({ ...commit, event: sealAfter(commit.id, latest, commit.event) }),
    async read(id, afterSequence) {
      const history = await store.read(id, afterSequence);
      if (!history) return undefined;
      const { spec, latest, since, truncated } = history;
      return orUnavailable(id, () => ({
        spec: openSpec(spec),
        ...(latest && { latest: openEvent(id, latest) }),
        since: since.map((event) => openEvent(id, event)),
        truncated,
      }));
    },
    async readMany(ids) {
      const events = await store.readMany(ids);
      return ids.map((id, place) => {
        const event = events[place];
        return event && orTold(id, () => ({ ...event, state: json.parse(open(id, event.state)) }));
      });
    },
    active: (provider) => openSpecs(store.active(provider)),
    activeOf: (provider, owner) => openSpecs(store.activeOf(provider, owner)),
    activeCount: (provider) => store.activeCount(provider),
    keepInterest: (id, untilMs) => store.keepInterest(id, untilMs),
    interestUntil: (id) => store.interestUntil(id),
    close: () => store.close(),
  };
}

/** The id of a watch is made of its kind, its owner and its key, and no other watch has it. */
function placeOf(id: string): { readonly collection: string; readonly owner: string; readonly id: string } {
  return { collection: 'watch', owner: '', id };
}

/** Undefined, and told, when it cannot be opened. */
function orTold<Opened>(id: string, open: () => Opened): Opened | undefined {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    const unreadable = { collection: 'watch', id, reason: 'cannot be opened' } as const;
    unreadableRecords.publish(unreadable satisfies UnreadableRecord);
    return undefined;
  }
}

/** @throws {StoreUnavailableError} when it cannot be opened, which is told too */
function orUnavailable<Opened extends object>(id: string, open: () => Opened): Opened {
  const opened = orTold(id, open);
  if (!opened) throw new StoreUnavailableError(new VaultError());
  return opened;
}
