interface Outage {
  failuresInARow: number;
  readonly waiting: Set<string>;
}

// Fewer may be the trouble of single things.
const FAILURES_OF_AN_OUTAGE = 3;
// Beyond that a watch waits for its own time.
const MOST_WAITING = 100_000;

/** Which watches wait for a provider that could not be asked, as far as this process has tried. */
export class Outages {
  readonly #outages = new Map<string, Outage>();

  /** The provider could not be asked about this watch. */
  failed(provider: string, id: string): void {
    const outage = this.#outages.get(provider) ?? { failuresInARow: 0, waiting: new Set() };
    this.#outages.set(provider, outage);
    outage.failuresInARow += 1;
    if (outage.waiting.size < MOST_WAITING) outage.waiting.add(id);
  }

  /** The provider has answered about this watch. After an outage: the others that wait for it, once. */
  answered(provider: string, id: string): readonly string[] {
    const outage = this.#outages.get(provider);
    if (!outage) return [];
    outage.waiting.delete(id);
    const wasOutage = outage.failuresInARow >= FAILURES_OF_AN_OUTAGE;
    outage.failuresInARow = 0;
    if (!wasOutage) return [];
    this.#outages.delete(provider);
    return [...outage.waiting];
  }
}
