import { StoreUnavailableError } from '../../src/provider-error.js';

/** Stores that fail when they are told to. */
export interface FailingRecords {
  /** Puts it between a store and whoever uses it: all of them count together. */
  readonly through: <Store extends object>(store: Store) => Store;
  /** Lets the call after so many more fail, once: 0 is the next one. */
  failAfter(calls: number): void;
  /** Whether what was asked for by `failAfter` has happened. */
  readonly hasFailed: boolean;
}

/** Those that answer no promise. */
const NEVER_FAIL: ReadonlySet<string | symbol> = new Set(['active', 'activeOf', 'close']);

export function failingRecords(): FailingRecords {
  let left = Infinity;
  return {
    through: (store) =>
      new Proxy(store, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]): unknown =>
            !NEVER_FAIL.has(name) && left-- === 0
              ? Promise.reject(new StoreUnavailableError(new Error('told to fail')))
              : Reflect.apply(member, target, args);
        },
      }),
    failAfter: (calls) => (left = calls),
    get hasFailed() {
      return left < 0;
    },
  };
}
