import { StoreUnavailableError } from '../../src/provider-error.js';

/** Stores that fail when they are told to. */
export interface FailingRecords {
  /** Puts it between a store and whoever uses it: all of them count together. */
  readonly through: <Store extends object>(store: Store) => Store;
  /** Lets the call after so many more fail, once: 0 is the next one. */
  failAfter(calls: number): void;
  /** Lets every write after so many more fail, as a full disk does; reads go on. */
  refuseWritesAfter(writes: number): void;
  /** Runs `act` before the call after so many more: from then on the store is another. */
  beforeCall(calls: number, act: () => Promise<unknown>): void;
  /** Nothing that was asked for happens any more; resolves when what has begun is over. */
  disarm(): Promise<void>;
  /** Whether what was asked for by `failAfter` or `beforeCall` has happened. */
  readonly hasFailed: boolean;
}

/** Those that answer no promise. */
const NEVER_FAIL: ReadonlySet<string | symbol> = new Set(['active', 'activeOf', 'close']);

const WRITES: ReadonlySet<string | symbol> = new Set([
  ...['put', 'insert', 'claim', 'delete', 'increment'],
  ...['ensure', 'begin', 'beginTurn', 'keepTurn', 'endTurn', 'commit', 'keepInterest'],
]);

export function failingRecords(): FailingRecords {
  let left = Infinity;
  let writesLeft = Infinity;
  let untilAct = Infinity;
  let act: () => Promise<unknown>;
  let acting: Promise<unknown> | undefined;
  const fails = (name: string | symbol): boolean => {
    if (NEVER_FAIL.has(name)) return false;
    const isRefused = WRITES.has(name) && writesLeft-- <= 0;
    return left-- === 0 || isRefused;
  };
  return {
    through: (store) =>
      new Proxy(store, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]): unknown => {
            if (fails(name)) return Promise.reject(new StoreUnavailableError(new Error('told to fail')));
            const call = (): unknown => Reflect.apply(member, target, args);
            if (NEVER_FAIL.has(name) || untilAct-- !== 0) return call();
            acting = act();
            return acting.then(call);
          };
        },
      }),
    failAfter: (calls) => (left = calls),
    refuseWritesAfter: (writes) => (writesLeft = writes),
    beforeCall(calls, then) {
      untilAct = calls;
      act = then;
    },
    async disarm() {
      left = writesLeft = untilAct = Infinity;
      await acting;
    },
    get hasFailed() {
      return left < 0 || untilAct < 0;
    },
  };
}
