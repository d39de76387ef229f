import type { WatchStore } from '../../../src/live/ports.js';

/** The store, but for some methods. */
export function replaced(store: WatchStore, methods: Partial<WatchStore>): WatchStore {
  return new Proxy(store, {
    get: (target, name: keyof WatchStore) => methods[name] ?? target[name].bind(target),
  });
}
