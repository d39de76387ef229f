import type { Reading, WatchKind } from '../../../src/live/watch-kind.js';

/** The state of a scripted thing: a status that is final once it is `done`, and a counter. */
export type ThingState = { readonly status: string; readonly count: number };

/** A provider whose things are what the test says. */
export class ScriptedProvider {
  readonly reads: (readonly string[])[] = [];
  mostAtOnce = 0;
  /** Answers instead of the things, when set; may wait or throw. */
  answer: ((keys: readonly string[]) => Promise<readonly Reading<ThingState>[]>) | undefined;
  readonly #things = new Map<string, ThingState>();
  readonly #running = new Map<string, number>();

  set(key: string, status: string, count = 0): void {
    this.#things.set(key, { status, count });
  }

  thing(key: string): ThingState {
    return this.#things.get(key) ?? { status: 'open', count: 0 };
  }

  async read(keys: readonly string[]): Promise<readonly Reading<ThingState>[]> {
    this.reads.push(keys);
    for (const key of keys) this.#count(key, 1);
    try {
      return (await this.answer?.(keys)) ?? keys.map((key) => ({ state: this.thing(key) }));
    } finally {
      for (const key of keys) this.#count(key, -1);
    }
  }

  #count(key: string, change: 1 | -1): void {
    const running = (this.#running.get(key) ?? 0) + change;
    this.#running.set(key, running);
    this.mostAtOnce = Math.max(this.mostAtOnce, running);
  }
}

export const THING_POLL_MS = 50;

/** Kinds of scripted things; every property can be replaced. */
export function thingKind(
  overrides: Partial<WatchKind<string, ThingState, ScriptedProvider>> = {},
): WatchKind<string, ThingState, ScriptedProvider> {
  return {
    name: 'test.thing',
    provider: 'test',
    read: (provider, keys) => provider.read(keys),
    merge: (previous, observed) => (previous?.status === 'done' ? previous : observed),
    isTerminal: ({ status }) => status === 'done',
    pollDelayMs: () => THING_POLL_MS,
    describe: (previous, next) => [`${previous?.status ?? ''}>${next.status}`],
    ...overrides,
  };
}
