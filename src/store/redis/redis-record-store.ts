import { z } from 'zod';
import type { Clock } from '../../clock.js';
import { answerOf } from '../../redis/answer-of.js';
import type { Keys } from '../../redis/keys.js';
import type { RedisClient } from '../../redis/redis-client.js';
import type { Count, ListPage, RecordStore, StoredRecord } from '../record-store.js';
import {
  claimScript,
  deleteScript,
  incrementScript,
  insertScript,
  putScript,
  replaceScript,
  tidyScript,
} from './record-scripts.js';

const fields = z.tuple([z.string(), z.string(), z.string()]);

/** Records in Redis. What has expired is removed by Redis; the index of an owner is tidied while it is listed. */
export class RedisRecordStore implements RecordStore {
  readonly #redis: RedisClient;
  readonly #keys: Keys;
  readonly #clock: Clock;

  constructor(redis: RedisClient, keys: Keys, { clock }: { readonly clock: Clock }) {
    this.#redis = redis;
    this.#keys = keys;
    this.#clock = clock;
  }

  async get(collection: string, owner: string, id: string): Promise<StoredRecord | undefined> {
    const found = fields.safeParse(
      await answerOf(
        this.#redis.hmget(this.#keys.record(collection, owner, id), 'value', 'createdAt', 'expiresAt'),
      ),
    );
    if (!found.success) return undefined;
    const [value, createdAt, expiresAt] = found.data;
    const record = { collection, owner, id, value, createdAt: Number(createdAt) };
    if (expiresAt === '') return record;
    // The clock of Redis may be behind ours.
    return Number(expiresAt) > this.#clock.now() ? { ...record, expiresAt: Number(expiresAt) } : undefined;
  }

  getMany(collection: string, owner: string, ids: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    return Promise.all(ids.map((id) => this.get(collection, owner, id)));
  }

  async insert(record: StoredRecord): Promise<boolean> {
    return (await insertScript.run(this.#redis, this.#keysOf(record), this.#values(record))) === 1;
  }

  /** Redis refuses every write or none; what may be written may not be told everywhere. */
  async claim(record: StoredRecord): Promise<boolean> {
    const values = [...this.#values(record), this.#keys.watch('claim')];
    return (await claimScript.run(this.#redis, this.#keysOf(record), values)) === 1;
  }

  async put(record: StoredRecord, ifValue?: string): Promise<boolean> {
    const keys = this.#keysOf(record);
    const values = this.#values(record);
    const written =
      ifValue === undefined
        ? await putScript.run(this.#redis, keys, values)
        : await replaceScript.run(this.#redis, keys, [...values, ifValue]);
    return written === 1;
  }

  async delete(collection: string, owner: string, id: string): Promise<boolean> {
    return (await deleteScript.run(this.#redis, this.#keysOf({ collection, owner, id }), [id])) === 1;
  }

  async list(
    collection: string,
    owner: string,
    { limit, after }: { limit: number; after?: { createdAt: number; id: string } },
  ): Promise<ListPage> {
    const records: StoredRecord[] = [];
    let place = after;
    while (records.length <= limit) {
      const page = await this.#page(collection, owner, limit + 1, place);
      for (const { id, record } of page) {
        if (record) records.push(record);
        else await tidyScript.run(this.#redis, this.#keysOf({ collection, owner, id }), [id]);
      }
      if (page.length <= limit) break;
      place = page.at(-1);
    }
    return { records: records.slice(0, limit), hasMore: records.length > limit };
  }

  async increment(counter: string, windowMs: number, by = 1): Promise<Count> {
    const answer = await incrementScript.run(this.#redis, [this.#keys.counter(counter)], [windowMs, by]);
    const [count, left] = z.tuple([z.number(), z.number()]).parse(answer);
    return { count, resetMs: left > 0 ? left : windowMs };
  }

  /** Leaves the connection open: that belongs to whoever opened it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Up to `size` places of the index behind `after`, with the records that are still there. */
  async #page(
    collection: string,
    owner: string,
    size: number,
    after: { createdAt: number; id: string } | undefined,
  ): Promise<{ id: string; createdAt: number; record: StoredRecord | undefined }[]> {
    const index = this.#keys.records(collection, owner);
    const highest = after?.createdAt ?? '+inf';
    const places: { id: string; createdAt: number }[] = [];
    for (let offset = 0; places.length < size; offset += size) {
      const found = await answerOf(
        this.#redis.zrevrangebyscore(index, highest, '-inf', 'WITHSCORES', 'LIMIT', offset, size),
      );
      for (let at = 0; at < found.length; at += 2) {
        const place = { id: found[at] ?? '', createdAt: Number(found[at + 1]) };
        if (!after || isBehind(place, after)) places.push(place);
      }
      if (found.length < 2 * size) break;
    }
    return Promise.all(
      places
        .slice(0, size)
        .map(async (place) => ({ ...place, record: await this.get(collection, owner, place.id) })),
    );
  }

  #keysOf({ collection, owner, id }: Pick<StoredRecord, 'collection' | 'owner' | 'id'>): readonly string[] {
    return [
      this.#keys.record(collection, owner, id),
      this.#keys.records(collection, owner),
      this.#keys.expiring(collection, owner),
    ];
  }

  #values({ id, value, createdAt, expiresAt }: StoredRecord): (string | number)[] {
    return [id, value, createdAt, expiresAt ?? '', this.#clock.now()];
  }
}

/** As Redis orders them: by time, and those of one time by the bytes of their ids. */
function isBehind(
  place: { createdAt: number; id: string },
  after: { createdAt: number; id: string },
): boolean {
  return (
    place.createdAt < after.createdAt || Buffer.compare(Buffer.from(place.id), Buffer.from(after.id)) < 0
  );
}
