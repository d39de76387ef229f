import { seededRandom, type RandomSource } from '../../src/simulators/kit/random.js';

/** Chance that is the same for the same seed. */
export class Dice {
  readonly #random: RandomSource;

  constructor(seed: string) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return this.#random.bytes(4).readUInt32BE() % limit;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const left = [...items];
    return items.flatMap(() => left.splice(this.below(left.length), 1));
  }
}
