import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
import type { Lease, Liveness } from '../../src/store/liveness.js';
import { systemClock } from '../../src/clock.js';
import { RedisLiveness } from '../../src/store/redis/redis-liveness.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually } from '../live/redis-world.js';

const TIMING = { beatEveryMs: 40, expiryMs: 400 };

test('embedded: only this process is alive, under another name after each start.', async (t) => {
  const open = () => openEmbedded({ path: ':memory:', clock: new ManualClock(), logger: memoryLogger() });
  const [before, after] = [open(), open()];
  t.after(() => Promise.all([before.close(), after.close()]));
  const { liveness } = after;
  assert.equal(await liveness.isAlive(await begunBy(after)), true);
  assert.equal(await liveness.isAlive(await begunBy(before)), false);
});

test('redis: a process is alive as long as it says so, and for others until its last sign has expired.', async (t) => {
  const { process } = await world(t);
  const [one, other] = [await process(), await process()];
  const begun = await begunBy(other);
  await longerThanExpiry();
  assert.equal(await one.liveness.isAlive(begun), true);
  assert.equal(await one.liveness.isAlive('never-was'), false);
  // Killed: the connection goes, and nothing says goodbye.
  other.connections.close();
  assert.equal(await one.liveness.isAlive(begun), true);
  await eventually('it is known to be dead', async () => !(await one.liveness.isAlive(begun)));
});

test('redis: a process that ends in good order is not alive at once.', async (t) => {
  const { process } = await world(t);
  const [one, other] = [await process(), await process()];
  const begun = await begunBy(other);
  await longerThanExpiry();
  await other.liveness.close();
  assert.equal(await one.liveness.isAlive(begun), false);
});

test('redis: after an outage nobody is taken for dead who had no time to say otherwise.', async (t) => {
  const { server, process } = await world(t);
  const [one, other] = [await process(), await process()];
  const begun = await begunBy(other);
  await longerThanExpiry();
  await server.kill();
  await longerThanExpiry();
  await server.restart();
  await eventually('Redis is back', () => one.connections.commands.status === 'ready');
  assert.equal(await one.liveness.isAlive(begun), true);
  await longerThanExpiry();
  assert.equal(await one.liveness.isAlive(begun), true);
});

test('redis: what is over and could not be told is waited for no longer than until its last sign has expired.', async (t) => {
  const { process } = await world(t);
  const [one, other] = [await process(), await process()];
  const [told, untold, running] = [await begin(other), await begin(other), await begin(other)];
  await longerThanExpiry();
  told.end(true);
  untold.end(false);
  await longerThanExpiry();
  assert.equal(await one.liveness.isAlive(nameOf(running)), true, 'something of that name is under way');
  running.end(true);
  await eventually('nobody waits for it', async () => !(await one.liveness.isAlive(nameOf(untold))));
  const next = await begunBy(other);
  await longerThanExpiry();
  assert.equal(await one.liveness.isAlive(next), true, 'what is begun later');
});

test('redis: out of memory, everybody who lives is known to, and what is begun has no name.', async (t) => {
  const { server, process } = await world(t);
  const [one, other] = [await process(), await process()];
  const [running, untold] = [await begin(other), await begin(one)];
  await longerThanExpiry();
  await server.with((redis) => redis.config('SET', 'maxmemory', '1'));
  untold.end(false);
  await longerThanExpiry();
  assert.equal(await one.liveness.isAlive(nameOf(running)), true);
  assert.equal(await other.liveness.isAlive(nameOf(untold)), false);
  assert.equal((await begin(one)).instance, undefined);
});

function nameOf({ instance }: Lease): string {
  assert(instance !== undefined);
  return instance;
}

interface Process {
  readonly liveness: Liveness;
}

function begin({ liveness }: Process): Promise<Lease> {
  return liveness.begin();
}

async function begunBy(process: Process): Promise<string> {
  return nameOf(await begin(process));
}

function longerThanExpiry(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1.5 * TIMING.expiryMs));
}

async function world(t: { after(work: () => unknown): void }) {
  const server = await RedisServer.start();
  t.after(() => server.stop());
  return {
    server,
    async process() {
      const clock = systemClock;
      const connections = await connectRedis({ urls: [server.url], clock, logger: memoryLogger() });
      const liveness = new RedisLiveness(connections.commands, new Keys(), { clock, ...TIMING });
      await liveness.start();
      t.after(async () => {
        await liveness.close();
        connections.close();
      });
      return { connections, liveness };
    },
  };
}
