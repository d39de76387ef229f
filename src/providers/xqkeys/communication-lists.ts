import type { Clock } from '../../clock.js';
import type { Access } from './access.js';
import type { DashboardCalls } from './dashboard.js';
import { ProviderError } from '../../provider-error.js';
import type { Communication } from './wire/dashboard.js';

const PAGE_SIZE = 200;
const MAX_PAGES = 10;
/** Sessions whose lists are kept; the oldest makes room. */
const MAX_LISTS = 1_000;
/** The provider's clock may be behind ours by this, milliseconds. */
const CLOCK_MARGIN_MS = 60_000;

interface List {
  readonly from: number;
  readonly readAt: number;
  readonly byLocator: Promise<ReadonlyMap<string, Communication>>;
}

export interface CommunicationListsOptions {
  readonly dashboard: DashboardCalls;
  readonly clock: Clock;
  /** How old a list may be that answers, milliseconds. */
  readonly maxAgeMs: number;
}

/** What the dashboard says of all keys of a session in one call, shared by those who watch them. */
export class CommunicationLists {
  readonly #options: CommunicationListsOptions;
  readonly #lists = new Map<string, List>();

  constructor(options: CommunicationListsOptions) {
    this.#options = options;
  }

  /** What is listed of a key made at `createdAt`; undefined without a dashboard token, and when the dashboard fails. */
  async find(access: Access, locator: string, createdAt: number): Promise<Communication | undefined> {
    if (access.dashboardToken === undefined) return undefined;
    const now = this.#options.clock.now();
    const known = this.#lists.get(access.id);
    const isGood = known && known.from <= createdAt && now - known.readAt < this.#options.maxAgeMs;
    const list = isGood
      ? known
      : this.#read(access.dashboardToken, Math.min(createdAt, known?.from ?? Infinity));
    if (!isGood) this.#keep(access.id, list);
    try {
      return (await list.byLocator).get(locator);
    } catch (error) {
      if (error instanceof ProviderError) return undefined;
      throw error;
    }
  }

  #read(token: string, from: number): List {
    return { from, readAt: this.#options.clock.now(), byLocator: this.#readPages(token, from) };
  }

  async #readPages(token: string, from: number): Promise<ReadonlyMap<string, Communication>> {
    const found = new Map<string, Communication>();
    for (let page = 0; page < MAX_PAGES; page++) {
      const some = await this.#options.dashboard.communications(token, {
        from: from - CLOCK_MARGIN_MS,
        limit: PAGE_SIZE,
        page,
      });
      for (const communication of some) if (communication) found.set(communication.token, communication);
      if (some.length < PAGE_SIZE) break;
    }
    return found;
  }

  #keep(session: string, list: List): void {
    this.#lists.delete(session);
    this.#lists.set(session, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MAX_LISTS && oldest !== undefined) this.#lists.delete(oldest);
  }
}
