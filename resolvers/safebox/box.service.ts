import type { Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import { STATE_SECTIONS } from '../../src/providers/safebox/box-state.js';
import type { BoxState } from '../../src/providers/safebox/box-state.js';
import type { BoxInfo } from '../../src/providers/safebox/boxes.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import { PAGE_SIZE } from '../../src/providers/safebox/inbox.js';
import type { BoxSummary, Section } from '../../src/providers/safebox/wire/box.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { Accesses } from './accesses.js';
import { BoxSections } from './box-sections.js';
import type { BoxWatches } from './box-watches.js';
import { SafeBox } from './box.type.js';
import { toStatus } from './enums.js';
import { isInvisible, locating } from './refusals.js';
import type { Located } from './refusals.js';

export interface BoxServiceOptions {
  readonly client: SafeboxClient;
  readonly accesses: Accesses;
  readonly watches: BoxWatches;
}

/** SafeBoxes as a caller sees them, also right after a change. */
export class BoxService {
  readonly #options: BoxServiceOptions;

  constructor(options: BoxServiceOptions) {
    this.#options = options;
  }

  /** One SafeBox with these sections, in one call; null when it is unknown or somebody else's. */
  async find(call: SubgraphCall, id: string, wanted: readonly Section[]): Promise<SafeBox | null> {
    const access = await this.#options.accesses.of(call);
    const info = await this.look(access, id, wanted);
    return info && this.#toBox(access, info);
  }

  /** SafeBoxes in the order of `ids`: each in one call, or all of them in one when only their summaries are wanted. */
  async findMany(
    call: SubgraphCall,
    ids: readonly string[],
    wanted: readonly Section[],
  ): Promise<(SafeBox | null)[]> {
    const listed = new Map<string, SafeBox>();
    if (wanted.length === 0 && ids.length > 1) {
      const access = await this.#options.accesses.of(call);
      const { boxes } = await this.#options.client.boxes.list(access, {}, PAGE_SIZE, 1);
      for (const box of boxes) if (box) listed.set(box.id, this.#toBox(access, box));
    }
    return Promise.all(ids.map(async (id) => listed.get(id) ?? this.find(call, id, wanted)));
  }

  /** A SafeBox as last observed; its sections are read when they are asked for. */
  observed(access: Access, state: BoxState): SafeBox {
    return this.#toBox(access, state.summary);
  }

  /** What the provider says of a SafeBox; null when it is unknown or somebody else's. */
  async look(access: Access, id: string, wanted: readonly Section[]): Promise<BoxInfo | null> {
    try {
      return await this.#info(access, id, wanted);
    } catch (error) {
      if (isInvisible(error)) return null;
      throw error;
    }
  }

  /** Whether a reserved SafeBox has been opened. */
  async isOpened(access: Access, id: string): Promise<boolean> {
    const info = await this.look(access, id, []);
    return info !== null && toStatus(info.status) !== 'UNKNOWN';
  }

  /**
   * Runs a change; a refusal for a SafeBox that the caller cannot even see is NOT_FOUND.
   * @param located in which fields the caller names the SafeBox, and what of it is changed
   */
  guarded<Result>(
    access: Access,
    id: string,
    change: () => Promise<Result>,
    located: Located = { outer: 'id' },
  ): Promise<Result> {
    const { boxes } = this.#options.client;
    return locating(located, () => boxes.section(access, id, 'securityOptions'), change);
  }

  /**
   * Reads a SafeBox after a change, for the answer and for those who follow it.
   * @returns null when that could not be read, although the change was made
   */
  async changed(
    owner: Owner,
    access: Access,
    id: string,
    wanted: readonly Section[],
  ): Promise<SafeBox | null> {
    return settled(async () => {
      const followed = await this.#options.watches.changed(owner, access, id);
      const sections = followed.box ? [...new Set([...wanted, ...STATE_SECTIONS])] : wanted;
      const info = await this.#info(access, id, sections);
      await this.#options.watches.tell(followed, info);
      return this.#toBox(access, info);
    });
  }

  /** The same when the answer does not hold the SafeBox: costs nothing when nobody follows it. */
  async tellFollowers(owner: Owner, access: Access, id: string): Promise<void> {
    await settled(async () => {
      const followed = await this.#options.watches.changed(owner, access, id);
      if (!followed.box && !followed.inbox) return;
      await this.#options.watches.tell(followed, await this.#info(access, id, STATE_SECTIONS));
    });
  }

  #info(access: Access, id: string, wanted: readonly Section[]): Promise<BoxInfo> {
    // There is no call for the summary alone, so the smallest section comes with it.
    return this.#options.client.boxes.info(access, id, wanted.length > 0 ? wanted : ['securityOptions']);
  }

  #toBox(access: Access, info: BoxSummary | BoxInfo): SafeBox {
    return new SafeBox(info, new BoxSections(this.#options.client.boxes, access, info.id, info));
  }
}

/** Null in place of a failure: the change before it has happened, and must not look as if it had not. */
async function settled<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}
