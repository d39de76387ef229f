import type { Clock } from '../clock.js';
import type { Begun, WatchEvent, WatchSpec, WatchStore } from './ports.js';

// A process that was killed in its turn holds up others for so long.
const TURN_MS = 5_000;
const KEEP_EVERY_MS = 2_000;
// Longer than any call to a provider, with its repetitions. A turn that never ends is no longer kept.
const LONGEST_TURN_MS = 60_000;
// How soon it is seen that the turn of another process has ended.
const LOOK_AGAIN_MS = 50;

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
      await this.#mayBeFree(id);
    }
  }

  #mayBeFree(id: string): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.schedule(LOOK_AGAIN_MS, resolve);
      // Within this process there is no need to look again.
      void this.#running.get(id)?.ended.then(() => {
        cancel();
        resolve();
      });
    });
  }
}

/** One turn, kept until it is done or given back. */
export class Turn implements Begun {
  readonly fence: number;
  readonly spec: WatchSpec;
  readonly latest?: WatchEvent;
  readonly ended: Promise<void>;
  readonly #store: WatchStore;
  readonly #clock: Clock;
  readonly #keptUntil: number;
  #cancelKeeping: () => void = () => undefined;
  #isOver = false;
  #end: () => void = () => undefined;

  constructor(store: WatchStore, clock: Clock, { fence, spec, latest }: Begun) {
    this.fence = fence;
    this.spec = spec;
    if (latest) this.latest = latest;
    this.#store = store;
    this.#clock = clock;
    this.#keptUntil = clock.now() + LONGEST_TURN_MS;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#keep();
  }

  /** A commit has ended it. */
  done(): void {
    this.#isOver = true;
    this.#cancelKeeping();
    this.#end();
  }

  /** Ends it without a commit, unless it is over. */
  async giveBack(): Promise<void> {
    if (this.#isOver) return;
    this.#cancelKeeping();
    // What fails here ends by itself, a little later.
    await this.#store.endTurn(this.spec.id, this.fence).catch(() => undefined);
    this.done();
  }

  #keep(): void {
    this.#cancelKeeping = this.#clock.schedule(KEEP_EVERY_MS, () => {
      if (this.#clock.now() >= this.#keptUntil) return;
      this.#keep();
      this.#store.keepTurn(this.spec.id, this.fence, TURN_MS).catch(() => undefined);
    });
  }
}
