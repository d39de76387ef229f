import { StoreUnavailableError } from '../../src/provider-error.js';
import type { RecordStore } from '../../src/store/record-store.js';

/** A store of records that fails when it is told to. */
export interface FailingRecords {
  readonly through: (records: RecordStore) => RecordStore;
  /** Lets the call after so many more fail, once: 0 is the next one. */
  failAfter(calls: number): void;
  /** Whether what was asked for by `failAfter` has happened. */
  readonly hasFailed: boolean;
}

export function failingRecords(): FailingRecords {
  let left = Infinity;
  const passing = <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) => {
    return (...args: Args): Promise<Answer> =>
      left-- === 0 ? Promise.reject(new StoreUnavailableError(new Error('told to fail'))) : call(...args);
  };
  return {
    through: (records) => ({
      get: passing(records.get.bind(records)),
      getMany: passing(records.getMany.bind(records)),
      put: passing(records.put.bind(records)),
      insert: passing(records.insert.bind(records)),
      delete: passing(records.delete.bind(records)),
      list: passing(records.list.bind(records)),
      increment: passing(records.increment.bind(records)),
      close: () => records.close(),
    }),
    failAfter: (calls) => (left = calls),
    get hasFailed() {
      return left < 0;
    },
  };
}
