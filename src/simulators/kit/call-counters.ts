/** How often each operation was asked for, refused calls included. */
export class CallCounters {
  readonly #calls = new Map<string, number>();

  count(operation: string): void {
    this.#calls.set(operation, (this.#calls.get(operation) ?? 0) + 1);
  }

  snapshot(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#calls);
  }

  reset(): void {
    this.#calls.clear();
  }
}
