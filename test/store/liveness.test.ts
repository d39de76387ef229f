import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectRedis } from '../../src/redis/connect.js';
import { Keys } from '../../src/redis/keys.js';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
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
  assert.equal(await liveness.isAlive(liveness.instance), true);
  assert.equal(await liveness.isAlive(before.liveness.instance), false);
});

test('redis: a process is alive as long as it says so, and for others until its last sign has expired.', async (t) => {
  const { process } = await world(t);
  const [one, other] = [await process(), await process()];
  await longerThanExpiry();
  assert.equal(await one.liveness.isAlive(other.liveness.instance), true);
  assert.equal(await one.liveness.isAlive('never-was'), false);
  await one.liveness.isAlive(one.liveness.instance);
  // Killed: the connection goes, and nothing says goodbye.
  other.connections.close();
  assert.equal(await one.liveness.isAlive(other.liveness.instance), true);
  await eventually(
    'it is known to be dead',
    async () => !(await one.liveness.isAlive(other.liveness.instance)),
  );
});

test('redis: a process that ends in good order is not alive at once.', async (t) => {
  const { process } = await world(t);
  const [one, other] = [await process(), await process()];
  await longerThanExpiry();
  await other.liveness.close();
  assert.equal(await one.liveness.isAlive(other.liveness.instance), false);
});

test('redis: after an outage nobody is taken for dead who had no time to say otherwise.', async (t) => {
  const { server, process } = await world(t);
  const [one, other] = [await process(), await process()];
  await longerThanExpiry();
  await server.kill();
  await longerThanExpiry();
  await server.restart();
  await eventually('Redis is back', () => one.connections.commands.status === 'ready');
  assert.equal(await one.liveness.isAlive(other.liveness.instance), true);
  await longerThanExpiry();
  assert.equal(await one.liveness.isAlive(other.liveness.instance), true);
});

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
