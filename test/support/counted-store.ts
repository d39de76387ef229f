/** What was asked of a store: the name of each call, and how many things it read. */
export interface StoreCall {
  readonly name: string;
  readonly things: number;
}

/** Counts the reads of everything between which and its user it is put. */
export function countedStore(): {
  readonly through: <Store extends object>(store: Store) => Store;
  /** The calls since it was asked last. */
  taken(): StoreCall[];
} {
  let calls: StoreCall[] = [];
  return {
    through: (store) =>
      new Proxy(store, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]): unknown => {
            const answer: unknown = Reflect.apply(member, target, args);
            if (answer instanceof Promise)
              void answer.then((found) => calls.push({ name: String(name), things: count(found) }));
            return answer;
          };
        },
      }),
    taken() {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
}

function count(found: unknown): number {
  if (Array.isArray(found)) return found.length;
  if (typeof found === 'object' && found !== null && 'records' in found) return count(found.records);
  return 1;
}
