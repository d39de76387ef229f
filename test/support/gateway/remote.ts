import type { TestContext } from 'node:test';
import { AuthenticationError } from '../../../src/auth/authenticator.js';
import type { Caller } from '../../../src/auth/caller.js';
import type { Audit } from '../../../src/audit.js';
import type { Clock } from '../../../src/clock.js';
import { SIGNED_SOCKET } from '../../../src/auth/signed-context.js';
import type { GatewayOptions } from '../../../src/gateway/index.js';
import { serveSubgraph } from '../../../src/subgraph/serve.js';
import type { Presented, ServedSubgraph } from '../../../src/subgraph/serve.js';
import type { Subgraph, SubgraphCall } from '../../../src/subgraph/subgraph.js';
import { memoryLogger } from '../memory-logger.js';
import type { World } from './world.js';

/** What the gateway of a test presents to subgraph services; real ones are signed. */
export function contextHeaders(caller: Caller, requestId: string): Record<string, string> {
  const { tenant, subject, scopes } = caller;
  return { 'x-caller': JSON.stringify({ tenant, subject, scopes: [...scopes] }), 'x-call-id': requestId };
}

async function identify(presented: Presented): Promise<SubgraphCall> {
  if (!presented['x-caller']) throw new AuthenticationError('UNAUTHENTICATED');
  const { tenant, subject, scopes } = JSON.parse(presented['x-caller']);
  return { caller: { tenant, subject, scopes: new Set(scopes) }, requestId: presented['x-call-id'] ?? '' };
}

/** A subgraph service that a test can stop and start again at the same address. */
export class Service {
  readonly subgraph: Subgraph;
  readonly #audit: Audit | undefined;
  /** Who opened sockets here, in order. */
  readonly sockets: SubgraphCall[] = [];
  #served: ServedSubgraph | undefined;
  #port: number;

  /**
   * @param at the service whose address it takes over. Default: an address of its own.
   * @param audit where who is turned away leaves a record. Default: nowhere.
   */
  constructor(subgraph: Subgraph, at?: Service, audit?: Audit) {
    this.subgraph = subgraph;
    this.#audit = audit;
    this.#port = at ? at.#port : 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  /** @param clock by which its sockets are kept alive; default that of the machine */
  async start(clock?: Clock): Promise<this> {
    this.#served = await serveSubgraph(this.subgraph, {
      host: '127.0.0.1',
      port: this.#port,
      identify: async (presented, body) => {
        const call = await identify(presented);
        if (body === SIGNED_SOCKET) this.sockets.push(call);
        return call;
      },
      explorable: false,
      audit: this.#audit,
      logger: memoryLogger(),
      ...(clock && { clock }),
    });
    this.#port = Number(new URL(this.#served.url).port);
    return this;
  }

  async stop(): Promise<void> {
    await this.#served?.stop();
    this.#served = undefined;
  }
}

/** The subgraphs of a world as services of their own, stopped when the test ends. */
export async function startServices(test: TestContext, world: World): Promise<Map<string, Service>> {
  const services = await Promise.all(world.subgraphs().map((subgraph) => new Service(subgraph).start()));
  test.after(() => Promise.all(services.map((service) => service.stop())));
  return new Map(services.map((service) => [service.subgraph.name, service]));
}

/** Gateway options for subgraphs that are services. */
export function remotely(
  services: ReadonlyMap<string, Service>,
): Pick<GatewayOptions, 'subgraphs' | 'contextHeaders'> {
  const subgraphs = [...services.values()].map(({ subgraph, url }) => ({
    name: subgraph.name,
    sdl: subgraph.sdl,
    schema: subgraph.schema,
    url,
  }));
  return { subgraphs, contextHeaders };
}
