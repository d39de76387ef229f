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
  /** How often the provider has answered a read with each status. */
  readonly answered: Map<string, number>;
}

/** A status that the provider has told so often was not missed for a poller that died, froze, or came too late. */
const TOLD_OFTEN = 4;

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
    const recipients = userIds.map((userId): Recipient => {
      const path = this.#dice.pick(PATHS);
      return { userId, path, place: 0, changedAt: new Map([[path[0], 0]]), answered: new Map() };
    });
    this.#messages.set(messageId, recipients);
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

  /** When a recipient got a status, milliseconds since the epoch; 0 for the first one. */
  changedAt(messageId: string, userId: string, status: string): number | undefined {
    return this.#messages
      .get(messageId)
      ?.find((one) => one.userId === userId)
      ?.changedAt.get(status);
  }

  /** A read of a message begins; what is answered is to be called when it was answered: the truth of what was there to see. */
  read(messageId: string): () => void {
    const recipients = this.#messages.get(messageId) ?? [];
    const places = recipients.map(({ place }) => place);
    return () => {
      for (const [at, { path, place, answered }] of recipients.entries()) {
        const status = path[place];
        // One that changed meanwhile was answered as it was before, or after.
        if (place === places[at] && status !== undefined)
          answered.set(status, (answered.get(status) ?? 0) + 1);
      }
    };
  }

  /** The statuses of a recipient that the provider has told often enough to be known. */
  *toldOften(messageId: string): Iterable<{ readonly userId: string; readonly status: string }> {
    for (const { userId, answered } of this.#messages.get(messageId) ?? [])
      for (const [status, times] of answered) if (times >= TOLD_OFTEN) yield { userId, status };
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
