import type { Clock } from '../../clock.js';
import type { Access } from './access.js';
import type { BoxCalls, BoxPage } from './boxes.js';
import type { BoxSummary } from './wire/box.js';

/** SafeBoxes by id, latest activity first. */
export type Inbox = ReadonlyMap<string, BoxSummary>;

/** How many SafeBoxes one list call brings (dossier op 33). */
export const PAGE_SIZE = 1_000;
/** How many an account is watched for: those of the latest activity. */
export const MAX_WATCHED = 10_000;
/** How many are held in memory, of all accounts together; about 1.2 kB each. */
export const MAX_HELD = 50_000;
/** An expiry moves a SafeBox without bringing it to the front, so all pages are read now and then, milliseconds. */
const FULL_WALK_EVERY_MS = 10 * 60_000;

const NOTHING: Inbox = new Map();

interface Known {
  readonly inbox: Inbox;
  readonly readAt: number;
  readonly walkedAt: number;
}

export interface InboxesOptions {
  readonly client: { readonly boxes: Pick<BoxCalls, 'list' | 'nextPage'>; readonly pollIntervalMs: number };
  readonly clock: Clock;
}

/**
 * What the lists of the accounts hold: however many ask, each list is read once per interval. Those that nobody has asked
 * for in a while are forgotten, and of too many the ones that were read the longest ago.
 */
export class Inboxes {
  readonly #options: InboxesOptions;
  /** Those read last stand last. */
  readonly #known = new Map<string, Known>();
  readonly #reading = new Map<string, Promise<Inbox>>();
  #held = 0;

  constructor(options: InboxesOptions) {
    this.#options = options;
  }

  /** How many SafeBoxes are held now. */
  get held(): number {
    return this.#held;
  }

  /** @throws ProviderError as `list` does; then nothing is forgotten. */
  read(access: Access): Promise<Inbox> {
    const { client, clock } = this.#options;
    const known = this.#known.get(access.id);
    // A little less than the interval, so that a poll that comes early by its jitter reads all the same.
    if (known && clock.now() - known.readAt < client.pollIntervalMs * 0.8)
      return Promise.resolve(known.inbox);
    const running = this.#reading.get(access.id);
    if (running) return running;
    const reading = this.#fetch(access, known).finally(() => this.#reading.delete(access.id));
    this.#reading.set(access.id, reading);
    return reading;
  }

  /** After a change: the next read asks the provider. */
  expire(access: Access): void {
    const known = this.#known.get(access.id);
    if (known) this.#known.set(access.id, { ...known, readAt: -Infinity });
  }

  /** When a credential is no longer good. */
  forget(accessId: string): void {
    this.#held -= this.#known.get(accessId)?.inbox.size ?? 0;
    this.#known.delete(accessId);
  }

  async #fetch(access: Access, known: Known | undefined): Promise<Inbox> {
    const { client, clock } = this.#options;
    const readAt = clock.now();
    const first = await client.boxes.list(access, {}, PAGE_SIZE, 1);
    const isWalk =
      !known || readAt - known.walkedAt >= FULL_WALK_EVERY_MS || !reachesKnown(first, known.inbox);
    const boxes = [...first.boxes];
    for (let page = first; isWalk && page.nextPageUrl !== null && boxes.length < MAX_WATCHED;) {
      page = await client.boxes.nextPage(access, page.nextPageUrl);
      boxes.push(...page.boxes);
    }
    const understood = boxes.filter((box) => box !== undefined);
    const fresh = new Map(understood.map((box) => [box.id, box]));
    // A single page says all there is; what was not understood may be one of those that are known.
    const isComplete =
      (isWalk || first.nextPageUrl === null) && (!known || understood.length === boxes.length);
    const inbox = isComplete ? fresh : joined(fresh, known?.inbox ?? NOTHING);
    this.#keep(access.id, { inbox, readAt, walkedAt: isWalk || isComplete ? readAt : known.walkedAt });
    return inbox;
  }

  #keep(accessId: string, known: Known): void {
    this.forget(accessId);
    this.#known.set(accessId, known);
    this.#held += known.inbox.size;
    for (const [oldest, { readAt }] of this.#known) {
      // By then it would have to be read as a whole, as if it were not known.
      const isStale = known.readAt - readAt >= FULL_WALK_EVERY_MS;
      if (oldest === accessId || (!isStale && this.#held <= MAX_HELD)) return;
      this.forget(oldest);
    }
  }
}

/** Whether the page ends in what was known already: then nothing behind it has come to the front. */
function reachesKnown({ boxes, nextPageUrl }: BoxPage, inbox: Inbox): boolean {
  const last = boxes.findLast((box) => box !== undefined);
  if (nextPageUrl === null || last === undefined) return true;
  return inbox.get(last.id)?.latestActivity === last.latestActivity;
}

function joined(fresh: Inbox, known: Inbox): Inbox {
  const older = [...known].filter(([id]) => !fresh.has(id));
  return new Map([...fresh, ...older].slice(0, MAX_WATCHED));
}
