import type { TestContext } from 'node:test';
import { AuthenticationError } from '../../../src/auth/authenticator.js';
import type { Authenticator } from '../../../src/auth/authenticator.js';
import type { Caller } from '../../../src/auth/caller.js';
import { systemClock } from '../../../src/clock.js';
import { createGateway } from '../../../src/gateway/index.js';
import type { Gateway, GatewayOptions } from '../../../src/gateway/index.js';
import { memoryLogger } from '../memory-logger.js';
import type { MemoryLogger } from '../memory-logger.js';
import { remotely, startServices } from './remote.js';
import type { Service } from './remote.js';
import { World } from './world.js';

/** Everybody is somebody: `Bearer <subject>[:<scopes>]`, and `anyone` without a token. */
export const openAuthenticator: Authenticator = {
  authenticate: async (authorization) => callerFor(authorization?.replace('Bearer ', '') ?? 'anyone'),
};

/** Only `Bearer valid` and `Bearer short-<expiresAt ms>` are let in. */
export const strictAuthenticator: Authenticator = {
  authenticate: async (authorization) => {
    if (authorization === 'Bearer valid') return callerFor('ann');
    if (authorization === 'Bearer stale') throw new AuthenticationError('TOKEN_EXPIRED');
    const expiresAt = /^Bearer short-(\d+)$/.exec(authorization ?? '')?.[1];
    if (expiresAt) return { ...callerFor('ann'), expiresAt: Number(expiresAt) };
    throw new AuthenticationError('UNAUTHENTICATED');
  },
};

export function callerFor(presented: string): Caller {
  const [subject = '', scopes = ''] = presented.split(':');
  return { tenant: 'test', subject, scopes: new Set(scopes.split(' ').filter(Boolean)) };
}

export interface Running {
  readonly world: World;
  readonly gateway: Gateway;
  readonly log: MemoryLogger;
  readonly url: string;
  /** Address of the GraphQL endpoint. */
  readonly endpoint: string;
}

/** A gateway over the test world on a free port, stopped when the test ends. */
export async function startGateway(
  test: TestContext,
  options: Partial<GatewayOptions> = {},
  world = new World(),
): Promise<Running> {
  const log = memoryLogger();
  const gateway = await createGateway({
    subgraphs: world.subgraphs().map((local) => ({ name: local.name, sdl: local.sdl, local })),
    authenticator: openAuthenticator,
    clock: systemClock,
    logger: log,
    cors: [],
    introspection: true,
    ...options,
  });
  test.after(() => gateway.stop());
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return { world, gateway, log, url, endpoint: `${url}/graphql` };
}

/** The same with every subgraph as a service of its own. */
export async function startRemoteGateway(
  test: TestContext,
  options: Partial<GatewayOptions> = {},
): Promise<Running & { services: Map<string, Service> }> {
  const world = new World();
  const services = await startServices(test, world);
  return { ...(await startGateway(test, { ...remotely(services), ...options }, world)), services };
}

/** The same with one subgraph as a service of its own, and the others in this process. */
export async function startMixedGateway(
  test: TestContext,
  options: Partial<GatewayOptions> = {},
): Promise<Running> {
  const world = new World();
  const services = await startServices(test, world);
  const remote = remotely(services);
  const subgraphs = remote.subgraphs.map((source) => {
    const local = services.get(source.name)?.subgraph;
    return local && source.name !== 'directory' ? { name: local.name, sdl: local.sdl, local } : source;
  });
  return startGateway(test, { ...remote, subgraphs, ...options }, world);
}

/** How subgraphs can be run. Whoever asks the graph must not be able to tell. */
export const MODES = [
  ['in this process', startGateway],
  ['in part as services', startMixedGateway],
  ['as services', startRemoteGateway],
] as const;
