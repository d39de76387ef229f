import { randomBytes } from 'node:crypto';
import { knownScopes } from '../../src/cli/known-scopes.js';
import { freePort } from '../support/free-port.js';
import { createTokenIssuer } from '../support/token-issuer.js';
import type { History } from './history.js';
import type { RedisSite } from './redis-site.js';
import type { Scene } from './scenes/scene.js';
import { ServiceProcess } from './service-process.js';
import type { Variant } from './settings.js';

export interface DeploymentOptions {
  readonly variant: Variant;
  /** Which mutant of the product it is, if any. */
  readonly mutant: string | undefined;
  readonly history: History;
  readonly scene: Scene;
  readonly redis: RedisSite;
}

export interface Deployment {
  readonly services: readonly ServiceProcess[];
  /** What proves to gateways who calls. */
  headersOf(caller: string): Promise<Readonly<Record<string, string>>>;
}

const A_DAY_S = 86_400;

/** Two of each role; each gateway has a subgraph service of its own, which comes back at its address. */
export async function startDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { variant, mutant, history, scene, redis } = options;
  const issuer = createTokenIssuer();
  const common = {
    PORT: '0',
    ...redis.settings,
    GATEWAY_SECRET: randomBytes(32).toString('hex'),
    MAX_EFFECTS_PER_CALLER_PER_MINUTE: '0',
    MAX_EFFECTS_PER_TENANT_PER_MINUTE: '0',
  };
  const worker = {
    ...{ ...scene.simulator.environment, ...scene.settings, ...common },
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    MAX_ASKS_PER_PERSON_PER_MINUTE: '0',
    MAX_ASKS_PER_PERSON_PER_HOUR: '0',
    PROVIDER_CONNECT_TIMEOUT_MS: '1000',
    // Longer than a freeze: what was asked before it is answered and committed after it.
    PROVIDER_HEADERS_TIMEOUT_MS: '20000',
    PROVIDER_CALL_TIMEOUT_MS: '20000',
  };
  const gateway = {
    ...{ ...common, ...issuer.settings },
    MAX_OPERATIONS_PER_CALLER: '100000',
    MAX_REQUESTS_PER_CALLER_PER_MINUTE: '0',
    MAX_REQUESTS_PER_TENANT_PER_MINUTE: '0',
    MAX_MUTATIONS_PER_CALLER_PER_MINUTE: '0',
    MAX_MUTATIONS_PER_TENANT_PER_MINUTE: '0',
  };
  const start = (role: ServiceProcess['role'], environment: Readonly<Record<string, string>>) =>
    new ServiceProcess({ role, provider: scene.name, variant, mutant, environment, history });
  const pairs = await Promise.all(
    [1, 2].map(async () => {
      const port = String(await freePort());
      return [
        start('poller', worker),
        start('subgraph', { ...worker, PORT: port }),
        start('gateway', {
          ...gateway,
          [`${scene.name.toUpperCase()}_SUBGRAPH_URL`]: `http://127.0.0.1:${port}/graphql`,
        }),
      ];
    }),
  );
  const scopes = [...knownScopes()].filter((scope) => scope.startsWith(`${scene.name}:`));
  return {
    services: pairs.flat(),
    headersOf: async (caller) => ({
      authorization: `Bearer ${await issuer.tokenFor(caller, scopes, A_DAY_S)}`,
    }),
  };
}
