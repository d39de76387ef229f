import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuardLocalEncryptResolver } from '../../resolvers/guardcrypto/local-encrypt.resolver.js';
import { GuardLocalInspectResolver } from '../../resolvers/guardcrypto/local-inspect.resolver.js';
import type { GuardLocal } from '../../resolvers/guardcrypto/local-context.js';
import { LocalUploads } from '../../resolvers/guardcrypto/local-uploads.js';
import { GuardLocalVerifyResolver } from '../../resolvers/guardcrypto/local-verify.resolver.js';
import { GuardPersonResolver } from '../../resolvers/guardcrypto/person.resolver.js';
import { Person } from '../../resolvers/guardcrypto/person.type.js';
import { createApp } from '../../src/app.js';
import { openPorts } from '../../src/cli/open-ports.js';
import { callerMode, loadConfig, type Environment } from '../../src/config/index.js';
import { createLogger } from '../../src/logger.js';
import type { LocalCrypto } from '../../src/providers/guardcrypto/local/index.js';
import { defineProvider } from '../../src/providers/kit/define-provider.js';
import { defineSubgraph } from '../../src/subgraph/define-subgraph.js';
import { WITHOUT_LIMITS } from './without-limits.js';

/**
 * The whole product in this process, with local cryptography alone.
 * @param settings whose tokens callers need; without, they are all one
 * @returns what `use` does with its URL
 */
export async function withLocalCryptoApp<Result>(
  localCrypto: LocalCrypto,
  use: (url: string) => Promise<Result>,
  settings: Environment = {},
): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'sealgraph-bench-'));
  const module = defineSubgraph({
    provider: defineProvider({
      name: 'guardcrypto',
      description: 'Local crypto alone.',
      settings: {},
      connect: () => ({ close: async () => undefined }),
    }),
    watches: [],
    createServices: () => ({}),
    openLocal: ({ tickets }): GuardLocal => ({
      crypto: localCrypto,
      uploads: new LocalUploads({ crypto: localCrypto, tickets }),
      close: async () => undefined,
    }),
    resolvers: [
      GuardLocalEncryptResolver,
      GuardLocalInspectResolver,
      GuardLocalVerifyResolver,
      GuardPersonResolver,
    ],
    person: Person,
    references: {},
  });
  const environment = {
    PORT: '0',
    SEALGRAPH_DATA_DIR: dir,
    ...WITHOUT_LIMITS,
    ...settings,
  };
  const config = loadConfig(environment, [{ name: module.name, settings: {} }]);
  const logger = createLogger({ level: 'error' });
  const ports = await openPorts(config, logger);
  const callers = callerMode({ host: config.server.host, jwt: config.jwt, allProvidersSimulated: true });
  const app = await createApp({ config, callers, modules: [module], ports, logger, isSandbox: true });
  try {
    return await use(app.url);
  } finally {
    await app.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
