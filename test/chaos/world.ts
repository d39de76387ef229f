import type { Simulator } from '../../src/simulators/kit/simulator.js';
import type { Messaging2faControl } from '../../src/simulators/messaging2fa/control.js';
import type { Dice } from './dice.js';
import type { History } from './history.js';
import { UPSTREAM_MS } from './settings.js';

/** The ways of a recipient, from the status it begins with. */
const PATHS = [
  ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'APPROVED'],
  ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'DENIED'],
  ['PENDING', 'NOT_NOTIFIED', 'DOWNLOADED', 'APPROVED'],
  ['PENDING', 'NOTIFIED', 'FAILED'],
] as const;

type Status = (typeof PATHS)[number][number];

/** How far a status is on the way; final ones are equally far. */
export function progressOf(status: string): number {
  return ['PENDING', 'NOT_NOTIFIED', 'NOTIFIED', 'DOWNLOADED'].indexOf(status) + 1 || Infinity;
}

interface Recipient {
  readonly userId: string;
  readonly path: readonly Status[];
  place: number;
  /** When it got each status, milliseconds since the epoch. */
  readonly changedAt: Map<string, number>;
}

/** What happens at the provider: messages whose recipients go on step by step, and what it is known to have shown. */
export class World {
  readonly #control: Messaging2faControl;
  readonly #dice: Dice;
  readonly #history: History;
  readonly #messages = new Map<string, Recipient[]>();

  constructor(simulator: Simulator<Messaging2faControl>, dice: Dice, history: History) {
    this.#control = simulator.control;
    this.#dice = dice;
    this.#history = history;
    this.endOutage();
  }

  get messageIds(): string[] {
    return [...this.#messages.keys()];
  }

  /** Takes over a message that was sent to these recipients. */
  adopt(messageId: string, userIds: readonly string[]): void {
    this.#messages.set(
      messageId,
      userIds.map((userId) => ({ userId, path: this.#dice.pick(PATHS), place: 0, changedAt: new Map() })),
    );
  }

  forgetAll(): void {
    this.#messages.clear();
  }

  /** Moves so many recipients one step, as far as there are that many left. */
  step(count: number): void {
    const open = this.#open();
    for (let left = count; left > 0 && open.length > 0; left--) {
      const at = this.#dice.below(open.length);
      const [messageId, recipient] = open[at] ?? this.#dice.pick(open);
      this.#advance(messageId, recipient);
      if (isFinal(recipient)) open.splice(at, 1);
    }
  }

  /** Moves everybody one step, but for the last one. */
  stepAll(): void {
    for (const [messageId, recipient] of this.#open())
      if (recipient.place < recipient.path.length - 2) this.#advance(messageId, recipient);
  }

  /** Moves everybody to the end of the way. */
  finish(): void {
    for (const [messageId, recipient] of this.#open())
      while (!isFinal(recipient)) this.#advance(messageId, recipient);
  }

  /** The statuses as they are now, by recipient. */
  statusesOf(messageId: string): ReadonlyMap<string, string> {
    return new Map(this.#messages.get(messageId)?.map((one) => [one.userId, one.path[one.place] ?? '']));
  }

  /** When a recipient got a status, milliseconds since the epoch. */
  changedAt(messageId: string, userId: string, status: string): number | undefined {
    return this.#messages
      .get(messageId)
      ?.find((one) => one.userId === userId)
      ?.changedAt.get(status);
  }

  /** From now on the provider answers every read with an error, or not at all. */
  beginOutage(): void {
    const fault = this.#dice.pick([{ status: 503 }, { hangUp: true }]);
    this.#history.note('outage', fault);
    this.#control.clearFaults();
    this.#control.injectFault({ operation: 'trackMessage', count: 1_000_000_000, ...fault });
  }

  endOutage(): void {
    this.#control.clearFaults();
    this.#control.injectFault({
      operation: 'trackMessage',
      count: 1_000_000_000,
      delayMs: UPSTREAM_MS,
    });
  }

  #open(): [messageId: string, recipient: Recipient][] {
    return [...this.#messages].flatMap(([id, recipients]) =>
      recipients
        .filter((one) => !isFinal(one))
        .map((one): [messageId: string, recipient: Recipient] => [id, one]),
    );
  }

  #advance(messageId: string, recipient: Recipient): void {
    recipient.place += 1;
    const status = recipient.path[recipient.place];
    if (status === undefined) return;
    recipient.changedAt.set(status, Date.now());
    this.#history.note('status', { messageId, userId: recipient.userId, status });
    this.#control.setStatus({ messageId, userId: recipient.userId, status });
  }
}

function isFinal({ path, place }: Recipient): boolean {
  return place === path.length - 1;
}
