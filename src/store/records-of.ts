import type { RecordStore, StoredRecord } from './record-store.js';

/**
 * The records of one account at a provider, apart from those of the others in the same store: what somebody has kept at
 * one is not there at another. Counters are common.
 * @param account undefined: everybody's
 */
export function recordsOf(account: string | undefined, records: RecordStore): RecordStore {
  if (account === undefined) return records;
  const mark = `@${encodeURIComponent(account)}`;
  const inside = (record: StoredRecord): StoredRecord => ({
    ...record,
    collection: record.collection + mark,
  });
  const outside = (record: StoredRecord): StoredRecord => ({
    ...record,
    collection: record.collection.slice(0, -mark.length),
  });
  return {
    async get(collection, owner, id) {
      const record = await records.get(collection + mark, owner, id);
      return record && outside(record);
    },
    async getMany(collection, owner, ids) {
      const found = await records.getMany(collection + mark, owner, ids);
      return found.map((record) => record && outside(record));
    },
    insert: (record) => records.insert(inside(record)),
    claim: (record) => records.claim(inside(record)),
    put: (record, ifValue) => records.put(inside(record), ifValue),
    delete: (collection, owner, id) => records.delete(collection + mark, owner, id),
    async list(collection, owner, options) {
      const page = await records.list(collection + mark, owner, options);
      return { ...page, records: page.records.map(outside) };
    },
    increment: (counter, windowMs, by) => records.increment(counter, windowMs, by),
    close: () => records.close(),
  };
}
