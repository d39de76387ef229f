import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { ConnectionOptions } from 'node:tls';
import { systemClock } from '../../src/clock.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { ensureCertificates } from '../../src/simulators/kit/certificates.js';
import { memoryLogger } from '../support/memory-logger.js';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from './redis-world.js';

test('Redis is reached over TLS with an own authority, and not without it.', async (t) => {
  const { tls, ca } = await certificates(t);
  const server = await startRedis(t, { tls });
  await usable(server, { ca });
  await assert.rejects(open(server), { name: 'RedisUnavailableError' });
});

test('A Redis that wants to see a certificate is reached with one, and not without.', async (t) => {
  const { tls, ca, client } = await certificates(t);
  const server = await startRedis(t, { tls: { ...tls, clients: 'yes' } });
  await usable(server, { ca, ...client });
  await assert.rejects(open(server, { ca }), { name: 'RedisUnavailableError' });
});

async function certificates(t: TestContext) {
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-redis-tls-'));
  t.after(() => rm(dir, { recursive: true }));
  const { server, caFile, clientFiles, passphrase } = await ensureCertificates({
    dir,
    plan: { authority: 'Test CA', serverNames: ['localhost'], clients: { us: { commonName: 'sealgraph' } } },
    host: '127.0.0.1',
  });
  const { certFile, keyFile } = clientFiles('us');
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
  return {
    ca: server.ca,
    tls: { ca: caFile, cert: join(dir, 'server.cert.pem'), key: join(dir, 'server.key.pem') },
    client: { cert, key, passphrase },
  };
}

function open(server: RedisServer, tls?: ConnectionOptions) {
  return openRedis({
    urls: [server.url.replace('127.0.0.1', 'localhost')],
    clock: systemClock,
    logger: memoryLogger(),
    waitMs: 1_000,
    ...(tls ? { tls } : {}),
  });
}

async function usable(server: RedisServer, tls: ConnectionOptions): Promise<void> {
  const ports = await open(server, tls);
  assert.equal(await ports.ready(), true);
  await ports.scheduler.schedule('test', 'test.thing~1', Date.now());
  await ports.close();
}
