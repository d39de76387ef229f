import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import type { StandardControl } from '../../../src/simulators/kit/standard-control.js';
import type { Dice } from '../dice.js';

/** A part of a thing, such as a recipient: it goes its way status by status, and never back. */
export interface Part {
  readonly name: string;
  readonly path: readonly string[];
}

/** Something at the provider that is followed. */
export interface Thing {
  readonly id: string;
  /** Who follows it; a caller of the gateways. */
  readonly caller: string;
  /** Of the subscription, but for `after`. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly parts: readonly Part[];
}

/** Asks a gateway. @throws Error when there is no answer, or one with errors */
export type Ask = <Data>(
  document: string,
  variables: Readonly<Record<string, unknown>>,
  caller: string,
) => Promise<Data>;

/** The status of each part, by its name. */
export type Told = ReadonlyMap<string, string>;

/** One provider: what is followed there, and how it is moved. */
export interface Scene {
  /** Of its subgraph. */
  readonly name: string;
  readonly simulator: Simulator<Pick<StandardControl, 'injectFault' | 'clearFaults'>>;
  /** Of the services, beside those that point them at the simulator. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Milliseconds between two polls of a thing, at the most. */
  readonly intervalMs: number;
  /** What reads a thing, to be made late or to fail. Default: whatever is asked. */
  readonly readOperation?: string;
  /** What is followed has no end of its own: whoever has been told the last statuses is done. */
  readonly isEndless?: boolean;
  /** A subscription of the variables of a thing and `after`; its field is called `changed`, and has the head of every event. */
  readonly subscription: string;
  /** What an event tells. */
  told(event: unknown): Told;
  /** Makes so many things anew. */
  make(count: number, ask: Ask, dice: Dice): Promise<readonly Thing[]>;
  /** Gives a part the next status of its way. */
  move(thing: Thing, part: Part, status: string): void | Promise<void>;
  /** Gives everything its last status, which is then left to it alone. */
  end?(): void;
  /** Which thing a request at the provider reads, by its id. Left out where requests read several, or do not tell. */
  reads?(method: string, path: string): string | undefined;
}

/** Head of every event. */
export const HEAD = 'cursor sequence isTerminal hasMissedEvents';
