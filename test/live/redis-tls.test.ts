import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/clock.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { ensureCertificates } from '../../src/simulators/kit/certificates.js';
import { memoryLogger } from '../support/memory-logger.js';
import { startRedis } from './redis-world.js';

test('Redis is reached over TLS with an own authority, and not without it.', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-redis-tls-'));
  const { server: pem } = await ensureCertificates({
    dir,
    plan: { authority: 'Test CA', serverNames: ['localhost'], clients: {} },
    host: '127.0.0.1',
  });
  const files = { cert: join(dir, 's.crt'), key: join(dir, 's.key'), ca: join(dir, 's.ca') };
  await writeFile(files.cert, pem.cert);
  await writeFile(files.key, pem.key);
  await writeFile(files.ca, pem.ca);
  const server = await startRedis(t, { tls: files });
  t.after(() => rm(dir, { recursive: true }));
  const open = (tls?: { ca: string }) =>
    openRedis({
      urls: [server.url.replace('127.0.0.1', 'localhost')],
      clock: systemClock,
      logger: memoryLogger(),
      waitMs: 1_000,
      ...(tls ? { tls } : {}),
    });
  const ports = await open({ ca: pem.ca });
  assert.equal(await ports.ready(), true);
  await ports.scheduler.schedule('test', 'test.thing~1', Date.now());
  await ports.close();
  await assert.rejects(open(), { name: 'RedisUnavailableError' });
});
