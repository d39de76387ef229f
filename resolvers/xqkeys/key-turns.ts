import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/clock.js';
import { ownerKey } from '../../src/owner.js';
import type { Owner } from '../../src/owner.js';
import type { RecordStore } from '../../src/store/record-store.js';

const COLLECTION = 'xqkeys.fetching';
/** Longer than a fetch may take, milliseconds: so long a process that was killed holds up others. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 50;

/** What fetches a key takes turns, over all processes: what one fetch has used up, the next finds kept. */
export class KeyTurns {
  readonly #records: RecordStore;
  readonly #clock: Clock;
  readonly #instance = randomUUID();
  readonly #running = new Map<string, Promise<unknown>>();

  constructor({ records, clock }: { readonly records: RecordStore; readonly clock: Clock }) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Does `work` when nobody else of this owner is about the same key. @throws StoreUnavailableError, nothing done */
  async alone<Result>(owner: Owner, locator: string, work: () => Promise<Result>): Promise<Result> {
    const place = { collection: COLLECTION, owner: ownerKey(owner), id: locator };
    const key = JSON.stringify(place);
    const turn = (this.#running.get(key) ?? Promise.resolve()).then(async () => {
      await this.#take(place);
      try {
        return await work();
      } finally {
        // One that stays is this process's own, and its lease ends.
        await this.#records.delete(place.collection, place.owner, place.id).catch(() => undefined);
      }
    });
    const settled = turn.catch(() => undefined);
    this.#running.set(key, settled);
    try {
      return await turn;
    } finally {
      if (this.#running.get(key) === settled) this.#running.delete(key);
    }
  }

  async #take(place: { readonly collection: string; readonly owner: string; readonly id: string }) {
    for (;;) {
      const createdAt = this.#clock.now();
      const record = { ...place, value: this.#instance, createdAt, expiresAt: createdAt + LEASE_MS };
      if (await this.#records.insert(record)) return;
      const held = await this.#records.get(place.collection, place.owner, place.id);
      if (held?.value === this.#instance) return;
      if (held) await new Promise<void>((resolve) => void this.#clock.schedule(LOOK_AGAIN_MS, resolve));
    }
  }
}
