import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Libsql from 'libsql';
import { z } from 'zod';
import { systemClock, type Clock } from '../../src/clock.js';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
import { encodeCursor } from '../../src/live/cursor.js';
import { createLive } from '../../src/live/engine.js';
import { openRedis } from '../../src/live/redis/open-redis.js';
import { watchId } from '../../src/live/watch-id.js';
import { REDIS_VERSION } from '../../src/redis/store-version.js';
import { readSchemaVersion, SCHEMA_VERSION } from '../../src/store/embedded/schema-version.js';
import type { Ports } from '../../src/tools.js';
import { parseKeyRing } from '../../src/vault/key-ring.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import { sealedWatches } from '../../src/vault/sealed-watches.js';
import { createVault } from '../../src/vault/vault.js';
import { ScriptedProvider, thingKind, type ThingState } from '../live/conformance/scripted-provider.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';

// The key and the owner with which the files in version-1 were made.
const vault = createVault(parseKeyRing(`old:${Buffer.alloc(32, 7).toString('base64')}`, 'VAULT_KEYS'));
const OWNER = { tenant: 'acme', subject: 'alice' };
const kind = thingKind();
const OPEN = watchId(kind.name, OWNER, 'to ana@example.com');
const ENDED = watchId(kind.name, OWNER, 'to bo@example.com');

function fileOf(name: string): string {
  return readFileSync(join('test/store/version-1', name), 'utf8');
}

/** What was there is still there, and what was under way goes on where it was. */
async function goesOn(
  ports: Pick<Ports, 'records' | 'store' | 'scheduler' | 'bus'>,
  clock: Clock,
  createdAt: number,
): Promise<void> {
  const store = sealedWatches(ports.store, vault);
  const live = createLive({ ...ports, store, clock, logger: memoryLogger(), random: () => 0.5 });
  const provider = new ScriptedProvider();
  live.register(kind, provider);
  const [open, ended] = await live.currentMany<ThingState>([OPEN, ENDED]);
  assert.deepEqual(open?.state, { status: 'seen by ana@example.com', count: 2 });
  assert.equal(ended?.terminal, true);
  const records = new SealedRecords({ ...ports, vault, collection: 'test.thing', schema: z.string() });
  assert.equal(await records.get('acme/alice', 'r1'), 'hello');
  const active: string[] = [];
  for await (const { key } of store.active('test')) active.push(String(key));
  assert.deepEqual(active, ['to ana@example.com']);
  const after = encodeCursor(OPEN, { life: createdAt, sequence: 1 });
  const events = await live.subscribe<ThingState>(OPEN, { after });
  const seen = async (): Promise<readonly unknown[]> => {
    const { value } = await events.next();
    return [value?.event.sequence, value?.event.state.status];
  };
  assert.deepEqual(await seen(), [2, 'seen by ana@example.com']);
  provider.set('to ana@example.com', 'done');
  await live.refresh(OPEN);
  assert.deepEqual(await seen(), [3, 'done']);
  await live.close();
}

async function embeddedOfVersion1(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sealgraph-upgrade-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'sealgraph.db');
  const database = new Libsql(path);
  database.exec(fileOf('sealgraph.sql'));
  database.close();
  return path;
}

async function redisOfVersion1(t: TestContext): Promise<RedisServer> {
  const server = await RedisServer.start();
  t.after(() => server.stop());
  const commands = z.array(z.tuple([z.string()], z.string())).parse(JSON.parse(fileOf('redis.json')));
  await server.with(async (redis) => {
    for (const [name, ...values] of commands) await redis.call(name, ...values);
  });
  return server;
}

const opening = (server: RedisServer) =>
  openRedis({ urls: [server.url], clock: systemClock, logger: memoryLogger() });

test('an embedded file of version 1 is taken over, with everything that was under way', async (t) => {
  const path = await embeddedOfVersion1(t);
  assert.equal(readSchemaVersion(path), 1);
  const clock = new ManualClock();
  for (const run of ['first', 'second']) {
    const ports = openEmbedded({ path, clock, logger: memoryLogger() });
    if (run === 'first') await goesOn(ports, clock, 1_772_359_200_000);
    await ports.close();
    assert.equal(readSchemaVersion(path), SCHEMA_VERSION);
  }
});

test('an embedded file of a newer version is refused, untouched, by the numbers of both', async (t) => {
  const path = await embeddedOfVersion1(t);
  const database = new Libsql(path);
  database.exec(`DROP TABLE polls; PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  database.close();
  const before = readFileSync(path);
  assert.throws(() => openEmbedded({ path, clock: systemClock, logger: memoryLogger() }), {
    name: 'DatabaseUnavailableError',
    message: `${path} is of store version ${SCHEMA_VERSION + 1}, written by a newer version of this program, which knows versions up to ${SCHEMA_VERSION}: use that one, or the copy made before the upgrade.`,
  });
  assert.deepEqual(readFileSync(path), before);
});

test('what version 1 has left in Redis is taken over, with everything that was under way', async (t) => {
  const server = await redisOfVersion1(t);
  for (const run of ['first', 'second']) {
    const ports = await opening(server);
    if (run === 'first') await goesOn(ports, systemClock, 1_795_812_948_447);
    await ports.close();
    assert.equal(await server.with((redis) => redis.get('sealgraph:version')), String(REDIS_VERSION));
  }
});

test('what a newer version has left in Redis is refused, untouched, by the numbers of both', async (t) => {
  const server = await redisOfVersion1(t);
  await server.with((redis) => redis.set('sealgraph:version', REDIS_VERSION + 1));
  const names = () => server.with(async (redis) => (await redis.keys('*')).sort());
  const before = await names();
  await assert.rejects(opening(server), {
    name: 'RedisUnavailableError',
    message: `Redis holds data of store version ${REDIS_VERSION + 1} under sealgraph, written by a newer version of this program, which knows versions up to ${REDIS_VERSION}: use that one, or another REDIS_PREFIX.`,
  });
  assert.deepEqual(await names(), before);
  const beside = await openRedis({
    ...{ urls: [server.url], clock: systemClock, logger: memoryLogger() },
    keyPrefix: 'beside',
  });
  await beside.close();
});
