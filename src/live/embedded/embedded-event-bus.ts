import type { EventBus } from '../ports.js';

/** Wake-ups within one process. Nothing can be lost on the way, so there is never a reconnect. */
export class EmbeddedEventBus implements EventBus {
  readonly #listeners = new Map<string, Set<() => void>>();

  async listen(id: string, wake: () => void): Promise<() => Promise<void>> {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners);
    // A function of its own, so that the same callback may listen twice and leave once.
    const listener = (): void => wake();
    listeners.add(listener);
    return async () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  onReconnect(): () => void {
    return () => undefined;
  }

  /** Called by the store after it has written an event of `id`. */
  wake(id: string): void {
    for (const listener of [...(this.#listeners.get(id) ?? [])]) listener();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
