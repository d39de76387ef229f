import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { Environment } from '../../../src/config/index.js';
import { simulators } from '../../../src/simulators/index.js';
import { startServer } from '../../support/http-server.js';
import { RedisServer } from '../../support/redis-server.js';
import { startSimulator, temporaryDirectory, type Teardown } from '../../support/simulators.js';

/** A deployment with which nothing is wrong, and places that lead elsewhere. */
export interface Healthy {
  readonly environment: Environment;
  /** Exists, and is empty. */
  readonly folder: string;
  /** A web server that has nothing to do with us. */
  readonly stranger: string;
  /** Where nobody listens. */
  readonly nowhere: string;
  /** The Redis of the deployment, without name and password. */
  readonly redis: RedisServer;
}

/** Starts all five simulators, Redis and a token issuer; they end with the tests. */
export async function startHealthy(test: Teardown): Promise<Healthy> {
  const folder = await temporaryDirectory(test);
  const [redis, running, issuer, stranger, gone] = await Promise.all([
    RedisServer.start({ durable: true }),
    Promise.all([...simulators.values()].map((definition) => startSimulator(test, definition))),
    startIssuer(test),
    startServer(test, (_request, response) => response.writeHead(404).end('<html>not here</html>')),
    startServer(test, (_request, response) => response.end()),
  ]);
  test.after(() => redis.stop());
  await gone.stop();
  return {
    environment: {
      ...Object.assign({}, ...running.map((simulator) => simulator.environment)),
      PORT: '0',
      SEALGRAPH_DATA_DIR: join(folder, 'data'),
      REDIS_URL: redis.url,
      VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      JWT_JWKS_URL: issuer,
      JWT_ISSUER: 'https://issuer.example.test',
      JWT_AUDIENCE: 'sealgraph',
    },
    folder,
    stranger: stranger.url,
    nowhere: gone.url,
    redis,
  };
}

async function startIssuer(test: Teardown): Promise<string> {
  const { publicKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  const { url } = await startServer(test, (request, response) => {
    if (request.url === '/keys') response.setHeader('content-type', 'application/json').end(keys);
    else response.end(request.url === '/none' ? '{"keys":[]}' : '<html>');
  });
  return `${url}/keys`;
}
