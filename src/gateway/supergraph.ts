import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { SubgraphSource } from './connect-subgraphs.js';
import { StartError } from './start-error.js';

/** A subgraph service as far as its schema goes. */
export interface SchemaService {
  /** Federation SDL that it serves now. Fails when it cannot be asked. */
  sdl(): Promise<string>;
  /** From now on this is the SDL that it serves. */
  adopt(sdl: string): void;
}

export interface SupergraphOptions<Graph> {
  readonly subgraphs: readonly SubgraphSource[];
  /** By the name of their subgraph. */
  readonly services: ReadonlyMap<string, SchemaService>;
  /** @throws StartError when they cannot be composed */
  readonly open: (subgraphs: readonly SubgraphSource[]) => Promise<Graph>;
  /** Told every graph that takes the place of another. */
  readonly onSwap?: (graph: Graph) => void;
  /** Milliseconds between two looks at the schemas of the services. Undefined: they are what they were. */
  readonly lookEveryMs: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The graph over all subgraphs as they are now. A service whose schema has changed is composed with the others anew, and
 * the new graph takes the place of the old one; what runs on that goes on, as far as the new one has it. A schema that does not fit the others is said
 * once, and the graph stays as it was.
 */
export class Supergraph<Graph> {
  readonly #options: SupergraphOptions<Graph>;
  #subgraphs: readonly SubgraphSource[];
  #current: Graph;
  /** By subgraph, the last SDL that did not fit. */
  readonly #refused = new Map<string, string>();
  #cancelLook = (): void => undefined;
  #isClosed = false;

  private constructor(options: SupergraphOptions<Graph>, graph: Graph) {
    this.#options = options;
    this.#subgraphs = options.subgraphs;
    this.#current = graph;
  }

  /** Composes what is known, and looks at the services that answer. @throws StartError */
  static async open<Graph>(options: SupergraphOptions<Graph>): Promise<Supergraph<Graph>> {
    const supergraph = new Supergraph(options, await options.open(options.subgraphs));
    if (options.lookEveryMs !== undefined && options.services.size > 0)
      await supergraph.#look(options.lookEveryMs);
    return supergraph;
  }

  get current(): Graph {
    return this.#current;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelLook();
  }

  async #look(everyMs: number): Promise<void> {
    const { services, clock } = this.#options;
    const changes = await Promise.all(
      [...services].map(
        async ([name, service]) => [name, await service.sdl().catch(() => undefined)] as const,
      ),
    );
    const changed = changes.flatMap(([name, sdl]) => (this.#isNews(name, sdl) ? [{ name, sdl }] : []));
    // Together first: services of one version may fit each other alone.
    if (changed.length > 1 && (await this.#take(changed)) === undefined) changed.length = 0;
    for (const change of changed) this.#refuse(change, await this.#take([change]));
    if (!this.#isClosed) this.#cancelLook = clock.schedule(everyMs, () => void this.#look(everyMs));
  }

  #isNews(name: string, sdl: string | undefined): sdl is string {
    const known = this.#subgraphs.find((subgraph) => subgraph.name === name);
    return sdl !== undefined && known !== undefined && sdl !== known.sdl && sdl !== this.#refused.get(name);
  }

  /** Answers what is in the way; undefined when it was done. */
  async #take(changes: readonly Change[]): Promise<StartError | undefined> {
    const { open, onSwap, services, logger } = this.#options;
    const sdls = new Map(changes.map(({ name, sdl }) => [name, sdl]));
    const subgraphs = this.#subgraphs.map((one) => ({ ...one, sdl: sdls.get(one.name) ?? one.sdl }));
    try {
      this.#current = await open(subgraphs);
    } catch (error) {
      if (error instanceof StartError) return error;
      throw error;
    }
    this.#subgraphs = subgraphs;
    for (const { name, sdl } of changes) {
      services.get(name)?.adopt(sdl);
      this.#refused.delete(name);
      logger.warn(
        { subgraph: name },
        'a subgraph has another schema than before; the graph was composed anew',
      );
    }
    onSwap?.(this.#current);
    return undefined;
  }

  #refuse({ name, sdl }: Change, reason: StartError | undefined): void {
    if (!reason) return;
    this.#refused.set(name, sdl);
    this.#options.logger.error(
      { subgraph: name },
      `The schema that subgraph "${name}" has now does not fit this gateway, whose graph stays as it was: ${reason.message}`,
    );
  }
}

interface Change {
  readonly name: string;
  readonly sdl: string;
}
