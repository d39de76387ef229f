/** How often in a row the reads of each watch have failed in this process. Forgets the oldest beyond its limit. */
export class FailureCounts {
  readonly #counts = new Map<string, number>();
  readonly #limit: number;

  /** @param limit how many watches it remembers. Default 100,000. */
  constructor(limit = 100_000) {
    this.#limit = limit;
  }

  /** Counts one more failure and answers how many there were in a row. */
  failed(id: string): number {
    const count = (this.#counts.get(id) ?? 0) + 1;
    this.#counts.delete(id);
    this.#counts.set(id, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > this.#limit && oldest !== undefined) this.#counts.delete(oldest);
    return count;
  }

  succeeded(id: string): void {
    this.#counts.delete(id);
  }
}
