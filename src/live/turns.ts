import type { Clock } from '../clock.js';
import type { Begun, WatchEvent, WatchSpec, WatchStore } from './ports.js';
import { keepTurn, mayBeFree, TURN_MS } from './turn-keeping.js';

/** What asks the provider about one watch takes turns: reads never overlap, whoever makes them, over all processes. */
export class Turns {
  readonly #store: WatchStore;
  readonly #clock: Clock;
  readonly #running = new Map<string, Turn>();

  constructor({ store, clock }: { readonly store: WatchStore; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The turn, or for how long another has it at least. Undefined for an unknown watch. */
  async tryTake(id: string): Promise<Turn | { readonly heldForMs: number } | undefined> {
    const begun = await this.#store.beginTurn(id, TURN_MS);
    if (begun === undefined || 'heldForMs' in begun) return begun;
    const turn = new Turn(this.#store, this.#clock, begun);
    this.#running.set(id, turn);
    void turn.ended.then(() => {
      if (this.#running.get(id) === turn) this.#running.delete(id);
    });
    return turn;
  }

  /** Waits for the turn. Undefined for an unknown watch. */
  async take(id: string): Promise<Turn | undefined> {
    for (;;) {
      const taken = await this.tryTake(id);
      if (taken === undefined || taken instanceof Turn) return taken;
      await mayBeFree(this.#clock, this.#running.get(id)?.ended);
    }
  }
}

/** One turn, kept until it is done or given back. */
export class Turn implements Begun {
  readonly fence: number;
  readonly spec: WatchSpec;
  readonly latest?: WatchEvent;
  readonly ended: Promise<void>;
  readonly #store: WatchStore;
  readonly #stopKeeping: () => void;
  #isOver = false;
  #end: () => void = () => undefined;

  constructor(store: WatchStore, clock: Clock, { fence, spec, latest }: Begun) {
    this.fence = fence;
    this.spec = spec;
    if (latest) this.latest = latest;
    this.#store = store;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#stopKeeping = keepTurn(clock, () => store.keepTurn(spec.id, fence, TURN_MS));
  }

  /** A commit has ended it. */
  done(): void {
    this.#isOver = true;
    this.#stopKeeping();
    this.#end();
  }

  /** Ends it without a commit, unless it is over. */
  async giveBack(): Promise<void> {
    if (this.#isOver) return;
    this.#stopKeeping();
    // What fails here ends by itself, a little later.
    await this.#store.endTurn(this.spec.id, this.fence).catch(() => undefined);
    this.done();
  }
}
