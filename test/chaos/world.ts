import type { Dice } from './dice.js';
import type { History } from './history.js';
import { type Ask, type Part, type Scene, type Thing, type Told } from './scenes/scene.js';
import { UPSTREAM_MS } from './settings.js';

/** A part on its way. */
interface Mover extends Part {
  place: number;
  /** When it got each status, milliseconds since the epoch. */
  readonly changedAt: Map<string, number>;
  /** How often the provider has answered a read with each status. */
  readonly answered: Map<string, number>;
}

/** A status that the provider has told so often was not missed for a poller that died, froze, or came too late. */
const TOLD_OFTEN = 4;
const FOR_EVER = 1_000_000_000;

/** What happens at the provider: things whose parts go on step by step, and what it is known to have shown. */
export class World {
  readonly #scene: Scene;
  readonly #dice: Dice;
  readonly #history: History;
  readonly #movers = new Map<Thing, readonly Mover[]>();

  constructor(scene: Scene, dice: Dice, history: History) {
    this.#scene = scene;
    this.#dice = dice;
    this.#history = history;
    this.endOutage();
  }

  get things(): Thing[] {
    return [...this.#movers.keys()];
  }

  /** How many steps there are to the end of all ways. */
  get stepsLeft(): number {
    return [...this.#movers.values()]
      .flat()
      .reduce((sum, { path, place }) => sum + path.length - 1 - place, 0);
  }

  /** Makes so many things, in place of those there were. */
  async begin(count: number, ask: Ask): Promise<void> {
    const things = await this.#scene.make(count, ask, this.#dice);
    this.#movers.clear();
    for (const thing of things)
      this.#movers.set(
        thing,
        thing.parts.map((part) => ({
          ...part,
          place: 0,
          changedAt: new Map([[part.path[0] ?? '', 0]]),
          answered: new Map(),
        })),
      );
  }

  /** Moves so many parts one step, as far as there are that many left. */
  async step(count: number): Promise<void> {
    const open = this.#open(this.#scene.end ? 2 : 1);
    const moves: Promise<void>[] = [];
    for (let left = count; left > 0 && open.length > 0; left--) {
      const at = this.#dice.below(open.length);
      const [thing, mover] = open[at] ?? this.#dice.pick(open);
      moves.push(this.#advance(thing, mover));
      if (mover.place >= lastOf(mover) - (this.#scene.end ? 1 : 0)) open.splice(at, 1);
    }
    await Promise.all(moves);
  }

  /** Moves everybody one step, but for the last one. */
  async stepAll(): Promise<void> {
    await Promise.all(this.#open(2).map(([thing, mover]) => this.#advance(thing, mover)));
  }

  /** Moves everybody to the end of the way. */
  async finish(): Promise<void> {
    const { end } = this.#scene;
    for (let open = this.#open(end ? 2 : 1); open.length > 0; open = this.#open(end ? 2 : 1))
      await Promise.all(open.map(([thing, mover]) => this.#advance(thing, mover)));
    if (!end) return;
    for (const [thing, mover] of this.#open(1)) this.#note(thing, mover);
    end();
  }

  /** The statuses as they are now, by part. */
  statusesOf(thing: Thing): Told {
    return new Map(this.#movers.get(thing)?.map(({ name, path, place }) => [name, path[place] ?? '']));
  }

  /** Whether this is all there is to tell of a thing, now and ever. */
  isLast(thing: Thing, told: Told): boolean {
    return thing.parts.every(({ name, path }) => told.get(name) === path.at(-1));
  }

  /** How far a status is on the way of a part; unknown ones are at its end. */
  progressOf(thing: Thing, name: string, status: string): number {
    const place = thing.parts.find((part) => part.name === name)?.path.indexOf(status) ?? -1;
    return place < 0 ? Infinity : place;
  }

  /** When a part got a status, milliseconds since the epoch; 0 for the first one. */
  changedAt(thing: Thing, name: string, status: string): number | undefined {
    return this.#movers
      .get(thing)
      ?.find((mover) => mover.name === name)
      ?.changedAt.get(status);
  }

  /** A read begins; what is answered is to be called when it was answered: the truth of what was there to see. */
  read(thingId: string): () => void {
    const read = [...this.#movers]
      .filter(([{ id }]) => id === thingId)
      .flatMap(([, movers]) => movers.map((mover) => ({ mover, placeBefore: mover.place })));
    return () => {
      for (const { mover, placeBefore } of read) {
        const status = mover.path[mover.place];
        // One that changed meanwhile was answered as it was before, or after.
        if (mover.place === placeBefore && status !== undefined)
          mover.answered.set(status, (mover.answered.get(status) ?? 0) + 1);
      }
    };
  }

  /** The statuses of a thing's parts that the provider has told often enough to be known. */
  *toldOften(thing: Thing): Iterable<{ readonly name: string; readonly status: string }> {
    for (const { name, answered } of this.#movers.get(thing) ?? [])
      for (const [status, times] of answered) if (times >= TOLD_OFTEN) yield { name, status };
  }

  /** From now on the provider answers every read with an error, or not at all. */
  beginOutage(): void {
    const fault = this.#dice.pick([{ status: 503 }, { hangUp: true }]);
    this.#history.note('outage', fault);
    this.#fault(fault);
  }

  endOutage(): void {
    this.#fault({ delayMs: UPSTREAM_MS });
  }

  #fault(fault: { readonly status?: number; readonly hangUp?: boolean; readonly delayMs?: number }): void {
    const { simulator, readOperation: operation } = this.#scene;
    simulator.control.clearFaults();
    simulator.control.injectFault({ ...(operation && { operation }), count: FOR_EVER, ...fault });
  }

  /** Those that are at least so many steps from their end. */
  #open(steps: number): [thing: Thing, mover: Mover][] {
    return [...this.#movers].flatMap(([thing, movers]) =>
      movers
        .filter((mover) => lastOf(mover) - mover.place >= steps)
        .map((mover): [thing: Thing, mover: Mover] => [thing, mover]),
    );
  }

  async #advance(thing: Thing, mover: Mover): Promise<void> {
    await this.#scene.move(thing, mover, this.#note(thing, mover));
  }

  #note(thing: Thing, mover: Mover): string {
    mover.place += 1;
    const status = mover.path[mover.place] ?? '';
    mover.changedAt.set(status, Date.now());
    this.#history.note('status', { thing: thing.id, part: mover.name, status });
    return status;
  }
}

function lastOf({ path }: Part): number {
  return path.length - 1;
}
